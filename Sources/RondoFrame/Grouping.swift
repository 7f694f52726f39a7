public import RondoKernels

/// A partition of rows: each row belongs to exactly one group; missing values form a group of their own.
///
/// Groups are numbered in order of first appearance, whatever the number of threads.
public struct Groups: Sendable {
    /// Group of each row, from 0.
    public let groupOfRow: [Int32]
    /// How many groups there are.
    public let count: Int
    /// First row of each group.
    public let firstRows: [Int32]

    public init(groupOfRow: [Int32], count: Int, firstRows: [Int32]) {
        self.groupOfRow = groupOfRow
        self.count = count
        self.firstRows = firstRows
    }

    /// How many rows each group has.
    public var sizes: [Int] {
        var sizes = [Int](repeating: 0, count: count)
        for group in groupOfRow { sizes[Int(group)] += 1 }
        return sizes
    }

    /// The rows in the order of their groups: `rows[starts[g]..<starts[g + 1]]` are the rows of group g, ascending.
    public func rowsByGroup() -> (rows: [Int], starts: [Int]) { Sorting.grouped(groupOfRow, groupCount: count) }

    /// The key of each group: the columns' values in the groups' first rows.
    public func keys(_ columns: [Column]) -> [Column] { columns.map { $0.gathering(firstRows) } }

    /// All rows in one group (no group when there are no rows).
    public static func whole(rowCount: Int) -> Groups {
        Groups(groupOfRow: Array(repeating: 0, count: rowCount), count: rowCount > 0 ? 1 : 0, firstRows: rowCount > 0 ? [0] : [])
    }

    /// The rows grouped by equal values in all columns; without columns all rows are one group.
    public init(by columns: [Column], rowCount: Int, context: ComputeContext = .quiet) throws {
        guard !columns.isEmpty else {
            self = .whole(rowCount: rowCount)
            return
        }
        let codes = try GroupCodes(columns, context: context)
        try context.cancellation.check()
        self.init(groupOfRow: codes.codes, count: codes.count, firstRows: codes.firstRows)
    }
}

extension Frame {
    /// The rows grouped by equal values in all these columns.
    public func grouped(by columns: [Column], context: ComputeContext = .quiet) throws -> Groups {
        try Groups(by: columns, rowCount: rowCount, context: context)
    }
}
