/// What the editor must know about the language: given by the caller, so that the terminal knows none.
package struct EditorBehaviour: Sendable {
    /// Whether a cell is not complete: Enter then starts another indented line instead of handing it on.
    package var needsMoreInput: @Sendable (_ cell: String) -> Bool
    /// What could stand at the cursor, which is a position in Unicode scalars.
    package var complete: @Sendable (_ text: String, _ cursor: Int) -> CompletionList
    /// Turns pasted text into input.
    package var cleanPaste: @Sendable (_ pasted: String) -> String

    package init(
        needsMoreInput: @escaping @Sendable (_ cell: String) -> Bool = { _ in false },
        complete: @escaping @Sendable (_ text: String, _ cursor: Int) -> CompletionList = { _, _ in .empty },
        cleanPaste: @escaping @Sendable (_ pasted: String) -> String = { PastedText.cleaned($0) }
    ) {
        self.needsMoreInput = needsMoreInput
        self.complete = complete
        self.cleanPaste = cleanPaste
    }
}

/// The ways to complete the text at one place.
package struct CompletionList: Equatable, Sendable {
    /// One way: the text put in place, and a few words about it.
    package struct Candidate: Equatable, Sendable {
        package var text: String
        package var gloss: String

        package init(_ text: String, gloss: String = "") {
            self.text = text
            self.gloss = gloss
        }
    }

    /// What a candidate replaces, in Unicode scalars of the text.
    package var replacement: Range<Int>
    /// The candidates, in the order in which they are shown.
    package var candidates: [Candidate]

    package init(replacement: Range<Int>, candidates: [Candidate]) {
        self.replacement = replacement
        self.candidates = candidates
    }

    /// Nothing to propose.
    package static let empty = CompletionList(replacement: 0..<0, candidates: [])

    /// The text all candidates begin with, cut at whole characters.
    package var commonPrefix: String {
        guard let first = candidates.first else { return "" }
        var prefix = first.text
        for candidate in candidates.dropFirst() {
            prefix = String(zip(prefix, candidate.text).prefix { $0 == $1 }.map(\.0))
        }
        return prefix
    }
}
