import RondoSignature

/// Kinds in words, and a value of each that would do in an example.
enum KindWords {
    private static let table: [Kind: (phrase: String, sample: String)] = [
        .newName: ("a new name", "result"), .column: ("the name of a column", "price"), .columns: ("the names of columns", "price"),
        .table: ("the name of a table", "sales"), .tables: ("the names of tables", "sales"), .model: ("the name of a model", "forest"),
        .models: ("the names of models", "forest"), .release: ("the name of a release", "house_price"),
        .releases: ("the names of releases", "house_price"), .thing: ("the name of a table, model or release", "sales"),
        .things: ("names of tables, models or releases", "sales"), .noteName: ("the name of a note", "note1"),
        .family: ("a model family", "forest"), .word: ("a word", "filter"), .text: ("text in double quotes", "\"text\""),
        .file: ("a file in double quotes", "\"file.csv\""), .files: ("files in double quotes", "\"file.csv\""),
        .source: ("a table or a file in double quotes", "sales"), .integer: ("a whole number", "10"), .number: ("a number", "0.5"),
        .percent: ("a percent such as 10%", "10%"), .amount: ("a number or a percent", "10%"),
        .duration: ("a time such as 30 days", "30 days"),
        .date: ("a date such as 2024-03-01", "2024-03-01"), .value: ("a value", "0"), .values: ("values", "0"),
        .list: ("a list such as [1, 2]", "[1, 2]"), .interval: ("a range such as 10..30", "10..30"),
        .grid: ("a value, a list or a range", "[1, 2]"), .shares: ("shares such as 60/20/20", "60/20/20"),
        .expression: ("an expression", "price"), .condition: ("a condition such as price > 1", "price > 1"),
        .metrics: ("a condition on metrics such as mape < 10%", "mape < 10%"), .metric: ("a metric", "mape"),
        .assignments: ("name = expression", "age = 1"), .inputs: ("name = value", "sqft = 1800"),
        .aggregates: ("aggregates such as mean(price)", "count()"),
        .groups: ("columns to group by", "zip"), .keys: ("columns to match by", "address"), .order: ("columns to sort by", "price"),
        .renames: ("old as new", "old as new"), .pairs: ("\"old\" with \"new\"", "\"old\" with \"new\""),
        .target: ("the name of a column", "price"), .part: ("train, validation, test, all, last 6 months or two dates", "test"),
        .cell: ("a cell", "describe"),
    ]

    static func phrase(_ kind: Kind) -> String {
        switch kind {
        case .choice(let words): words.count > 1 ? "one of " + words.joined(separator: ", ") : words.joined()
        case .choices(let words): "some of " + words.joined(separator: ", ")
        case .either(let kinds): kinds.map(phrase).joined(separator: " or ")
        default: table[kind]?.phrase ?? "a value"
        }
    }

    static func sample(_ kind: Kind, _ grammar: GrammarRegistry) -> String? {
        switch kind {
        case .choice(let words), .choices(let words): words.first
        case .either(let kinds): kinds.first.flatMap { sample($0, grammar) }
        case .family: grammar.family("forest")?.name ?? grammar.families.first?.name
        default: table[kind]?.sample
        }
    }
}
