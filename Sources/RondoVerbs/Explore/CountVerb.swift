import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
package import RondoReport
package import RondoSession
package import RondoSignature

/// `count where price > 1M by type`: how many rows.
package enum CountVerb: WorkspaceVerb {
    package static let signature = Signature(
        "count", phase: .explore, class: .look,
        summary: "Counts rows, of a condition and by groups; all rows unless `on` says otherwise.",
        searchWords: ["number of rows", "value_counts", "frequency", "how many", "tally"],
        clauses: [SharedClauses.by, SharedClauses.condition, SharedClauses.part, SharedClauses.from],
        examples: [
            Example("count where price > 1M", after: ["load demo \"house_sales\" as sales rows 500"], "How many dear houses there are."),
            Example("count by type", after: ["load demo \"house_sales\" as sales rows 500"], "How many of each type, with shares."),
        ], seeAlso: ["describe", "filter", "ledger"])

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
        if let by = call[SharedClauses.by] {
            let columns = try context.groupColumns(by, of: view.prepared, table: view.table.name)
            let segments = Segments.groups(columns, rows: view.rows)
            let total = max(view.rows.count, 1)
            let rows: [[Scalar]] = segments.map { segment in
                let first = segment.positions.first.map { Int(view.rows[Int($0)]) } ?? 0
                return columns.map { $0.column[first] } + [
                    Scalar(segment.positions.count), Scalar(Double(segment.positions.count) / Double(total)),
                ]
            }
            let names = columns.map { TableBlock.Column($0.name, $0.column.type.rawValue, .plain) }
            blocks.append(
                .table(
                    TableBlock(
                        caption: "rows by \(ArgumentText.written(.groups(by)))",
                        columns: names + [.init("rows", "integer", .count), .init("share", "number", .percent)], rows: rows)))
        }
        return blocks + view.remarks
    }
}
