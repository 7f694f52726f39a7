import RondoSignature

/// The words for one fault, before a remedy is tried.
struct Phrase {
    typealias Edit = CorrectedText.Edit
    let code: String
    let message: String
    var note: String?
    /// Changes that together mend the fault.
    var edits: [Edit] = []
    /// Another change, for when the first does not help.
    var otherEdits: [Edit] = []
    /// What to do, when no change of the text says it.
    var advice: String?

    init(
        _ code: String, _ message: String, note: String? = nil, edit: Edit? = nil, edits: [Edit] = [], advice: String? = nil
    ) {
        self.code = code
        self.message = message
        self.note = note
        self.edits = edit.map { [$0] } ?? edits
        self.advice = advice
    }
}

/// Puts the faults of a cell in words; the facts come from the parser.
struct DiagnosticWording {
    let source: LexedSource
    let grammar: GrammarRegistry

    /// The verb of the cell, if it is one.
    var signature: Signature? { source.tokens.first?.word.flatMap(grammar.verb) }

    /// All faults of a cell in words; those that vanish when the first is mended follow from it and are not told.
    func diagnostics(_ faults: [LocatedFault]) -> [Diagnostic] {
        guard let first = faults.first, faults.count > 1, !grammar.verbs.isEmpty else { return faults.map(diagnostic) }
        let edits = phrase(first).edits
        let isAlone = !edits.isEmpty && CellParser.faults(corrected(edits), grammar: grammar).isEmpty
        return (isAlone ? [first] : faults).map(diagnostic)
    }

    /// Message, note and remedy of a fault.
    func diagnostic(_ fault: LocatedFault) -> Diagnostic {
        let phrase = phrase(fault)
        return Diagnostic(
            phrase.code, phrase.message, span: fault.span, note: phrase.note, remedy: remedy(phrase), isSyntax: true)
    }

    private func phrase(_ fault: LocatedFault) -> Phrase {
        signPhrase(fault) ?? wordPhrase(fault) ?? valuePhrase(fault) ?? followPhrase(fault) ?? structurePhrase(fault)
            ?? Phrase("R0100", "this cannot be read")
    }

    /// A line that would work: the cell with the change if that mends something, else the advice, else an example of the verb.
    private func remedy(_ phrase: Phrase, depth: Int = 0) -> String {
        for edits in [phrase.edits, phrase.otherEdits] where !edits.isEmpty {
            let corrected = corrected(edits)
            let before = CellParser.faults(source.text(Span(0, source.scalars.count)), grammar: grammar)
            let left = CellParser.faults(corrected, grammar: grammar)
            if grammar.verbs.isEmpty || left.isEmpty { return corrected }
            let others = withoutOthers(corrected, left, depth: depth)
            if CellParser.faults(others, grammar: grammar).isEmpty || left.count < max(before.count, 1) { return others }
        }
        if let advice = phrase.advice, !advice.isEmpty { return advice }
        guard let signature else { return "help" }
        return signature.examples.first?.cell ?? GrammarText.line(signature)
    }

    /// The corrected cell with its other faults mended too, as far as that goes: what is offered should work.
    private func withoutOthers(_ corrected: String, _ faults: [LocatedFault], depth: Int) -> String {
        guard let next = faults.first, depth < DiagnosticWording.mostMended else { return corrected }
        let wording = DiagnosticWording(source: Lexer.lex(corrected), grammar: grammar)
        let better = wording.remedy(wording.phrase(next), depth: depth + 1)
        return CellParser.faults(better, grammar: grammar).isEmpty && better.hasPrefix(firstWord(corrected)) ? better : corrected
    }

    /// More faults than this are not mended at once.
    private static let mostMended = 6

    private func firstWord(_ text: String) -> Substring { text.prefix { $0 != " " } }

    /// The text on one line, comments left out, with the changes made.
    func corrected(_ edits: [Phrase.Edit]) -> String { CorrectedText.oneLine(source, edits) }
}
