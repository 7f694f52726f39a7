/// Refinement of a least-squares solution: residuals in twice the working precision, corrections through the factors at hand.
struct LeastSquaresRefinement {
    let x: Matrix
    let y: [Double]
    /// Added to X and y without rounding.
    let remainders: LeastSquares.Remainders?
    let factors: OrthogonalFactorisation
    let triangle: Matrix
    private(set) var coefficients: [Double]
    /// y - X b for the coefficients of the end.
    private(set) var exactResiduals: [Double] = []
    private(set) var steps = 0
    /// The last step, which the coefficients as doubles cannot take any more; empty where it was not reached.
    private(set) var rests: [Double] = []

    /// Below this many elements refinement costs next to nothing and is always tried.
    private static let smallSize = 2_000_000
    /// Better conditioned large problems have enough digits without it.
    private static let worthwhileCondition = 1e4
    private static let chunkRows = 1024

    init(x: Matrix, y: [Double], remainders: LeastSquares.Remainders? = nil, factors: OrthogonalFactorisation) {
        self.x = x
        self.y = y
        self.remainders = remainders
        self.factors = factors
        triangle = factors.top.triangle
        coefficients = [Double](repeating: 0, count: x.columns)
    }

    mutating func run(context: ComputeContext) throws {
        let head = try factors.transposeApplied(to: y, context: context).head
        coefficients = unscaled(TriangularSystems.solve(triangle, Array(head.prefix(factors.rank))))
        var exact = try residuals(context)
        let large = x.storage.count > Self.smallSize
        if factors.rank > 0 && !(large && LeastSquares.conditionEstimate(triangle) < Self.worthwhileCondition) {
            exact = try refine(from: exact, most: large ? 2 : 8, context)
        }
        exactResiduals = exact.map(\.value)
    }

    /// - Parameter side: what X'r is to be the negative of, over the scaled independent columns; nil: 0.
    private mutating func refine(
        from start: [DoubleDouble], side: [Double]? = nil, most: Int, _ context: ComputeContext
    ) throws -> [DoubleDouble] {
        var exact = start
        var iterate = exact.map(\.value)
        var last = Double.infinity
        for _ in 0..<most {
            let rest = zip(exact, iterate).map { ($0 + (-$1)).value }
            var slopes = try scaledSlopes(iterate, context)
            if let side { for index in slopes.indices { slopes[index] += side[index] } }
            let z = TriangularSystems.solveTransposed(triangle, slopes.map { -$0 })
            var transformed = try factors.transposeApplied(to: rest, context: context)
            let difference = zip(transformed.head, z).map { $0 - $1 }
            for (index, value) in z.enumerated() { transformed.head[index] = value }
            let step = unscaled(TriangularSystems.solve(triangle, difference))
            let size = relativeSize(of: step)
            // A step that does not shrink brings no more digits.
            guard size < last * 0.5, size.isFinite else {
                if size < 1e-6 { rests = step }
                break
            }
            last = size
            let change = try factors.applied(to: transformed, context: context)
            for index in coefficients.indices { coefficients[index] += step[index] }
            for index in iterate.indices { iterate[index] += change[index] }
            exact = try residuals(context)
            steps += 1
            if size < 0x1p-52, x.storage.count > Self.smallSize { break }
        }
        return exact
    }

    private func relativeSize(of step: [Double]) -> Double {
        var largest = 0.0
        for index in step.indices where step[index] != 0 {
            largest = max(largest, coefficients[index] == 0 ? 1 : step[index].magnitude / coefficients[index].magnitude)
        }
        return largest
    }

    /// Coefficients of X from those of its scaled independent columns.
    private func unscaled(_ scaled: [Double]) -> [Double] {
        var result = [Double](repeating: 0, count: x.columns)
        for (place, column) in factors.top.independent.enumerated() {
            result[column] = scaled[place] * OrthogonalFactorisation.power(factors.exponents[column])
        }
        return result
    }

    /// y - X b in twice the working precision.
    private func residuals(_ context: ComputeContext) throws -> [DoubleDouble] {
        var result = [DoubleDouble](repeating: DoubleDouble(0), count: x.rows)
        try result.withUnsafeMutableBufferPointer { buffer in
            let target = buffer
            try Parallel.chunks(count: x.rows, chunkSize: Self.chunkRows, context: context) { _, range in
                var high = Array(y[range])
                var low = remainders.map { Array($0.y[range]) } ?? [Double](repeating: 0, count: range.count)
                subtractFitted(x, range, &high, &low)
                if let remainders { subtractFitted(remainders.x, range, &high, &low) }
                for (place, row) in range.enumerated() { target[row] = DoubleDouble.sum(high[place], low[place]) }
            }
        }
        return result
    }

    private func subtractFitted(_ x: Matrix, _ range: Range<Int>, _ high: inout [Double], _ low: inout [Double]) {
        x.storage.withUnsafeBufferPointer { values in
            high.withUnsafeMutableBufferPointer { high in
                low.withUnsafeMutableBufferPointer { low in
                    guard let values = values.baseAddress, let high = high.baseAddress, let low = low.baseAddress else { return }
                    for column in factors.top.independent {
                        Columns.extendedAdd(-coefficients[column], values + column * x.rows + range.lowerBound, to: high, low, range.count)
                    }
                }
            }
        }
    }

    /// X'r over the scaled independent columns, summed in twice the working precision.
    private func scaledSlopes(_ r: [Double], _ context: ComputeContext) throws -> [Double] {
        let independent = factors.top.independent
        let first = try slopes(of: x, r, context)
        let second = try remainders.map { try slopes(of: $0.x, r, context) }
        return independent.enumerated().map { place, column in
            let total = second.map { first[place] + $0[place] } ?? first[place]
            return total.value * OrthogonalFactorisation.power(factors.exponents[column])
        }
    }

    private func slopes(of x: Matrix, _ r: [Double], _ context: ComputeContext) throws -> [DoubleDouble] {
        let independent = factors.top.independent
        let chunks = try Parallel.mapChunks(count: x.rows, chunkSize: 16 * Self.chunkRows, context: context) { _, range in
            x.storage.withUnsafeBufferPointer { values in
                r.withUnsafeBufferPointer { r in
                    independent.map { column in
                        let start = column * x.rows
                        return Sums.extendedDot(
                            UnsafeBufferPointer(rebasing: values[start + range.lowerBound..<start + range.upperBound]),
                            UnsafeBufferPointer(rebasing: r[range]))
                    }
                }
            }
        }
        return independent.indices.map { place in chunks.reduce(DoubleDouble(0)) { $0 + $1[place] } }
    }

    // MARK: The inverse

    /// (X'X)^-1 times numbers of the columns, by the same steps for the system r + X b = 0, X'r = -side.
    func inverse(times side: [Double], context: ComputeContext) throws -> (values: [Double], rests: [Double]) {
        var work = LeastSquaresRefinement(
            x: x, y: [Double](repeating: 0, count: x.rows),
            remainders: remainders.map { LeastSquares.Remainders(x: $0.x, y: [Double](repeating: 0, count: x.rows), side: $0.side) },
            factors: factors)
        let scaled = factors.top.independent.map { side[$0] * OrthogonalFactorisation.power(factors.exponents[$0]) }
        let start = TriangularSystems.solve(triangle, TriangularSystems.solveTransposed(triangle, scaled))
        work.coefficients = unscaled(start)
        _ = try work.refine(from: try work.residuals(context), side: scaled, most: 8, context)
        return (work.coefficients, work.rests)
    }
}
