import RondoFrame
import RondoKernels

/// Makes many sparse columns from values that come row by row.
enum SparseColumns {
    /// - Parameter each: calls its argument once for each value that is not zero, rows ascending, with row, column and value; it runs
    ///   twice and must say the same each time.
    static func columns(rowCount: Int, count: Int, _ each: (_ put: (Int, Int, Double) -> Void) -> Void) -> [Column] {
        var sizes = [Int](repeating: 0, count: count)
        each { _, column, _ in sizes[column] += 1 }
        // Room for exactly what comes: thousands of columns cannot afford to grow.
        var rows = sizes.map { size in
            var list: [Int32] = []
            list.reserveCapacity(size)
            return list
        }
        var values = sizes.map { size in
            var list: [Double] = []
            list.reserveCapacity(size)
            return list
        }
        each { row, column, value in
            rows[column].append(Int32(truncatingIfNeeded: row))
            values[column].append(value)
        }
        return (0..<count).map { Column(.sparse(SparseNumbers(count: rowCount, rows: rows[$0], values: values[$0]))) }
    }

    /// The same with all zeros written out.
    static func dense(rowCount: Int, count: Int, _ each: (_ put: (Int, Int, Double) -> Void) -> Void) -> [Column] {
        var columns = [[Double]](repeating: [Double](repeating: 0, count: rowCount), count: count)
        each { row, column, value in columns[column][row] = value }
        return columns.map { Column(.number($0)) }
    }

    /// Above so many columns from one, they are kept sparse.
    static let denseColumns = 64

    /// Dense columns when they are few, else sparse ones.
    static func fitting(rowCount: Int, count: Int, _ each: (_ put: (Int, Int, Double) -> Void) -> Void) -> [Column] {
        count > denseColumns ? columns(rowCount: rowCount, count: count, each) : dense(rowCount: rowCount, count: count, each)
    }
}
