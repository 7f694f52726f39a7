import RondoKernels
import RondoLanguage
package import RondoReport
package import RondoSession
package import RondoSignature

/// `edit 4 filter price > 1`: replaces a cell.
package enum EditVerb: SessionVerb {
    static let number = Operand("number", .integer, "number of the cell")
    static let cell = Operand("cell", .cell, "what it is to be (without it the cell is shown)", optional: true)

    package static let signature = Signature(
        "edit", phase: .shell, class: .shell,
        summary: "Replaces an earlier cell and marks what depends on it as stale; nothing runs until `rerun`.",
        searchWords: ["change", "replace", "correct", "fix", "modify cell"],
        operands: [number, cell],
        examples: [
            Example("edit 2", after: ["load demo \"house_sales\" as sales rows 500", "filter price > 1"], "The cell as it was typed."),
            Example(
                "edit 2 filter price > 1000", after: ["load demo \"house_sales\" as sales rows 500", "filter price > 1", "describe"],
                "The filter is another one; describe is stale."),
        ], seeAlso: ["rerun", "undo", "history"])

    package static func run(_ call: Call, in session: inout Session) throws -> [Block] {
        try ShellRules.needsPrompt(call, in: session)
        let given = try call.required(number)
        var position = 0
        if case .integer(let value) = given.value { position = Int(clamping: value) }
        guard let old = session.runs.first(where: { $0.number == position }) else {
            throw Diagnostic(
                "R0510", "there is no cell \(position)", span: given.span, remedy: "history")
        }
        guard let typed = call[cell] else {
            return [
                .text(TextBlock(SlotText.escaped(old.source))),
                .text(TextBlock("edit \(position) and a new cell behind it replaces this one")),
            ]
        }
        let fresh = try parsed(typed, in: session)
        let stale = try session.edit(position, to: fresh)
        let others = stale.filter { $0 != position }.map(String.init).joined(separator: ", ")
        return [
            .text(
                TextBlock("cell \(position) is replaced" + (others.isEmpty ? "; nothing else depends on it" : "; stale with it: \(others)"))
            ),
            .text(TextBlock("rerun runs exactly \(stale.count == 1 ? "this cell" : "these cells")")),
        ]
    }

    /// The new cell; places of its faults are those in the whole line.
    private static func parsed(_ typed: Spanned<String>, in session: Session) throws -> CellSyntax {
        let parsed = CellParser.parse(typed.value, grammar: session.registry.grammar)
        let faults = parsed.diagnostics.map { fault in
            Diagnostic(
                fault.code, fault.message, span: fault.span.map { Span($0.start + typed.span.start, $0.end + typed.span.start) },
                note: fault.note,
                remedy: fault.remedy)
        }
        if let all = Diagnostics(faults) { throw all }
        guard let fresh = parsed.syntax, let verb = session.registry[fresh.verb.value] else {
            throw Diagnostic("R0567", "this is no cell", span: typed.span, remedy: "edit 2 filter price > 1")
        }
        guard verb.signature.cellClass != .shell, !fresh.asksForHelp else {
            throw Diagnostic(
                "R0562", "\(fresh.verb.value) is no cell of the session: it steers the shell", span: typed.span,
                remedy: "type it at the prompt, without edit")
        }
        return fresh
    }
}
