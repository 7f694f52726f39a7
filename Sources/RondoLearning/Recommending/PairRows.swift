import RondoKernels

/// Numbers of pairs of a row and a column, row by row: a sparse matrix in compressed rows.
package struct PairRows: Sendable, Hashable {
    /// The pairs of row r are at `starts[r]..<starts[r + 1]`.
    package let starts: [Int]
    /// Ascending within a row, below `columnCount`.
    package let columns: [Int32]
    package let values: [Double]
    package let columnCount: Int

    package var rowCount: Int { starts.count - 1 }

    /// - Parameters:
    ///   - starts: one more than there are rows, from 0 to the number of pairs, never falling.
    ///   - columns: ascending within a row, from 0 and below `columnCount`.
    ///   - values: one a pair.
    init(starts: [Int], columns: [Int32], values: [Double], columnCount: Int) {
        self.starts = starts
        self.columns = columns
        self.values = values
        self.columnCount = columnCount
    }

    /// The places of a row's pairs; empty for a row that is not there.
    package func places(of row: Int) -> Range<Int> {
        row >= 0 && row < rowCount ? starts[row]..<starts[row + 1] : 0..<0
    }

    package func columns(of row: Int) -> ArraySlice<Int32> { columns[places(of: row)] }

    package func values(of row: Int) -> ArraySlice<Double> { values[places(of: row)] }

    /// How many pairs each column has.
    package var columnSizes: [Int] {
        var sizes = [Int](repeating: 0, count: columnCount)
        for column in columns { sizes[Int(column)] += 1 }
        return sizes
    }

    /// The sums of the columns, added row after row.
    package var columnSums: [Double] {
        var sums = [Double](repeating: 0, count: columnCount)
        for (column, value) in zip(columns, values) { sums[Int(column)] += value }
        return sums
    }

    /// Rows and columns exchanged.
    package func transposed() -> PairRows {
        var starts = [0]
        starts.reserveCapacity(columnCount + 1)
        for size in columnSizes { starts.append(starts[starts.count - 1] + size) }
        var next = starts
        var rows = [Int32](repeating: 0, count: columns.count)
        var turned = [Double](repeating: 0, count: columns.count)
        for row in 0..<rowCount {
            for place in places(of: row) {
                let column = Int(columns[place])
                rows[next[column]] = Int32(truncatingIfNeeded: row)
                turned[next[column]] = values[place]
                next[column] += 1
            }
        }
        return PairRows(starts: starts, columns: rows, values: turned, columnCount: rowCount)
    }

    /// Some of the rows in another order; a place that is not there becomes an empty row.
    package func gathering(_ rows: [Int]) -> PairRows {
        var starts = [0]
        var kept: [Int32] = []
        var numbers: [Double] = []
        for row in rows {
            kept += columns(of: row)
            numbers += values(of: row)
            starts.append(kept.count)
        }
        return PairRows(starts: starts, columns: kept, values: numbers, columnCount: columnCount)
    }

    /// The same pairs with other values, one a pair.
    func with(values: [Double]) -> PairRows {
        PairRows(starts: starts, columns: columns, values: values, columnCount: columnCount)
    }

    // MARK: Saving

    func archive() -> Archive {
        var archive = Archive()
        archive["starts"] = .integers(starts.map { Int64($0) })
        archive["columns"] = .codes(columns)
        archive["values"] = .numbers(values)
        return archive
    }

    /// - Throws: R0590 for damaged data: starts that fall, columns out of order or outside, values that are not finite.
    init(from archive: Archive, rowCount: Int, columnCount: Int) throws {
        let starts = try archive.integers("starts")
        let columns = try archive.codes("columns")
        let values = try archive.numbers("values", count: columns.count)
        try archive.require(starts.count == rowCount + 1 && starts.first == 0 && starts.last == Int64(columns.count), "starts")
        try archive.require(zip(starts, starts.dropFirst()).allSatisfy { $0 <= $1 }, "starts")
        try archive.require(columns.allSatisfy { $0 >= 0 && Int($0) < columnCount }, "columns")
        try archive.require(values.allSatisfy(\.isFinite), "values")
        self.init(starts: starts.map { Int($0) }, columns: columns, values: values, columnCount: columnCount)
        let isAscending = (0..<rowCount).allSatisfy { row in
            let own = self.columns(of: row)
            return zip(own, own.dropFirst()).allSatisfy { $0 < $1 }
        }
        try archive.require(isAscending, "columns")
    }
}
