import RondoExpressions
import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
package import RondoReport
package import RondoSession
package import RondoSignature

/// `sort price descending`: puts the rows in order.
package enum SortVerb: WorkspaceVerb {
    static let order = Operand("order", .order, "columns or expressions, each ascending or descending")

    package static let signature = Signature(
        "sort", phase: .prepare, class: .rowStep,
        summary: "Puts the rows in order; equal rows keep theirs, missing values come last.",
        searchWords: ["order", "arrange", "rank"],
        operands: [order], clauses: [SharedClauses.from],
        examples: [
            Example("sort price descending", after: ["load demo \"house_sales\" as sales rows 500"], "Dearest first."),
            Example(
                "sort zip, sold_on descending", after: ["load demo \"house_sales\" as sales rows 500"], "By area, newest first in each."),
        ], seeAlso: ["head", "filter"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        var table = try context.table(from: call[SharedClauses.from])
        let items = try call.required(order)
        let frame = try context.prepared(table).frame
        let keys = try items.map { item in
            let compiled = try context.compile(item.expression, on: frame, table: table.name)
            let aggregates = try compiled.learn(from: frame, rows: nil, context: context.compute)
            let column = try compiled.evaluate(on: frame, aggregates: aggregates, context: context.compute).column
            return SortKey(column, descending: item.direction == .descending)
        }
        let order = try frame.order(by: keys, context: context.compute)
        table.keepRows(order)
        context.set(table)
        let words = ArgumentText.written(.order(items))
        return [
            .figures([Figure("rows", Scalar(order.count), .count)]), .text(TextBlock("{rows} rows in order of \(SlotText.escaped(words))")),
        ]
    }
}
