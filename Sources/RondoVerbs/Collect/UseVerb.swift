import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
package import RondoReport
package import RondoSession
package import RondoSignature

/// `use sales`: makes a table the current one.
package enum UseVerb: WorkspaceVerb {
    static let table = Operand("table", .table, "the table to work on")

    package static let signature = Signature(
        "use", phase: .collect, class: .setting,
        summary: "Makes a table the current one: cells without `from` work on it.",
        searchWords: ["switch", "current", "active", "select table"],
        operands: [table],
        examples: [
            Example(
                "use sales", after: ["load demo \"house_sales\" as sales rows 200", "load demo \"neighborhoods\" as areas"],
                "Back to sales after a second table was loaded."),
            Example("use areas", after: ["load demo \"neighborhoods\" as areas"], "Already current: nothing changes."),
        ], seeAlso: ["load", "status"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let table = try context.table(named: try call.required(table))
        context.makeCurrent(table.name)
        let frame = try context.prepared(table).frame
        return [
            .figures([Figure("rows", Scalar(frame.rowCount), .count), Figure("columns", Scalar(frame.columnCount), .count)]),
            .text(TextBlock("\(SlotText.escaped(table.name)): {rows} rows, {columns} columns")),
        ]
    }
}
