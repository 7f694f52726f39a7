import RondoKernels
import RondoLanguage
package import RondoReport
package import RondoSession
package import RondoSignature

/// `settle tax_2025 because "arrived"`: closes a note.
package enum SettleVerb: WorkspaceVerb {
    static let name = Operand("name", .noteName, "name of the note")

    package static let signature = Signature(
        "settle", phase: .define, class: .setting,
        summary: "Closes a note of the register; it stays in the report as settled.",
        searchWords: ["close", "resolve", "done", "issue"],
        operands: [name], clauses: [SharedClauses.because],
        examples: [
            Example("settle issue_1 because \"the file arrived\"", after: ["note \"ask for the file\" kind issue"], "An issue is closed."),
            Example("settle limit", after: ["note \"no renovations\" kind limitation as limit"], "A note closed by its own name."),
        ], seeAlso: ["note", "status"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let name = try call.required(name)
        var notes = context.notes()
        guard let position = notes.firstIndex(where: { $0.name == name.value }) else {
            let open = notes.filter { $0.settled == nil }.map(\.name)
            throw Diagnostic(
                "R0227", "there is no note \(name.value)", span: name.span,
                note: NearestWord.suggestion(for: name.value, among: open).map { "did you mean \($0)?" },
                remedy: open.isEmpty ? "note \"text\" as \(NameText.written(name.value))" : "open notes: \(open.joined(separator: ", "))")
        }
        let because = call[SharedClauses.because]?.value ?? "settled"
        notes[position].settled = because
        context.set(notes)
        return [.text(TextBlock(SlotText.escaped("\(name.value) settled: \(because)"), tone: .good))]
    }
}
