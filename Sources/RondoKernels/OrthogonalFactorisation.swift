/// A = QR of a tall matrix: blocks of rows are reduced to triangles on several threads, then the stacked triangles are factored.
///
/// Block bounds depend on the shape alone, so the bits do not depend on threads. Columns are scaled by powers of two first, which is exact.
/// Source: Demmel, Grigori, Hoemmen, Langou, "Communication-optimal parallel and sequential QR and LU factorizations" (2012).
struct OrthogonalFactorisation {
    let rows: Int
    let columns: Int
    /// Column j was multiplied by 2^exponents[j].
    let exponents: [Int]
    private let blocks: [HouseholderFactors]
    private let bounds: [Int]
    /// The factors of the stacked triangles, or of the matrix itself when there is one block.
    let top: HouseholderFactors

    var rank: Int { top.rank }

    init(_ matrix: Matrix, tolerance: Double, context: ComputeContext) throws {
        rows = matrix.rows
        columns = matrix.columns
        let exponents = try OrthogonalFactorisation.scalingExponents(matrix, context: context)
        self.exponents = exponents
        let blockRows = max(2048, 4 * columns)
        let count = max(rows / blockRows, 1)
        let bounds = (0...count).map { [rows] in $0 * rows / count }
        self.bounds = bounds
        func scaledRows(_ range: Range<Int>) -> [Double] {
            var result = [Double]()
            result.reserveCapacity(range.count * matrix.columns)
            for column in 0..<matrix.columns {
                let factor = OrthogonalFactorisation.power(exponents[column])
                let start = column * matrix.rows
                result.append(contentsOf: matrix.storage[start + range.lowerBound..<start + range.upperBound].lazy.map { $0 * factor })
            }
            return result
        }
        guard count > 1 else {
            try context.cancellation.check()
            blocks = []
            top = HouseholderFactors(values: scaledRows(0..<rows), rows: rows, columns: columns, tolerance: tolerance)
            return
        }
        let blocks = try Parallel.map(count, context: context) { block in
            let range = bounds[block]..<bounds[block + 1]
            return HouseholderFactors(values: scaledRows(range), rows: range.count, columns: matrix.columns, tolerance: -1)
        }
        self.blocks = blocks
        let heads = blocks.map { $0.head(columns: matrix.columns) }
        var stacked = [Double]()
        stacked.reserveCapacity(count * columns * columns)
        for column in 0..<columns {
            for head in heads { stacked.append(contentsOf: head[column * columns..<(column + 1) * columns]) }
        }
        top = HouseholderFactors(values: stacked, rows: count * columns, columns: columns, tolerance: tolerance)
    }

    /// 2^exponent, kept within the normal range.
    static func power(_ exponent: Int) -> Double { Double(sign: .plus, exponent: min(max(exponent, -1000), 1000), significand: 1) }

    /// Exponents that bring the largest magnitude of each column to between 1/2 and 1.
    static func scalingExponents(_ matrix: Matrix, context: ComputeContext) throws -> [Int] {
        try matrix.mapColumns(context: context) { values in
            guard let range = Sums.extremes(values) else { return 0 }
            let largest = max(-range.lowerBound, range.upperBound)
            return largest > 0 ? -(Int(largest.exponent) + 1) : 0
        }
    }

    /// Q' times a vector of `rows` numbers: the first `rank` entries belong to R, the others to what R leaves over.
    func transposeApplied(to vector: [Double], context: ComputeContext) throws -> (head: [Double], parts: [Double]) {
        var parts = vector
        var head = [Double]()
        try parts.withUnsafeMutableBufferPointer { parts in
            guard let base = parts.baseAddress else { return }
            // Blocks write to their own rows.
            nonisolated(unsafe) let start = base
            try Parallel.indices(blocks.count, context: context) { blocks[$0].applyTranspose(start + bounds[$0]) }
            for index in blocks.indices { head.append(contentsOf: parts[bounds[index]..<bounds[index] + columns]) }
            if blocks.isEmpty { head = Array(parts) }
        }
        head.withUnsafeMutableBufferPointer { if let base = $0.baseAddress { top.applyTranspose(base) } }
        return (head, parts)
    }

    /// Q times a vector in the form that `transposeApplied` returns.
    func applied(to transformed: (head: [Double], parts: [Double]), context: ComputeContext) throws -> [Double] {
        var (head, parts) = transformed
        head.withUnsafeMutableBufferPointer { if let base = $0.baseAddress { top.apply(base) } }
        guard !blocks.isEmpty else { return head }
        try parts.withUnsafeMutableBufferPointer { parts in
            guard let base = parts.baseAddress else { return }
            nonisolated(unsafe) let start = base
            try Parallel.indices(blocks.count, context: context) { index in
                for row in 0..<columns { start[bounds[index] + row] = head[index * columns + row] }
                blocks[index].apply(start + bounds[index])
            }
        }
        return parts
    }
}
