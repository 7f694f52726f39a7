package import RondoSignature

/// The grammar of a verb on one line, for help and as the last resort of a remedy.
package enum GrammarText {
    /// `impute COLUMNS [median|mean|mode] [with VALUE] [by GROUPS]`.
    package static func line(_ signature: Signature) -> String {
        let operands = signature.operands.map(slot)
        let required = signature.clauses.filter(\.isRequired).map(clause)
        let optional = signature.clauses.filter { !$0.isRequired }.map { "[" + clause($0) + "]" + ($0.isRepeatable ? "*" : "") }
        return ([signature.name] + operands + required + optional).joined(separator: " ")
    }

    /// `by GROUPS`.
    package static func clause(_ clause: ClauseShape) -> String {
        ([clause.keyword] + clause.slots.map(slot)).joined(separator: " ")
    }

    /// `trees INTEGER` for each parameter of a family.
    package static func parameters(_ family: FamilySignature) -> String {
        family.parameters.map { "[" + $0.name + " " + kind($0.kind) + "]" }.joined(separator: " ")
    }

    private static func slot(_ slot: Slot) -> String {
        let text = ([slot.word].compactMap { $0 } + [kind(slot.kind)]).joined(separator: " ")
        return slot.isOptional ? "[" + text + "]" : text
    }

    private static let words: [Kind: String] = [
        .newName: "NAME", .column: "COLUMN", .columns: "COLUMNS", .table: "TABLE", .tables: "TABLES", .model: "MODEL", .models: "MODELS",
        .release: "RELEASE", .releases: "RELEASES", .thing: "NAME", .things: "NAMES", .noteName: "NOTE", .family: "FAMILY", .word: "WORD",
        .text: "\"TEXT\"", .file: "\"FILE\"", .files: "\"FILES\"", .source: "TABLE|\"FILE\"", .integer: "INTEGER", .number: "NUMBER",
        .percent: "PERCENT", .amount: "AMOUNT", .duration: "TIME", .date: "DATE", .value: "VALUE", .values: "VALUES", .list: "LIST",
        .interval: "LOW..HIGH", .grid: "VALUES", .shares: "SHARES", .expression: "EXPRESSION", .condition: "CONDITION",
        .metrics: "CONDITION", .metric: "METRIC", .assignments: "NAME = EXPRESSION", .inputs: "NAME = VALUE", .aggregates: "AGGREGATES",
        .groups: "GROUPS", .keys: "KEYS", .order: "ORDER", .renames: "OLD as NEW", .pairs: "\"OLD\" with \"NEW\"",
        .target: "COLUMN [= VALUE]", .part: "PART", .cell: "CELL",
    ]

    package static func kind(_ kind: Kind) -> String {
        switch kind {
        case .choice(let words): words.joined(separator: "|")
        case .choices(let words): words.joined(separator: "|") + " …"
        case .either(let kinds): kinds.map(self.kind).joined(separator: "|")
        default: words[kind] ?? "VALUE"
        }
    }
}
