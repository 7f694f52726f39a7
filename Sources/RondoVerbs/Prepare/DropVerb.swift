import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
import RondoRecipes
package import RondoReport
package import RondoSession
package import RondoSignature

/// `drop address, lot_size`: takes columns out.
package enum DropVerb: WorkspaceVerb {
    static let columns = Operand("columns", .columns, "which columns go")

    package static let signature = Signature(
        "drop", phase: .prepare, class: .plainStep,
        summary: "Takes columns out of the table; new rows need not bring them.",
        searchWords: ["remove", "delete", "columns"],
        operands: [columns], clauses: [SharedClauses.from],
        examples: [
            Example("drop address", after: ["load demo \"house_sales\" as sales rows 200"], "One column goes."),
            Example("drop every text but type", after: ["load demo \"house_sales\" as sales rows 200"], "All words but one column."),
        ], seeAlso: ["keep", "rename", "recipe"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let table = try context.table(from: call[SharedClauses.from])
        let names = try context.columns(try call.required(columns), of: table, frame: context.prepared(table).frame)
        let text = "drop \(NameText.list(names))"
        let cell = try StepCell.append(DropStep(names), to: table, text: text, in: &context)
        return [
            .figures([
                Figure("columns", Scalar(cell.after.columnCount), .count),
                Figure("dropped", Scalar(cell.before.columnCount - cell.after.columnCount), .count),
            ]), .text(TextBlock("{columns} columns left, {dropped} dropped")),
        ]
    }
}
