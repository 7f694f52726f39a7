public import RondoKernels

/// What matching two tables found.
public struct MatchReport: Sendable {
    /// Rows of the left table with a record.
    public let matched: Int
    /// Rows of the left table without one.
    public let unmatched: Int
    /// Rows without a record because a key is missing; part of `unmatched`.
    public let missingKeys: Int
    /// Some keys without a record, as text, in order of first appearance.
    public let unmatchedExamples: [String]
    /// Different keys of the right table that no row of the left asked for.
    public let neverUsed: Int
    /// Different keys of the right table that more than one of its rows have.
    public let duplicateKeys: Int
    /// Some of those, as text.
    public let duplicateExamples: [String]
}

/// Records of the right table found by their key: many rows to one record.
public struct Lookup: Sendable {
    /// What happens when several records have the same key.
    public enum Duplicates: Sendable {
        /// An error that names examples.
        case refused
        /// The first record counts; the report says how many keys.
        case firstCounts
    }

    private let keys: [Column]
    private let names: [String]
    private var table: JoinTable
    /// Row of the first record of each key.
    private let rows: [Int32]
    /// How many records each key has.
    private let sizes: [Int32]
    private static let exampleCount = 3

    /// How many different complete keys there are.
    public var keyCount: Int { rows.count }
    /// Different keys that several records have.
    public var duplicateKeys: Int { sizes.reduce(0) { $1 > 1 ? $0 + 1 : $0 } }

    /// Records by the values of the key columns; records with a missing key are found by nothing.
    public init(keys: [Column], names: [String], duplicates: Duplicates = .refused, context: ComputeContext = .quiet) throws {
        self.keys = keys
        self.names = names
        var table = JoinTable(keys)
        var rows: [Int32] = []
        var sizes: [Int32] = []
        let codes = try table.learn(keys, context)
        for (row, code) in codes.enumerated() where code >= 0 {
            if Int(code) == rows.count {
                rows.append(Int32(row))
                sizes.append(1)
            } else {
                sizes[Int(code)] &+= 1
            }
        }
        self.table = table
        self.rows = rows
        self.sizes = sizes
        guard duplicates == .refused, duplicateKeys > 0 else { return }
        let examples = duplicateExamples.joined(separator: "; ")
        throw Fault(
            "R0320",
            "\(grouped(duplicateKeys)) keys of \(names.joined(separator: ", ")) stand in more than one row, for example \(examples)",
            remedy: "take the doubles out first (dedupe by \(names.joined(separator: ", "))) or match by more columns", subject: names.first
        )
    }

    /// Some keys that several records have.
    public var duplicateExamples: [String] {
        sizes.indices.lazy.filter { sizes[$0] > 1 }.prefix(Lookup.exampleCount).map { Lookup.text(keys, Int(rows[$0])) }
    }

    /// The record of each row, -1 without one, and the report.
    public func match(_ left: [Column], context: ComputeContext = .quiet) throws -> (rows: [Int32], report: MatchReport) {
        try checkTypes(left)
        let codes = try table.find(left, context)
        var used = [Bool](repeating: false, count: rows.count)
        var matched = 0
        var missing = 0
        var examples: [String] = []
        let masks = left.map { $0.missingMask() }
        let result = codes.enumerated().map { row, code -> Int32 in
            guard code >= 0 else {
                if masks.contains(where: { $0[row] }) {
                    missing += 1
                } else if examples.count < Lookup.exampleCount {
                    let text = Lookup.text(left, row)
                    if !examples.contains(text) { examples.append(text) }
                }
                return -1
            }
            matched += 1
            used[Int(code)] = true
            return rows[Int(code)]
        }
        let report = MatchReport(
            matched: matched, unmatched: codes.count - matched, missingKeys: missing, unmatchedExamples: examples,
            neverUsed: used.reduce(0) { $1 ? $0 : $0 + 1 }, duplicateKeys: duplicateKeys, duplicateExamples: duplicateExamples)
        return (result, report)
    }

    /// Keys of types that never match are an error rather than no match.
    private func checkTypes(_ left: [Column]) throws {
        guard left.count == keys.count else {
            throw Fault("R0321", "\(left.count) keys are matched with \(keys.count)", remedy: "give as many keys for both tables")
        }
        for (position, pair) in zip(left, keys).enumerated() where JoinKeyFamily(pair.0.type) != JoinKeyFamily(pair.1.type) {
            let name = position < names.count ? names[position] : "key \(position + 1)"
            throw Fault(
                "R0322", "\(name) is \(pair.0.type.rawValue) in one table and \(pair.1.type.rawValue) in the other",
                remedy: "bring both to one type: cast \(name) \(pair.1.type.isText ? "text" : pair.1.type.rawValue)", subject: name)
        }
    }

    private static func text(_ columns: [Column], _ row: Int) -> String {
        columns.map { column in
            let value = column[row]
            if case .text(let word) = value { return "\"\(word)\"" }
            return value.isMissing ? "missing" : value.plainText
        }.joined(separator: ", ")
    }
}
