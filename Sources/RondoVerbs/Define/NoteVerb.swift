import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
package import RondoReport
package import RondoSession
package import RondoSignature

/// `note "Renovations are recorded nowhere" kind limitation`: the register of decisions, limitations, reviews and issues.
package enum NoteVerb: WorkspaceVerb {
    static let kinds = ["finding", "decision", "assumption", "limitation", "feasibility", "ethics", "review", "verdict", "issue"]
    static let text = Operand("text", .text, "what is to be kept")
    static let kind = Clause("kind", .choice(kinds), "what sort of note (finding)")
    static let about = Clause<Argument>("about", .either([.thing, .column]), "the table, model, release or column it is about")
    static let who = Clause("who", .text, "who said so, or who must act")
    static let until = Clause("until", .date, "when it is due")
    static let unit = Clause("unit", .text, "unit of the column it is about")
    static let new = Clause("as", .newName, "its name, for settle")

    package static let signature = Signature(
        "note", phase: .define, class: .setting,
        summary: "Keeps a finding, decision, assumption, limitation, review, verdict or issue; it goes into comparison, card and report.",
        searchWords: ["comment", "document", "limitation", "decision", "issue", "remember", "ethics", "review"],
        operands: [text], clauses: [kind, about, who, until, unit, new],
        examples: [
            Example("note \"Recent renovations are recorded nowhere\" kind limitation", "A limitation that the report must carry."),
            Example(
                "note \"Ask the tax office for 2025\" kind issue who \"data team\" until 2026-03-01 as tax_2025",
                "An open issue with a date; `settle tax_2025` closes it."),
        ], seeAlso: ["settle", "status", "report"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let text = try call.required(text).value
        let kind = call[kind]?.value ?? "finding"
        var notes = context.notes()
        let name = call[new]?.value ?? nextName(after: notes, kind: kind)
        guard !notes.contains(where: { $0.name == name }) else {
            throw Diagnostic(
                "R0234", "there is a note \(name) already", span: call.span(new), remedy: "settle \(name)")
        }
        var until: Int32?
        if case .date(let date)? = call[self.until]?.value { until = date.days }
        notes.append(
            RegisterNote(
                name: name, text: text, kind: kind, about: try about(call, in: &context), who: call[who]?.value, until: until,
                unit: call[unit]?.value, cell: context.cellNumber))
        context.set(notes)
        return [.text(TextBlock(SlotText.escaped("\(kind) \(name) kept")))]
    }

    /// `about` names a table, model or release, else a column of the current table.
    private static func about(_ call: Call, in context: inout Context) throws -> String? {
        guard let argument = call[about] else { return nil }
        let name: Name
        switch argument {
        case .thing(let thing): name = thing.name
        case .name(let word): name = word
        default: return ArgumentText.written(argument)
        }
        let workspace = context.workspace
        if workspace.table(name.value) != nil || workspace.model(name.value) != nil || workspace.release(name.value) != nil {
            return name.value
        }
        let table = try context.currentTable()
        let frame = try context.prepared(table).frame
        guard frame[name.value] != nil else {
            throw SessionNames.unknownColumn(name, table: table.name, known: frame.names, source: call.cell.source)
        }
        return name.value
    }

    private static func nextName(after notes: [RegisterNote], kind: String) -> String {
        var number = notes.filter { $0.kind == kind }.count + 1
        while notes.contains(where: { $0.name == "\(kind)_\(number)" }) { number += 1 }
        return "\(kind)_\(number)"
    }
}
