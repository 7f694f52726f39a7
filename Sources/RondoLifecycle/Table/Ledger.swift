import RondoKernels
package import RondoReport

/// Where every row went, from loaded to scored. It adds up or says where it does not.
package struct Ledger: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable {
        case loaded, joined, filtered, deduplicated, split, scope, sampled, appended, aggregated
    }
    package struct Entry: Sendable, Hashable {
        package let cell: Int
        package let kind: Kind
        /// What was done, the cell in short.
        package let what: String
        package let before: Int
        package let after: Int
        /// Rows by reason: `condition missing 12, condition false 3`.
        package let reasons: [Reason]

        package init(cell: Int, kind: Kind, what: String, before: Int, after: Int, reasons: [Reason] = []) {
            self.cell = cell
            self.kind = kind
            self.what = what
            self.before = before
            self.after = after
            self.reasons = reasons
        }
    }
    package struct Reason: Sendable, Hashable {
        package let words: String
        package let rows: Int

        package init(_ words: String, _ rows: Int) {
            self.words = words
            self.rows = rows
        }
    }
    package private(set) var entries: [Entry]

    package init(_ entries: [Entry] = []) { self.entries = entries }

    package mutating func append(_ entry: Entry) { entries.append(entry) }

    /// Rows that no entry explains: the steps' before and after must join, and the last must be `present`.
    package func unexplained(present: Int) -> Int {
        var gap = 0
        for (earlier, later) in zip(entries, entries.dropFirst()) { gap += abs(later.before - earlier.after) }
        if let last = entries.last { gap += abs(present - last.after) }
        return gap
    }

    /// The ledger as people read it.
    package func block(table: String, present: Int) -> TableBlock {
        var rows: [[Scalar]] = []
        for entry in entries {
            rows.append([
                .integer(Int64(entry.cell)), .text(entry.what), .integer(Int64(entry.before)), .integer(Int64(entry.after - entry.before)),
                .integer(Int64(entry.after)),
                .text(entry.reasons.map { "\($0.words) \(NumberText.count($0.rows))" }.joined(separator: ", ")),
            ])
        }
        let columns: [TableBlock.Column] = [
            .init("cell", "integer", .plain, volatile: true), .init("step", "text", .plain), .init("before", "integer", .count),
            .init("change", "integer", .count), .init("after", "integer", .count), .init("reasons", "text", .plain),
        ]
        return TableBlock(caption: "row ledger of \(table)", columns: columns, rows: rows)
    }
}
