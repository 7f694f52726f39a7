/// The declaration of a verb: grammar, help, completion, reference page and tests come from it.
package struct Signature: Sendable {
    package let name: String
    package let phase: Phase
    package let cellClass: CellClass
    /// One sentence: what the verb does.
    package let summary: String
    /// What a user should know beyond the summary, Markdown, may be empty.
    package let details: String
    /// Other words under which people look for it.
    package let searchWords: [String]
    /// Operands in order; what follows an optional one differs from it in the first token.
    package let operands: [Slot]
    package let clauses: [ClauseShape]
    /// At least two; they run as tests.
    package let examples: [Example]
    package let seeAlso: [String]
    /// Whether an operand names a family whose parameters are further clauses (`fit forest trees 100`).
    package var takesFamily: Bool { operands.contains { $0.kind == .family } }

    package init(
        _ name: String, phase: Phase, class cellClass: CellClass, summary: String, details: String = "", searchWords: [String],
        operands: [any SlotKey] = [], clauses: [any ClauseKey] = [], examples: [Example], seeAlso: [String] = []
    ) {
        self.name = name
        self.phase = phase
        self.cellClass = cellClass
        self.summary = summary
        self.details = details
        self.searchWords = searchWords
        self.operands = operands.map(\.slot)
        self.clauses = clauses.map(\.shape)
        self.examples = examples
        self.seeAlso = seeAlso
    }
}

/// Something that describes one operand: the typed keys of a verb are.
package protocol SlotKey: Sendable {
    var slot: Slot { get }
}

/// Something that describes one clause: the typed keys of a verb are.
package protocol ClauseKey: Sendable {
    var shape: ClauseShape { get }
}

/// A runnable example of a verb on a named demo table.
package struct Example: Sendable, Hashable {
    /// Cells that run first; the first of them usually loads a demo table.
    package let setup: [String]
    /// The example itself, one cell.
    package let cell: String
    /// What it shows, one sentence.
    package let explanation: String

    package init(_ cell: String, after setup: [String] = [], _ explanation: String) {
        self.setup = setup
        self.cell = cell
        self.explanation = explanation
    }
}
