package import RondoFrame
package import RondoKernels

/// What a column looks like to a model, judged on training rows only.
package struct ColumnRole: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case number, truth, category, date
        /// Almost every row has a value of its own: nothing to learn from it.
        case identifier
        /// Long text.
        case freeText
        /// One value or none.
        case constant
    }
    package let column: String
    package let kind: Kind
    package let type: ColumnType
    /// Why it is of this kind, in words: `48,112 different values`.
    package let reason: String
    /// Different values; counted for whole numbers, text, categories and truth only, else 0.
    package let distinct: Int
    package let missing: Int
    /// Whether its values are kept as sparse numbers: without gaps, and too many columns to fill or scale one by one.
    package let isSparse: Bool

    /// `address (48,112 different values)`.
    package var phrase: String { "\(column) (\(reason))" }
}

/// Judges the columns of a table.
package enum ColumnRoles {
    /// Share of different values above which a column is taken to name its rows.
    static let identifierShare = 0.9
    /// Fewer values than this say nothing about that share.
    static let leastValues = 20
    /// Whole numbers without a telling name are only suspected with so many values: small tables measure in whole numbers too.
    static let leastUnnamedValues = 100
    /// Mean characters above which text is long.
    static let longText = 40.0

    /// - Parameter rows: training rows of `frame`; nil means all.
    package static func judge(_ frame: Frame, columns: [String], rows: [Int32]?, context: ComputeContext) throws -> [ColumnRole] {
        let places = rows.flatMap { frame.rowPlaces($0) }
        return try columns.map { name in
            try context.cancellation.check()
            return try judge(try frame.learning(name, rows, places: places), name: name)
        }
    }

    private static func judge(_ column: Column, name: String) throws -> ColumnRole {
        let missing = column.missingCount
        let present = column.count - missing
        func role(_ kind: ColumnRole.Kind, _ reason: String, distinct: Int = 0) -> ColumnRole {
            ColumnRole(
                column: name, kind: kind, type: column.type, reason: reason, distinct: distinct, missing: missing,
                isSparse: column.isSparse)
        }
        guard present > 0 else { return role(.constant, "no value at all") }
        switch column.type {
        case .number where column.isSparse:
            guard case .sparse(let sparse) = column.storage else { return role(.number, "numbers") }
            let frequency = sparse.frequency
            return frequency.distinct > 1
                ? role(.number, "numbers, most of them 0") : role(.constant, "always \(Scalar(frequency.top).plainText)", distinct: 1)
        case .number, .duration:
            if let value = constant(column) { return role(.constant, "always \(value)\(missing > 0 ? " or missing" : "")", distinct: 1) }
            return role(.number, "numbers")
        case .date, .time:
            if constant(column) != nil { return role(.constant, "always the same moment", distinct: 1) }
            return role(.date, column.type == .date ? "a date" : "a time")
        case .integer: return whole(column, name: name, present: present, role: role)
        case .truth, .text, .category:
            let levels = try LevelCodes(column, name: name)
            let words = levels.occurring
            // One level and gaps is a level and its absence: a pool or none.
            if words.count == 1, missing == 0 { return role(.constant, "always \(words[0])", distinct: 1) }
            if column.type == .truth { return role(.truth, "true or false", distinct: words.count) }
            return text(levels, words, present: present, role: role)
        }
    }

    private static func text(
        _ levels: LevelCodes, _ words: [String], present: Int, role: (ColumnRole.Kind, String, Int) -> ColumnRole
    ) -> ColumnRole {
        let count = words.count
        let phrase = "\(grouped(count)) different value\(count == 1 ? "" : "s")"
        let length = Double(words.reduce(0) { $0 + $1.unicodeScalars.count }) / Double(count)
        if length > longText, count > 1, Double(count) > 0.5 * Double(present) { return role(.freeText, "long text, \(phrase)", count) }
        if present >= leastValues, Double(count) > identifierShare * Double(present) { return role(.identifier, phrase, count) }
        return role(.category, phrase, count)
    }

    private static func whole(
        _ column: Column, name: String, present: Int, role: (ColumnRole.Kind, String, Int) -> ColumnRole
    ) -> ColumnRole {
        guard case .integer(let all, let mask) = column.storage else { return role(.number, "numbers", 0) }
        var values = mask.map { mask in all.indices.filter { !mask[$0] }.map { all[$0] } } ?? all
        values.sort()
        var distinct = values.isEmpty ? 0 : 1
        for position in values.indices.dropFirst() where values[position] != values[position - 1] { distinct += 1 }
        guard let least = values.first, let greatest = values.last, distinct > 1 else {
            return role(.constant, "always \(values.first.map(String.init) ?? "missing")\(column.missingCount > 0 ? " or missing" : "")", 1)
        }
        let almostAllDifferent = Double(distinct) > identifierShare * Double(present)
        if almostAllDifferent, present >= leastValues, namesRows(name) {
            return role(.identifier, "\(grouped(distinct)) different values", distinct)
        }
        // Numbers handed out one after the other fill their range; measurements do not.
        let (span, overflow) = greatest.subtractingReportingOverflow(least)
        // A training part leaves out some of them; then no number may come twice.
        let reach = distinct == present ? 2.5 : 1.2
        if almostAllDifferent, present >= leastUnnamedValues, !overflow, Double(span) < reach * Double(distinct) {
            return role(.identifier, "\(grouped(distinct)) different values, counted through", distinct)
        }
        return role(.number, "whole numbers", distinct)
    }

    /// Whether the last word of a name says that it names rows.
    static func namesRows(_ name: String) -> Bool {
        var words: [String] = []
        var word = ""
        for character in name {
            let startsWord = character.isUppercase && word.last?.isLowercase == true
            if !character.isLetter || startsWord {
                if !word.isEmpty { words.append(word.lowercased()) }
                word = character.isLetter ? String(character) : ""
            } else {
                word.append(character)
            }
        }
        if !word.isEmpty { words.append(word.lowercased()) }
        if words.count == 1, words[0].count <= 3, words[0].hasSuffix("id") { return true }
        return words.last.map { ["id", "key", "uuid", "guid", "number", "no", "nr", "index", "serial", "code"].contains($0) } ?? false
    }

    /// The value of a column that has only one, in words.
    private static func constant(_ column: Column) -> String? {
        let numbers = column.numbers()
        guard let first = numbers.firstIndex(where: { !$0.isNaN }) else { return nil }
        let value = numbers[first]
        return numbers.allSatisfy({ $0 == value || $0.isNaN }) ? column[first].plainText : nil
    }
}
