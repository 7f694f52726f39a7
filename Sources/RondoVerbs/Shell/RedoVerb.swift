import RondoKernels
import RondoLanguage
package import RondoReport
package import RondoSession
package import RondoSignature

/// `redo`: puts cells back that `undo` took.
package enum RedoVerb: SessionVerb {
    static let count = Operand("count", .integer, "how many cells (1)", optional: true)

    package static let signature = Signature(
        "redo", phase: .shell, class: .shell,
        summary: "Puts cells back that `undo` took; nothing runs again.",
        searchWords: ["again", "forward", "restore", "put back"],
        operands: [count],
        examples: [
            Example("redo", after: ["load demo \"house_sales\" as sales rows 500", "drop lot_size", "undo"], "The cell is back."),
            Example(
                "redo 2", after: ["load demo \"house_sales\" as sales rows 500", "drop lot_size", "filter price > 1", "undo 2"],
                "Both cells are back."),
        ], seeAlso: ["undo", "rerun", "history"])

    package static func run(_ call: Call, in session: inout Session) throws -> [Block] {
        try ShellRules.needsPrompt(call, in: session)
        let wanted = try ShellRules.count(call, count, default: 1)
        let back = session.redo(wanted)
        guard !back.isEmpty else {
            throw Diagnostic(
                "R0561", "there is nothing to put back", span: call.cell.verb.span,
                remedy: "undo")
        }
        return back.map { .text(TextBlock(SlotText.escaped("cell \($0.number) is back: \(ShellRules.line($0.source))"))) }
    }
}
