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
    package func mended(in source: String) -> Diagnostic {
        guard let mend, mend.span.end <= source.unicodeScalars.count else { return self }
        return Diagnostic(
            code, message, span: span, note: note, remedy: SessionNames.replaced(mend.span, by: mend.text, in: source), isSyntax: isSyntax)
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
