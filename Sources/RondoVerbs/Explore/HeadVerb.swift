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
    static let rows = Operand("rows", .integer, "how many rows (10), of each group with by", optional: true)
    static let columns = Operand("columns", .columns, "which columns (all)", optional: true)
    static let sort = Clause("sort", .order, "in which order, for this look only")

    package static let signature = Signature(
        "head", phase: .explore, class: .look,
        summary: "Shows the first rows of the table, or of each group, as its recipe has made it.",
        searchWords: ["show", "print", "rows", "top", "peek", "view", "display"],
        operands: [rows, columns],
        clauses: [sort, SharedClauses.by, SharedClauses.condition, SharedClauses.part, SharedClauses.from],
        examples: [
            Example("head 5", after: ["load demo \"house_sales\" as sales rows 500"], "Five rows, every column."),
            Example(
                "head 3 price, sqft, type sort price descending", after: ["load demo \"house_sales\" as sales rows 500"],
                "The three dearest."),
            Example(
                "head 1 price, sqft by type sort price descending", after: ["load demo \"house_sales\" as sales rows 500"],
                "The dearest of each type."),
        ], seeAlso: ["describe", "count", "sort"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let view = try TableView(call, in: &context)
        let (names, hidden) = try ShownColumns.choose(call[columns], of: view, verb: "head 5", in: &context)
        var wanted = 10
        if case .integer(let value)? = call[rows]?.value { wanted = max(Int(clamping: value), 0) }
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
        var shown = view.frame.selecting(names)
        var caption = "\(NumberText.count(min(wanted, order.count))) of \(NumberText.count(order.count)) rows of \(view.table.name)"
        if let by = call[SharedClauses.by] {
            let groups = try context.groupColumns(by, of: view.prepared, table: view.table.name)
            let segments = Segments.groups(groups, rows: order)
            let all = order.count
            order = segments.flatMap { $0.positions.prefix(wanted).map { order[Int($0)] } }
            // What groups stands first.
            var keyed = Frame(rowCount: shown.rowCount)
            for group in groups { try keyed.set(group.name, group.column) }
            for (name, column) in zip(shown.names, shown.columns) { try keyed.set(name, column) }
            shown = keyed
            let words = ArgumentText.written(.groups(by))
            caption = "\(NumberText.count(order.count)) of \(NumberText.count(all)) rows of \(view.table.name), \(wanted) by \(words)"
        } else {
            order = Array(order.prefix(wanted))
        }
        return view.remarks + [.table(FrameBlock.table(shown.gathering(order), caption: caption, whole: shown))] + hidden
    }
}
