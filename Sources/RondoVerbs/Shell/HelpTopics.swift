import RondoExpressions
import RondoLearning
import RondoReport
import RondoSignature

/// What `help` knows a page of.
enum HelpTopics {
    /// Words that stand for whole lists.
    static let lists = ["functions", "metrics", "families", "verbs", "standard"]

    /// The page of a word: a list, verb, family, function, metric, error code or phase; nil when there is none.
    static func page(_ word: String, _ grammar: GrammarRegistry) -> [Block]? {
        switch word {
        case "functions": return HelpLists.functions()
        case "metrics": return HelpLists.metrics()
        case "families": return HelpLists.families(grammar)
        case "verbs": return HelpLists.verbs(grammar)
        // The function `standard` and the table by which it works are one page.
        case "standard": return (Functions.named(word).map { HelpPages.function($0) } ?? []) + HelpLists.standardForms()
        default: break
        }
        if let verb = grammar.verb(word) { return HelpPages.verb(verb, families: grammar.families) }
        if let family = grammar.family(word) { return HelpPages.family(family) }
        if let function = Functions.named(word) { return HelpPages.function(function) }
        if let metric = Metrics.named(word) { return HelpPages.metric(metric.signature) }
        if let phase = Phase(rawValue: word) {
            let verbs = grammar.verbs.filter { $0.phase == phase }
            return verbs.isEmpty ? nil : [HelpLists.table(verbs, caption: word)]
        }
        return ErrorCodes.page(word)
    }

    /// All words with a page, for the nearest.
    static func names(_ grammar: GrammarRegistry) -> [String] {
        grammar.verbs.map(\.name) + grammar.families.map(\.name) + Functions.names + Metrics.all.map { $0.signature.name } + lists
            + Phase.allCases.map(\.rawValue)
    }
}

/// What the codes of errors say by their first digits.
enum ErrorCodes {
    private static let families: [(prefix: String, words: String, remedy: String)] = [
        ("R01", "the cell cannot be read: a word, sign or clause stands where it cannot", "help VERB shows how the verb is written"),
        (
            "R02", "a name or value of the cell fits nothing here: a column, table, model, metric, type or limit",
            "status and describe show the names there are"
        ),
        (
            "R03", "the data do not allow what the cell asks: values, types, keys, rows",
            "describe, count and head show what the table holds"
        ),
        (
            "R04", "goal, split, learning or judging: something is missing, sealed or unfit for the task",
            "status says where the session stands"
        ),
        (
            "R05", "the session, a model's options, a metric or a release: it is not there, or does not allow this",
            "history, releases and help say what there is"
        ),
        ("R06", "a file: absent, not permitted, damaged or not understood", "the message names file, line, column and byte where it can"),
        ("R09", "a report or its parts: damaged, empty, or written by a newer Rondo", "write the report again from its session"),
    ]

    /// The page of `R0203`; nil when the word is no code.
    static func page(_ word: String) -> [Block]? {
        let code = word.uppercased()
        guard code.count == 5, code.hasPrefix("R"), code.dropFirst().allSatisfy(\.isWholeNumber) else { return nil }
        guard let family = families.first(where: { code.hasPrefix($0.prefix) }) else {
            return [.text(TextBlock("\(code) is no code of Rondo: R01 to R06 and R09 begin its codes"))]
        }
        var blocks: [Block] = [
            .text(TextBlock("\(code) belongs to \(family.prefix)xx: \(family.words)")), .text(TextBlock(family.remedy)),
        ]
        if code == "R0501" { blocks.append(.text(TextBlock("R0501 itself: the cell was interrupted; the session is as before it"))) }
        if code == "R0599" { blocks.append(.text(TextBlock("R0599 itself: a fault inside Rondo; please report it with its cell"))) }
        return blocks
    }
}
