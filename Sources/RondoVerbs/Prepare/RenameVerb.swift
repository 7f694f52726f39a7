import RondoFrame
import RondoLanguage
import RondoLifecycle
import RondoRecipes
package import RondoReport
package import RondoSession
package import RondoSignature

/// `rename SalePrice as price`: gives columns other names.
package enum RenameVerb: WorkspaceVerb {
    static let renames = Operand("renames", .renames, "old as new, …")

    package static let signature = Signature(
        "rename", phase: .prepare, class: .plainStep,
        summary: "Gives columns other names; the goal and later cells use the new ones.",
        searchWords: ["name", "relabel", "columns"],
        operands: [renames], clauses: [SharedClauses.from],
        examples: [
            Example("rename lot_size as lot", after: ["load demo \"house_sales\" as sales rows 200"], "One column."),
            Example("rename sqft as area, zip as postcode", after: ["load demo \"house_sales\" as sales rows 200"], "Two at once."),
        ], seeAlso: ["drop", "keep", "derive"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let table = try context.table(from: call[SharedClauses.from])
        let pairs = try call.required(renames)
        let frame = try context.prepared(table).frame
        let unknown = pairs.filter { frame[$0.old.value] == nil }.map {
            SessionNames.unknownColumn($0.old, table: table.name, known: frame.names, source: call.cell.source)
        }
        if let all = Diagnostics(unknown) { throw all }
        let step = RenameStep(pairs.map { RenameStep.Pair(old: $0.old.value, new: $0.new.value) })
        _ = try StepCell.append(step, to: table, text: "rename \(ArgumentText.written(.renames(pairs)))", in: &context)
        let words = pairs.map { "\($0.old.value) is now \($0.new.value)" }.joined(separator: ", ")
        return [.text(TextBlock(SlotText.escaped(words)))]
    }
}
