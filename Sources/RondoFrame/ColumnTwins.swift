public import RondoKernels

/// Columns that say the same in every row, and columns whose gaps come together.
public enum ColumnTwins {
    /// Columns that repeat an earlier one.
    public struct Twin: Sendable, Hashable {
        public let column: Int
        /// The earlier column.
        public let of: Int
        /// Whether the values are equal; else each value of one always stands beside the same value of the other.
        public let isEqual: Bool
    }

    /// Columns that repeat an earlier one, by position; of columns that do not vary, and of ones that differ in every row, only equal
    /// ones count.
    /// - Parameter descriptions: of the same columns.
    public static func find(_ columns: [Column], _ descriptions: [ColumnDescription], context: ComputeContext = .quiet) throws -> [Twin] {
        var seen: [[Int]: [Int]] = [:]
        var twins: [Twin] = []
        for (position, description) in descriptions.enumerated() where description.count > 1 && description.distinct > 1 {
            try context.cancellation.check()
            let key = [description.distinct, description.missing, description.topCount]
            let earlier = seen[key, default: []]
            let match = earlier.lazy.compactMap { twin(position, of: $0, columns, descriptions[position]) }.first
            if let match { twins.append(match) } else { seen[key, default: []].append(position) }
        }
        return twins
    }

    private static func twin(_ position: Int, of other: Int, _ columns: [Column], _ description: ColumnDescription) -> Twin? {
        let (column, earlier) = (columns[position], columns[other])
        if column.type.isText == earlier.type.isText, same(column, earlier) { return Twin(column: position, of: other, isEqual: true) }
        guard description.distinct * 2 <= description.count else { return nil }
        return GroupCodes(column).codes == GroupCodes(earlier).codes ? Twin(column: position, of: other, isEqual: false) : nil
    }

    private static func same(_ a: Column, _ b: Column) -> Bool {
        if a.type.isText { return Column(a.textStorage).equals(Column(b.textStorage)) }
        guard a.type.isMoment == b.type.isMoment, !a.type.isMoment || a.type == b.type else { return false }
        let (left, right) = (a.numbers(), b.numbers())
        return left.indices.allSatisfy { left[$0] == right[$0] || (left[$0].isNaN && right[$0].isNaN) }
    }

    /// Groups of columns, by position, whose gaps are almost the same rows: of the rows where one of two has a gap, both have one in at
    /// least nine of ten.
    public static func gapGroups(_ columns: [Column], context: ComputeContext = .quiet) throws -> [[Int]] {
        let gappy = columns.indices.filter { columns[$0].missingCount > 0 }
        let masks = try Parallel.map(gappy.count, context: context) { Bitset(columns[gappy[$0]].missingMask()) }
        var groups: [[Int]] = []
        for position in gappy.indices {
            try context.cancellation.check()
            let found = groups.firstIndex { group in
                let both = (masks[group[0]] & masks[position]).popcount
                let either = masks[group[0]].popcount + masks[position].popcount - both
                return both * 10 >= either * 9 && both < masks[position].count
            }
            if let found { groups[found].append(position) } else { groups.append([position]) }
        }
        return groups.filter { $0.count > 1 }.map { $0.map { gappy[$0] } }
    }
}

extension Column {
    /// A text or category column as text; other columns as they are.
    fileprivate var textStorage: Storage {
        if case .category(let codes, let levels) = storage { return .text(codes, levels) }
        return storage
    }
}
