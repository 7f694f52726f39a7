import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
import RondoRecipes
package import RondoReport
package import RondoSession
package import RondoSignature

/// `keep address, lot_size`: keeps only these columns.
package enum KeepVerb: WorkspaceVerb {
    static let columns = Operand("columns", .columns, "which columns stay")

    package static let signature = Signature(
        "keep", phase: .prepare, class: .plainStep,
        summary: "Takes all other columns out of the table.",
        searchWords: ["select", "columns", "subset"],
        operands: [columns], clauses: [SharedClauses.from],
        examples: [
            Example("keep price, sqft, type", after: ["load demo \"house_sales\" as sales rows 200"], "Three columns stay."),
            Example(
                "keep every number", after: ["load demo \"house_sales\" as sales rows 200"], "Numbers only; the target is never in every."),
        ], seeAlso: ["drop", "rename", "recipe"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let table = try context.table(from: call[SharedClauses.from])
        let names = try context.columns(try call.required(columns), of: table, frame: context.prepared(table).frame)
        let text = "keep \(NameText.list(names))"
        let cell = try StepCell.append(KeepStep(names), to: table, text: text, in: &context)
        return [
            .figures([
                Figure("columns", Scalar(cell.after.columnCount), .count),
                Figure("dropped", Scalar(cell.before.columnCount - cell.after.columnCount), .count),
            ]), .text(TextBlock("{columns} columns left, {dropped} dropped")),
        ]
    }
}
