import RondoRecipes

/// What is to be said about answers, row by row, and in sum.
package struct AnswerNotes: Sendable, Hashable {
    package enum Kind: Int, Sendable, Hashable, CaseIterable {
        case missing, unseenLevel, conversionFailed, noMatch, outsideRange, unlike, failsCheck, unsure, apart

        /// What a step remarked; nil for filled gaps, which are said as missing inputs.
        init?(_ remark: StepRemarks.Kind) {
            switch remark {
            case .imputed: return nil
            case .unseenLevel: self = .unseenLevel
            case .conversionFailed: self = .conversionFailed
            case .noMatch: self = .noMatch
            case .unlike: self = .unlike
            }
        }

        /// Said of one row.
        fileprivate func words(_ subjects: [String]) -> [String] {
            switch self {
            case .missing: ["missing: \(Kind.short(subjects))"]
            case .unseenLevel: subjects.map { "\($0) has a value that training did not have" }
            case .conversionFailed: subjects.map { "\($0) could not be converted" }
            case .noMatch: subjects.map { "\($0) has no match in the joined table" }
            case .outsideRange: ["outside the training range: \(Kind.short(subjects))"]
            case .unlike: subjects.map { "outside what the model was trained on: \($0)" }
            case .failsCheck: subjects.map { "fails the check \($0)" }
            case .unsure: subjects.map { "unsure: \($0)" }
            case .apart: subjects
            }
        }

        private static func short(_ names: [String]) -> String {
            let words = names.prefix(12).joined(separator: ", ")
            return names.count > 12 ? words + " and \(names.count - 12) more" : words
        }

        /// Said of many rows, before subjects with their counts.
        fileprivate var title: String {
            switch self {
            case .missing: "missing"
            case .unseenLevel: "values that training did not have"
            case .conversionFailed: "could not be converted"
            case .noMatch: "no match in the joined table"
            case .outsideRange: "outside the training range"
            case .unlike: "outside what the model was trained on"
            case .failsCheck: "fails the check"
            case .unsure: "unsure"
            case .apart: "apart"
            }
        }
    }
    private struct Note: Sendable, Hashable {
        let kind: Kind
        let subject: String
    }
    private var rows: [[Note]]
    /// In order of first appearance.
    private var counts: [(note: Note, rows: Int)] = []
    private var places: [Note: Int] = [:]

    init(rowCount: Int) { rows = Array(repeating: [], count: rowCount) }

    /// Says something about rows; what was said of a row already is not said again.
    mutating func add(_ kind: Kind, _ subject: String, _ noted: [Int32]) {
        let note = Note(kind: kind, subject: subject)
        let fresh = noted.filter { !rows[Int($0)].contains(note) }
        guard !fresh.isEmpty else { return }
        for row in fresh { rows[Int(row)].append(note) }
        let place = places[note] ?? counts.count
        if place == counts.count {
            places[note] = place
            counts.append((note, 0))
        }
        counts[place].rows += fresh.count
    }

    /// What is to be said of a row, kind after kind.
    func words(_ row: Int) -> [String] {
        Kind.allCases.flatMap { kind in
            let subjects = rows[row].filter { $0.kind == kind }.map(\.subject)
            return subjects.isEmpty ? [] : kind.words(subjects)
        }
    }

    /// Whether a row lacks inputs, and whether anything else is to be said of it.
    package func state(of row: Int) -> (hasGaps: Bool, isWarned: Bool) {
        (rows[row].contains { $0.kind == .missing }, rows[row].contains { $0.kind != .missing })
    }

    /// A line a kind: `missing: sqft 61 rows, zip 3`; the subjects with most rows first, at most six.
    package var summary: [String] {
        Kind.allCases.compactMap { kind in
            let found = counts.enumerated().filter { $0.element.note.kind == kind }
                .sorted { (-$0.element.rows, $0.offset) < (-$1.element.rows, $1.offset) }.map(\.element)
            guard !found.isEmpty else { return nil }
            let words = found.prefix(6).enumerated().map { position, item in
                "\(item.note.subject) \(item.rows)\(position > 0 ? "" : item.rows == 1 ? " row" : " rows")"
            }
            return "\(kind.title): \(words.joined(separator: ", "))" + (found.count > 6 ? " and \(found.count - 6) more" : "")
        }
    }

    package static func == (left: Self, right: Self) -> Bool { left.rows == right.rows }
    package func hash(into hasher: inout Hasher) { hasher.combine(rows) }
}
