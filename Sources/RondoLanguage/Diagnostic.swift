/// One fault of a cell in words: what, where, why and what to type instead.
package struct Diagnostic: Error, Sendable, Hashable {
    /// Stable: `R01…` syntax, `R02…` binding, `R03…` data, `R04…` learning, `R05…` session, `R06…` files.
    package let code: String
    package let message: String
    /// Place in the cell's source; nil when the fault has none.
    package let span: Span?
    /// A word under the caret, `did you mean sqft?`.
    package let note: String?
    /// A line that would work, or what to do.
    package let remedy: String
    /// Whether it was found without running anything (exit code 2).
    package let isSyntax: Bool
    /// A change of the cell that mends the fault; the remedy is the whole cell with it, once the cell is known.
    package let mend: Mend?

    package init(
        _ code: String, _ message: String, span: Span?, note: String? = nil, remedy: String, isSyntax: Bool = false, mend: Mend? = nil
    ) {
        self.code = code
        self.message = message
        self.span = span
        self.note = note
        self.remedy = remedy
        self.isSyntax = isSyntax
        self.mend = mend
    }

    /// The same fault with the mended cell as its remedy; unchanged where nothing mends it or the place is outside of the text.
    package func mended(in source: String) -> Diagnostic { Diagnostic.mended([self], in: source)[0] }

    /// The same faults, each with the cell in which all of them are mended that can be.
    package static func mended(_ faults: [Diagnostic], in source: String) -> [Diagnostic] {
        let length = source.unicodeScalars.count
        var edits: [CorrectedText.Edit] = []
        for mend in faults.compactMap(\.mend).sorted(by: { $0.span.start < $1.span.start })
        where mend.span.end <= length && (edits.last?.span.end ?? 0) <= mend.span.start {
            edits.append(CorrectedText.Edit(span: mend.span, text: mend.text))
        }
        guard !edits.isEmpty else { return faults }
        let line = CorrectedText.oneLine(Lexer.lex(source), edits)
        return faults.map { fault in
            guard let mend = fault.mend, mend.span.end <= length else { return fault }
            return Diagnostic(
                fault.code, fault.message, span: fault.span, note: fault.note, remedy: line, isSyntax: fault.isSyntax, mend: mend)
        }
    }
}

/// Other text for a part of a cell.
package struct Mend: Sendable, Hashable {
    package let span: Span
    package let text: String

    package init(_ span: Span, _ text: String) {
        self.span = span
        self.text = text
    }
}

/// All faults of one cell, at least one.
package struct Diagnostics: Error, Sendable, Hashable {
    package let all: [Diagnostic]

    package init(_ first: Diagnostic, _ others: [Diagnostic] = []) { all = [first] + others }

    package init?(_ all: [Diagnostic]) {
        guard !all.isEmpty else { return nil }
        self.all = all
    }
}
