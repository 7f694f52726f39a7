import RondoKernels

/// Penalised least squares on sparse columns by conjugate gradients.
///
/// CGLS on the centred columns with the rows sqrt(L) I below them (Björck, "Numerical Methods for Least Squares Problems", 7.4.1), each
/// column brought to one length first; the sums go in fixed chunks of rows, so that no number depends on the threads.
struct SparseLeastSquares: Sendable {
    let intercept: Double
    /// One a column; 0 for a dropped one.
    let coefficients: [Double]
    /// Columns without any variation.
    let dropped: [Int]
    let deviations: [Double]

    private static let mostSteps = 5_000
    /// The slopes of the solution, relative to those at the start.
    private static let tolerance = 1e-13

    init(_ columns: NumericColumns, target: [Double], weights: [Double]?, penalty: Double, context: ComputeContext) throws {
        let centered = try CenteredColumns(columns, weights: weights, centering: true, context: context)
        let kept = columns.columns.indices.filter { centered.scales[$0] > 0 }
        let given = weights ?? [Double](repeating: 1, count: columns.rowCount)
        let rows = CompressedRows(columns, centered: centered, kept: kept, ones: false)
        let spread = ColumnSpread(target, weights: weights, totalWeight: centered.totalWeight)
        // A penalty on coefficients of the given units is one of scale² on those of the scaled columns.
        let penalties = kept.map { penalty * centered.scales[$0] * centered.scales[$0] }
        let lengths = zip(rows.squares(given), penalties).map { $0 + $1 }.map { $0 > 0 ? $0.squareRoot() : 1 }
        let residual = target.map { ($0 - spread.mean) * spread.centeredScale }
        let solved = try SparseLeastSquares.solve(rows, given, penalties, lengths, residual, context)
        let unit = spread.centeredScale > 0 ? 1 / spread.centeredScale : 0
        var coefficients = [Double](repeating: 0, count: columns.columns.count)
        for (place, column) in kept.enumerated() { coefficients[column] = solved[place] * centered.scales[column] * unit }
        var start = DoubleDouble(spread.mean)
        for (coefficient, mean) in zip(coefficients, centered.means) { start += DoubleDouble.product(-coefficient, mean) }
        intercept = start.value
        self.coefficients = coefficients
        let chosen = Set(kept)
        dropped = columns.columns.indices.filter { !chosen.contains($0) }
        deviations = centered.deviations
    }

    /// The coefficients of the scaled columns.
    private static func solve(
        _ rows: CompressedRows, _ weights: [Double], _ penalties: [Double], _ lengths: [Double], _ target: [Double],
        _ context: ComputeContext
    ) throws -> [Double] {
        var residual = target
        var solution = [Double](repeating: 0, count: rows.width)
        // Residual of the penalty's rows; everything below is in columns of length 1.
        var bound = solution
        let roots = zip(penalties, lengths).map { $0.squareRoot() / $1 }
        func slopes() throws -> [Double] {
            var result = try transposed(rows, zip(residual, weights).map { $0 * $1 }, context)
            for place in result.indices { result[place] = result[place] / lengths[place] + roots[place] * bound[place] }
            return result
        }
        var gradient = try slopes()
        var direction = gradient
        var square = Sums.dot(gradient, gradient)
        let goal = square * tolerance * tolerance
        guard square > 0 else { return solution }
        for step in 0..<mostSteps {
            try context.cancellation.check()
            context.progress(Progress(done: min(step, 500), total: 500, label: "least squares steps"))
            let image = try products(rows, zip(direction, lengths).map { $0 / $1 }, context)
            let boundImage = zip(roots, direction).map { $0 * $1 }
            let bend = Sums.dot(zip(image, weights).map { $0 * $1 }, image) + Sums.dot(boundImage, boundImage)
            guard bend > 0 else { break }
            let length = square / bend
            for place in solution.indices {
                solution[place] += length * direction[place]
                bound[place] -= length * boundImage[place]
            }
            for row in residual.indices { residual[row] -= length * image[row] }
            gradient = try slopes()
            let next = Sums.dot(gradient, gradient)
            if next <= goal { return zip(solution, lengths).map { $0 / $1 } }
            let ratio = next / square
            for place in direction.indices { direction[place] = gradient[place] + ratio * direction[place] }
            square = next
        }
        // Rounding keeps the slopes from becoming smaller; far from the goal they have not settled.
        guard square <= goal * 1e8 else {
            throw Fault("R0523", "the coefficients did not settle after \(mostSteps) steps", remedy: "fit ridge penalty 10")
        }
        return zip(solution, lengths).map { $0 / $1 }
    }

    private static func products(_ rows: CompressedRows, _ parameters: [Double], _ context: ComputeContext) throws -> [Double] {
        Array(
            try Parallel.mapChunks(count: rows.rowCount, chunkSize: CompressedRows.chunkRows, context: context) { _, range in
                rows.products(parameters[...], range)
            }.joined())
    }

    private static func transposed(_ rows: CompressedRows, _ weights: [Double], _ context: ComputeContext) throws -> [Double] {
        let parts = try Parallel.mapChunks(count: rows.rowCount, chunkSize: CompressedRows.chunkRows * 4, context: context) { _, range in
            var part = [Double](repeating: 0, count: rows.width)[...]
            rows.addTransposed(Array(weights[range]), range, to: &part)
            return Array(part)
        }
        var result = [Double](repeating: 0, count: rows.width)
        for part in parts { for place in result.indices { result[place] += part[place] } }
        return result
    }
}
