package import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning

/// Groups of rows for `errors … by` and flags for `score`.
package enum Segments {
    package struct Segment: Sendable {
        package let name: String
        /// Positions in the outcome.
        package let positions: [Int32]

        package init(name: String, positions: [Int32]) {
            self.name = name
            self.positions = positions
        }
    }

    /// One segment a flag of the table, true rows only.
    package static func flags(of table: Table, frame: Frame, rows: [Int32]) -> [Segment] {
        table.flags.compactMap { flag in
            guard case .truth(let values)? = frame[flag.name]?.storage else { return nil }
            let positions = rows.indices.filter { values[Int(rows[$0])] == 1 }.map { Int32($0) }
            return Segment(name: flag.name, positions: positions)
        }
    }

    /// One segment a combination of group values, in order of the values.
    package static func groups(_ columns: [(name: String, column: Column)], rows: [Int32]) -> [Segment] {
        guard let groups = try? Groups(by: columns.map { $0.column.gathering(rows) }, rowCount: rows.count) else { return [] }
        let keys = groups.firstRows.map { first in columns.map { $0.column[Int(rows[Int(first)])] } }
        let ranks = columns.map { levelRanks($0.column) }
        let ordered = keys.indices.sorted { left, right in
            for (index, (one, other)) in zip(keys[left], keys[right]).enumerated() where one != other {
                return precedes(one, other, ranks: ranks[index])
            }
            return false
        }
        let (positions, starts) = groups.rowsByGroup()
        return ordered.map { group in
            let words = keys[group].map { $0.isMissing ? "missing" : $0.plainText }
            return Segment(
                name: words.joined(separator: ", "), positions: positions[starts[group]..<starts[group + 1]].map { Int32($0) })
        }
    }

    /// Order of a category's levels, which means something for bands.
    private static func levelRanks(_ column: Column) -> [String: Int] {
        guard case .category(_, let levels) = column.storage else { return [:] }
        return Dictionary(levels.words.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
    }

    private static func precedes(_ left: Scalar, _ right: Scalar, ranks: [String: Int]) -> Bool {
        if left.isMissing != right.isMissing { return right.isMissing }
        if let one = left.number, let other = right.number { return one < other }
        let (one, other) = (left.plainText, right.plainText)
        if let first = ranks[one], let second = ranks[other] { return first < second }
        return one < other
    }
}
