import RondoExpressions
import RondoFrame
import RondoKernels
package import RondoLanguage
import RondoLifecycle
package import RondoReport
package import RondoSession
package import RondoSignature

/// `count where price > 1M by type`: how many rows.
package enum CountVerb: WorkspaceVerb {
    static let sort = Clause(
        "sort", .order, "order of the groups: rows, share or what groups (the groups themselves)", scope: .table(words: ["rows", "share"]))

    package static let signature = Signature(
        "count", phase: .explore, class: .look,
        summary: "Counts rows, of a condition and by groups; all rows unless `on` says otherwise.",
        searchWords: ["number of rows", "value_counts", "frequency", "how many", "tally"],
        clauses: [SharedClauses.by, sort, SharedClauses.condition, SharedClauses.part, SharedClauses.from],
        examples: [
            Example("count where price > 1M", after: ["load demo \"house_sales\" as sales rows 500"], "How many dear houses there are."),
            Example("count by type", after: ["load demo \"house_sales\" as sales rows 500"], "How many of each type, with shares."),
            Example(
                "count by zip sort rows descending", after: ["load demo \"house_sales\" as sales rows 500"],
                "The fullest groups first."),
        ], seeAlso: ["describe", "filter", "ledger"])

    package static func faults(of call: Call) -> [Diagnostic] {
        guard call[sort] != nil, call[SharedClauses.by] == nil else { return [] }
        return [
            Diagnostic("R0772", "there are no groups to put in order", span: call.span(sort), remedy: "count by type sort rows descending")
        ]
    }

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let view = try TableView(call, in: &context, leavesTestOut: false)
        var blocks: [Block] = [.figures([Figure("rows", Scalar(view.rows.count), .count)])]
        if view.missingCondition > 0 {
            blocks[0] = .figures([
                Figure("rows", Scalar(view.rows.count), .count), Figure("missing", Scalar(view.missingCondition), .count),
            ])
            blocks.append(.text(TextBlock("{rows} rows; for {missing} more the condition is missing")))
        } else if call[SharedClauses.by] == nil {
            blocks.append(.text(TextBlock("{rows} rows")))
        }
        if let by = call[SharedClauses.by] { blocks.append(.table(try table(by, call[sort], view, in: &context))) }
        return blocks + view.remarks
    }

    private static func table(_ by: [Group], _ sort: [OrderItem]?, _ view: TableView, in context: inout Context) throws -> TableBlock {
        let columns = try context.groupColumns(by, of: view.prepared, table: view.table.name)
        let segments = Segments.groups(columns, rows: view.rows)
        let total = max(view.rows.count, 1)
        let first = segments.map { $0.positions.first.map { view.rows[Int($0)] } ?? 0 }
        let counts = segments.map { Double($0.positions.count) }
        var order = segments.indices.map { Int32($0) }
        if let sort {
            var frame = Frame(rowCount: segments.count)
            for column in columns { try frame.set(column.name, column.column.gathering(first)) }
            try frame.set("rows", .numbers(counts))
            try frame.set("share", .numbers(counts.map { $0 / Double(total) }))
            let keys = try sort.map { item in
                let compiled = try context.compile(item.expression, on: frame, table: "of counts")
                let aggregates = try compiled.learn(from: frame, rows: nil, context: context.compute)
                let column = try compiled.evaluate(on: frame, aggregates: aggregates, context: context.compute).column
                return SortKey(column, descending: item.direction == .descending)
            }
            order = try frame.order(by: keys, context: context.compute)
        }
        let rows: [[Scalar]] = order.map { place in
            let segment = segments[Int(place)]
            return columns.map { $0.column[Int(first[Int(place)])] } + [
                Scalar(segment.positions.count), Scalar(Double(segment.positions.count) / Double(total)),
            ]
        }
        let names = columns.map { TableBlock.Column($0.name, $0.column.type.rawValue, .plain) }
        return TableBlock(
            caption: "rows by \(ArgumentText.written(.groups(by)))",
            columns: names + [.init("rows", "integer", .count), .init("share", "number", .percent)], rows: rows)
    }
}
