import RondoKernels
import RondoLanguage
package import RondoReport
package import RondoSession
package import RondoSignature

/// `undo 2`: takes the last cells back.
package enum UndoVerb: SessionVerb {
    static let count = Operand("count", .integer, "how many cells (1)", optional: true)

    package static let signature = Signature(
        "undo", phase: .shell, class: .shell,
        summary: "Takes the last cells back; what they did outside the session stays, and is said.",
        details:
            "Files written, releases made and a seal broken are not taken back. `redo` puts the cells back until a new cell is entered.",
        searchWords: ["back", "revert", "mistake", "take back", "remove last", "ctrl-z"],
        operands: [count],
        examples: [
            Example("undo", after: ["load demo \"house_sales\" as sales rows 500", "drop lot_size"], "The last cell is taken back."),
            Example(
                "undo 2", after: ["load demo \"house_sales\" as sales rows 500", "drop lot_size", "filter price > 1"],
                "The last two cells are taken back."),
        ], seeAlso: ["redo", "edit", "history"])

    package static func run(_ call: Call, in session: inout Session) throws -> [Block] {
        try ShellRules.needsPrompt(call, in: session)
        let wanted = try ShellRules.count(call, count, default: 1)
        guard !session.runs.isEmpty else {
            throw Diagnostic(
                "R0561", "there is nothing to take back", span: call.cell.verb.span, remedy: "history")
        }
        let taken = session.undo(wanted)
        var blocks: [Block] = taken.map {
            .text(TextBlock(SlotText.escaped("cell \($0.number) taken back: \(ShellRules.line($0.source))")))
        }
        var said: Set<String> = []
        for run in taken {
            for words in session.lastingEffects(of: run) where said.insert(words).inserted {
                blocks.append(.text(TextBlock(SlotText.escaped("this stays: \(words)"), tone: .warning)))
            }
        }
        return blocks
    }
}
