import RondoKernels
import RondoLanguage
package import RondoReport
package import RondoSession
package import RondoSignature

/// `help`, `help impute`, `help fit forest`, `help "remove duplicates"`.
package enum HelpVerb: SessionVerb {
    static let topic = Operand<Argument>(
        "topic", .either([.text, .word]), "a verb, family, function, metric, error code, or text to look for", optional: true)
    static let more = Operand("more", .word, "a family after fit", optional: true)

    package static let signature = Signature(
        "help", phase: .shell, class: .shell,
        summary: "Lists the verbs by phase; explains a verb, family, function, metric or error code; finds a verb by what it does.",
        details:
            "`help functions`, `help metrics`, `help families` and `help standard` print whole lists. `impute?` is short for `help impute`.",
        searchWords: ["manual", "documentation", "how to", "find", "commands", "man", "usage"],
        operands: [topic, more],
        examples: [
            Example("help fit forest", "A family: parameters, defaults, limits."),
            Example("help \"remove duplicates\"", "Finds verbs by what they do."),
        ], seeAlso: ["status", "history"])

    package static func run(_ call: Call, in session: inout Session) throws -> [Block] {
        let grammar = session.registry.grammar
        guard let asked = call[topic] else { return HelpLists.verbs(grammar) }
        switch asked {
        case .text(let text): return search(text.value, text.span, grammar)
        case .literal(let literal):
            if case .text(let text) = literal.value { return search(text, literal.span, grammar) }
        case .name(let word), .choice(let word): return try page(word, call[more], grammar)
        default: break
        }
        return HelpLists.verbs(grammar)
    }

    /// The page of a word, or of a verb with a family.
    private static func page(_ word: Name, _ second: Name?, _ grammar: GrammarRegistry) throws -> [Block] {
        guard let second else {
            if let page = HelpTopics.page(word.value, grammar) { return page }
            throw unknown(word, among: HelpTopics.names(grammar))
        }
        if grammar.verb(word.value)?.takesFamily == true || word.value == "tune" {
            guard let family = grammar.family(second.value) else { throw unknown(second, among: grammar.families.map(\.name)) }
            return HelpPages.family(family)
        }
        // Two words that are no page are what somebody looks for.
        return search("\(word.value) \(second.value)", word.span, grammar)
    }

    private static func search(_ text: String, _ span: Span, _ grammar: GrammarRegistry) -> [Block] {
        if let page = HelpTopics.page(text, grammar) { return page }
        let found = HelpSearch.verbs(for: text, in: grammar)
        guard !found.isEmpty else {
            return [
                .text(TextBlock(SlotText.escaped("nothing is said about \"\(text)\"; help lists the verbs, help functions the functions")))
            ]
        }
        return [HelpLists.table(found, caption: "verbs for \"\(text)\"", showsPhase: true)]
            + [.text(TextBlock("help \(found[0].name) says all about the first"))]
    }

    private static func unknown(_ word: Name, among known: [String]) -> Diagnostic {
        let nearest = NearestWord.suggestion(for: word.value, among: known)
        return Diagnostic(
            "R0566", "there is no help on \(word.value)", span: word.span, note: nearest.map { "did you mean \($0)?" },
            remedy: nearest.map { "help \($0)" } ?? "help \"\(word.value)\" looks for it in the texts")
    }
}
