package import RondoSignature

/// What could be typed at the cursor.
package struct Completion: Sendable, Hashable {
    package struct Candidate: Sendable, Hashable {
        /// What to put in the place of the range, quotes included.
        package let text: String
        package let gloss: String

        package init(_ text: String, _ gloss: String = "") {
            self.text = text
            self.gloss = gloss
        }
    }
    /// What a candidate replaces: scalars of the text.
    package let range: Span
    package let candidates: [Candidate]

    /// Verbs at the start, the unused clauses after a finished value, else names of the kind that is wanted.
    package static func complete(_ text: String, cursor: Int, grammar: GrammarRegistry, names: NameSource) -> Completion {
        let scalars = Array(text.unicodeScalars)
        let cursor = min(max(cursor, 0), scalars.count)
        let partial = PartialWord(scalars[..<cursor])
        guard !partial.isInComment else { return Completion(range: Span(cursor, cursor), candidates: []) }
        let before = String(scalars[..<partial.start])
        let range = Span(partial.start, cursor)
        if before.trimmingBlanks.isEmpty {
            let verbs = grammar.verbs.map { Candidate($0.name, $0.summary) }
            return Completion(range: range, candidates: verbs.filter { partial.begins($0.text) })
        }
        let wanted = CellParser.wanted(before, grammar: grammar).wanted
        let candidates = CandidateList(grammar: grammar, names: names, text: text, verb: before)
        var seen: Set<String> = []
        let found = wanted.flatMap { candidates.candidates($0, partial) }.filter {
            partial.begins($0.text) && seen.insert($0.text).inserted
        }
        return Completion(range: range, candidates: found)
    }
}

/// The beginning of a word, name, parameter or text in front of the cursor.
struct PartialWord {
    enum Form: Hashable { case word, quotedName, parameter, text }
    let start: Int
    let form: Form
    /// Without its quote or sign.
    let content: String
    let isInComment: Bool

    init(_ head: ArraySlice<Unicode.Scalar>) {
        var lexer = Lexer(Array(head))
        lexer.run()
        isInComment = lexer.comments.last.map { $0.end == head.count } ?? false
        let last = lexer.tokens.dropLast().last
        switch last?.kind {
        case .fault(.unclosedText)?:
            (start, form) = (last?.span.start ?? head.count, .text)
        case .fault(.unclosedName)?:
            (start, form) = (last?.span.start ?? head.count, .quotedName)
        case .fault(.malformedParameter)?, .parameter?:
            let touches = last?.span.end == head.count
            (start, form) = touches ? (last?.span.start ?? head.count, .parameter) : (head.count, .word)
        case .word?:
            let touches = last?.span.end == head.count
            (start, form) = (touches ? last?.span.start ?? head.count : head.count, .word)
        default:
            (start, form) = (head.count, .word)
        }
        content = String(head.dropFirst(form == .word ? start : start + 1))
    }

    /// Whether a candidate goes on from what is typed.
    func begins(_ candidate: String) -> Bool {
        if form == .text { return candidate.hasPrefix("\"") }
        if form == .parameter { return candidate.hasPrefix("$") && candidate.dropFirst().lowercased().hasPrefix(content.lowercased()) }
        let plain = candidate.hasPrefix("`") ? candidate.dropFirst() : candidate[...]
        if form == .quotedName, !candidate.hasPrefix("`") { return false }
        return plain.lowercased().hasPrefix(content.lowercased())
    }
}
