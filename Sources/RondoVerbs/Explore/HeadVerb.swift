import RondoExpressions
import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
package import RondoReport
package import RondoSession
package import RondoSignature

/// `head 5 price, sqft`: the first rows as they are now.
package enum HeadVerb: WorkspaceVerb {
    static let rows = Operand("rows", .integer, "how many rows (10)", optional: true)
    static let columns = Operand("columns", .columns, "which columns (all)", optional: true)
    static let sort = Clause("sort", .order, "in which order, for this look only")

    package static let signature = Signature(
        "head", phase: .explore, class: .look,
        summary: "Shows the first rows of the table as its recipe has made it.",
        searchWords: ["show", "print", "rows", "top", "peek", "view", "display"],
        operands: [rows, columns], clauses: [sort, SharedClauses.condition, SharedClauses.part, SharedClauses.from],
        examples: [
            Example("head 5", after: ["load demo \"house_sales\" as sales rows 500"], "Five rows, every column."),
            Example(
                "head 3 price, sqft, type sort price descending", after: ["load demo \"house_sales\" as sales rows 500"],
                "The three dearest."),
        ], seeAlso: ["describe", "count"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let view = try TableView(call, in: &context)
        let wantedNames = try call[columns].map { try context.columns($0, of: view.table, frame: view.frame) } ?? view.frame.names
        let hidden = view.table.privateColumns
        let names = wantedNames.filter { !hidden.contains($0) }
        var wanted = 10
        if case .integer(let value)? = call[rows]?.value { wanted = Int(clamping: value) }
        var order = view.rows
        if let sort = call[sort] {
            let part = view.frame.gathering(view.rows)
            let keys = try sort.map { item in
                let compiled = try context.compile(item.expression, on: part, table: view.table.name)
                let aggregates = try compiled.learn(from: part, rows: nil, context: context.compute)
                let column = try compiled.evaluate(on: part, aggregates: aggregates, context: context.compute).column
                return SortKey(column, descending: item.direction == .descending)
            }
            order = try part.order(by: keys, context: context.compute).map { view.rows[Int($0)] }
        }
        let shown = view.frame.selecting(names).gathering(Array(order.prefix(max(wanted, 0))))
        let (few, all) = (NumberText.count(min(wanted, order.count)), NumberText.count(order.count))
        let caption = "\(few) of \(all) rows of \(view.table.name)"
        let left = wantedNames.filter { hidden.contains($0) }
        let remarks: [Block] =
            left.isEmpty ? [] : [.text(TextBlock(SlotText.escaped("private, not shown: \(left.joined(separator: ", "))")))]
        return view.remarks + remarks + [
            .table(FrameBlock.table(shown, caption: caption))
        ]
    }
}
