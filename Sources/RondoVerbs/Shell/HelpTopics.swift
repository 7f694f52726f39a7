import RondoExpressions
import RondoLearning
import RondoReport
import RondoSession
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
        return code(word)
    }

    /// All words with a page, for the nearest.
    static func names(_ grammar: GrammarRegistry) -> [String] {
        grammar.verbs.map(\.name) + grammar.families.map(\.name) + Functions.names + Metrics.all.map { $0.signature.name } + lists
            + Phase.allCases.map(\.rawValue)
    }

    /// The page of `R0203`; nil when the word does not look like a code.
    private static func code(_ word: String) -> [Block]? {
        let letters = word.uppercased()
        guard letters.count == 5, letters.hasPrefix("R"), letters.dropFirst().allSatisfy(\.isWholeNumber) else { return nil }
        guard let found = ErrorCodes.named(letters) else {
            let groups = ErrorCodes.groups.map { "\($0.prefix)xx" }.joined(separator: ", ")
            return [.text(TextBlock("\(letters) is no code of Rondo; its codes are \(groups)"))]
        }
        let group = ErrorCodes.groups.first { letters.hasPrefix($0.prefix) }
        return [
            .text(TextBlock(SlotText.escaped("\(found.code): \(found.title)"))), .text(TextBlock(SlotText.escaped(found.explanation))),
            .text(TextBlock(SlotText.escaped("for example: \(found.example)"))),
        ] + (group.map { [.text(TextBlock("\($0.prefix)xx: \($0.words)"))] } ?? [])
    }
}
