/// A dense matrix of doubles, stored column by column.
public struct Matrix: Hashable, Sendable {
    /// Number of rows.
    public let rows: Int
    /// Number of columns.
    public let columns: Int
    /// Element (row, column) is at `column * rows + row`.
    public internal(set) var storage: [Double]

    /// A matrix with one value everywhere; negative sizes are 0.
    public init(rows: Int, columns: Int, repeating value: Double = 0) {
        self.rows = max(rows, 0)
        self.columns = max(columns, 0)
        storage = [Double](repeating: value, count: self.rows * self.columns)
    }

    /// A matrix from its elements column by column; nil when their number does not fit.
    public init?(rows: Int, columns: Int, storage: [Double]) {
        let size = rows.multipliedReportingOverflow(by: columns)
        guard rows >= 0, columns >= 0, !size.overflow, storage.count == size.partialValue else { return nil }
        self.rows = rows
        self.columns = columns
        self.storage = storage
    }

    /// A matrix from columns of equal length; nil when they differ.
    public init?(columns: [[Double]]) {
        rows = columns.first?.count ?? 0
        guard columns.allSatisfy({ [rows] in $0.count == rows }) else { return nil }
        self.columns = columns.count
        storage = Array(columns.joined())
    }

    /// A matrix whose columns are written in parallel: `fill(column, values)` sets the `rows` numbers of one column, 0 before.
    public init(
        rows: Int, columns: Int, context: ComputeContext, fill: (_ column: Int, _ values: UnsafeMutableBufferPointer<Double>) throws -> Void
    ) throws {
        self.init(rows: rows, columns: columns)
        let height = self.rows
        guard height > 0 else { return }
        try storage.withUnsafeMutableBufferPointer { all in
            // Every call writes to its own column.
            nonisolated(unsafe) let all = all
            try Parallel.indices(columns, context: context) { column in
                try fill(column, UnsafeMutableBufferPointer(rebasing: all[column * height..<(column + 1) * height]))
            }
        }
    }

    /// Calls `body` with the values of each column, on several threads, and returns the results in order.
    public func mapColumns<Result>(
        context: ComputeContext, _ body: (UnsafeBufferPointer<Double>) throws -> Result
    ) throws -> [Result] {
        try storage.withUnsafeBufferPointer { all in
            nonisolated(unsafe) let all = all
            return try Parallel.map(columns, context: context) { column in
                try body(UnsafeBufferPointer(rebasing: all[column * rows..<(column + 1) * rows]))
            }
        }
    }

    /// Whether no element is infinite or NaN.
    public func isFinite(context: ComputeContext) throws -> Bool {
        try rows == 0 || mapColumns(context: context) { Sums.extremes($0) != nil }.allSatisfy { $0 }
    }

    /// Ones on the diagonal, zeros elsewhere.
    public static func identity(_ order: Int) -> Matrix {
        var result = Matrix(rows: order, columns: order)
        for index in 0..<result.rows { result.storage[index * result.rows + index] = 1 }
        return result
    }

    /// The element at a row and column; NaN outside of the matrix, where setting does nothing.
    @inlinable
    public subscript(row: Int, column: Int) -> Double {
        get {
            guard row >= 0, row < rows, column >= 0, column < columns else { return .nan }
            return storage[column * rows + row]
        }
        set { set(row, column, newValue) }
    }

    @usableFromInline
    mutating func set(_ row: Int, _ column: Int, _ value: Double) {
        guard row >= 0, row < rows, column >= 0, column < columns else { return }
        storage[column * rows + row] = value
    }

    /// One column; empty outside of the matrix.
    public func column(_ index: Int) -> [Double] {
        guard index >= 0, index < columns else { return [] }
        return Array(storage[index * rows..<(index + 1) * rows])
    }

    /// Rows and columns exchanged.
    public func transposed() -> Matrix {
        var result = Matrix(rows: columns, columns: rows)
        for column in 0..<columns {
            for row in 0..<rows { result.storage[row * columns + column] = storage[column * rows + row] }
        }
        return result
    }

    /// The product, each element summed over the inner index in increasing order; nil when the shapes do not fit.
    public func multiplied(by other: Matrix) -> Matrix? {
        guard columns == other.rows else { return nil }
        var result = Matrix(rows: rows, columns: other.columns)
        guard rows > 0, columns > 0 else { return result }
        result.storage.withUnsafeMutableBufferPointer { target in
            storage.withUnsafeBufferPointer { left in
                guard let target = target.baseAddress, let left = left.baseAddress else { return }
                for column in 0..<other.columns {
                    for inner in 0..<columns {
                        Columns.add(other.storage[column * columns + inner], left + inner * rows, to: target + column * rows, rows)
                    }
                }
            }
        }
        return result
    }

    /// The product with a vector of `columns` numbers; nil when it has another length.
    public func multiplied(by vector: [Double]) -> [Double]? {
        Matrix(rows: vector.count, columns: 1, storage: vector).flatMap { multiplied(by: $0)?.storage }
    }

    /// The product of the transpose with a vector of `rows` numbers; nil when it has another length.
    public func transposeMultiplied(by vector: [Double]) -> [Double]? {
        guard vector.count == rows else { return nil }
        return storage.withUnsafeBufferPointer { values in
            vector.withUnsafeBufferPointer { vector in
                (0..<columns).map { Sums.dot(UnsafeBufferPointer(rebasing: values[$0 * rows..<($0 + 1) * rows]), vector) }
            }
        }
    }

    /// The product of the transpose with the matrix itself, summed in fixed blocks of rows, optionally with row weights.
    ///
    /// nil when the number of weights is not the number of rows. Throws only when cancelled.
    public func gram(weights: [Double]? = nil, context: ComputeContext = .quiet) throws -> Matrix? {
        if let weights, weights.count != rows { return nil }
        let sums = try storage.withUnsafeBufferPointer { values in
            nonisolated(unsafe) let values = values
            return try GramBlocks.sum(order: columns, rowCount: rows, weights: weights, context: context) { column, range, target in
                guard let base = values.baseAddress else { return }
                target.update(from: base + column * rows + range.lowerBound, count: range.count)
            }
        }
        var result = Matrix(rows: columns, columns: columns, storage: sums) ?? Matrix(rows: 0, columns: 0)
        for column in 0..<columns {
            for row in 0..<column { result.storage[row * columns + column] = result.storage[column * columns + row] }
        }
        return result
    }
}
