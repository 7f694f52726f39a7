import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
import RondoRecipes
package import RondoReport
package import RondoSession
package import RondoSignature

/// `join tax by standard(address) expect 95%`: adds columns of another table, many rows to one record.
package enum JoinVerb: WorkspaceVerb {
    static let other = Operand("table", .table, "the table whose columns are added")
    static let by = Clause("by", .keys, "what matches: column, expression, or left = right", required: true)
    static let expect = Clause("expect", .percent, "least share of rows that must match, or the cell fails")
    static let keep = Clause("keep", .choice(["all", "matched"]), "which rows stay (all)")
    static let take = Clause("take", .columns, "which columns are added (all but the keys)", scope: .otherTable)
    static let prefix = Clause("prefix", .text, "put before every added name")
    static let prefer = Clause("prefer", .choice(["left", "right"]), "whose value counts where both tables have a column (left)")

    package static let signature = Signature(
        "join", phase: .collect, class: .rowStep,
        summary: "Adds columns of another table by key, one record a row; says what matched and what did not.",
        details: "Many rows may share one record; several records for one key are refused. A released model looks the record up again.",
        searchWords: ["merge", "lookup", "combine", "left join", "vlookup", "match"],
        operands: [other], clauses: [by, expect, keep, take, prefix, prefer, SharedClauses.from],
        examples: [
            Example(
                "join areas by zip",
                after: ["load demo \"neighborhoods\" as areas", "load demo \"house_sales\" as sales rows 500"],
                "Postcode data beside every sale."),
            Example(
                "join tax by standard(address) expect 90%",
                after: ["load demo \"tax_records\" as tax", "load demo \"house_sales\" as sales rows 500"],
                "Addresses written differently match by their standard form."),
        ], seeAlso: ["load", "ledger", "describe"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        var table = try context.table(from: call[SharedClauses.from])
        if call[keep]?.value == "matched" { try RowSteps.check(call, table, on: nil) }
        let other = try context.table(named: try call.required(other))
        guard other.name != table.name else {
            throw Diagnostic(
                "R0326", "\(table.name) cannot be joined with itself", span: call.cell.verb.span,
                remedy: "give the second copy another name: load … as other"
            )
        }
        let keys = call[by] ?? []
        let right = try context.prepared(other).frame
        let left = try context.prepared(table).frame
        let taking = try taken(call, keys: keys, other: other, right: right, in: &context)
        let step = try JoinStep(
            by: keys.map(\.left), with: right, keys: keys.map { $0.right ?? $0.left }, taking: taking,
            preference: call[prefer]?.value == "right" ? .right : .left, context: context.compute)
        let (rows, report) = try step.match(left, context: context.compute)
        let share = left.rowCount == 0 ? 1 : Double(report.matched) / Double(left.rowCount)
        if let expected = call[expect]?.value.number, share < expected {
            throw Diagnostic(
                "R0327",
                "only \(NumberText.count(report.matched)) of \(NumberText.count(left.rowCount)) rows match, \(NumberText().text(.number(expected), .percent)) were expected",
                span: call.span(expect), note: report.unmatchedExamples.first.map { "for example \($0)" },
                remedy: "look at the keys of both tables with head; standard(…) evens out spellings")
        }
        let text = "join \(NameText.written(other.name)) by \(ArgumentText.written(.keys(keys)))"
        let cell = try StepCell.append(step, to: table, text: text, in: &context)
        table = cell.table
        var dropped = 0
        if call[keep]?.value == "matched" {
            let kept = rows.indices.filter { rows[$0] >= 0 }.map { Int32($0) }
            dropped = rows.count - kept.count
            table.keepRows(kept)
        }
        table.ledger.append(
            Ledger.Entry(
                cell: context.cellNumber, kind: .joined, what: text, before: rows.count, after: rows.count - dropped,
                reasons: [Ledger.Reason("matched", report.matched), Ledger.Reason("without a record", report.unmatched)].filter {
                    $0.rows > 0
                }))
        let hidden = other.privateColumns
        table.facts.keepPrivate(taking.filter { hidden.contains($0.column) }.map(\.name))
        context.set(table)
        return blocks(report, share: share, cell: cell, taking: taking, left: left, dropped: dropped)
            + (try cell.targetRemarks(of: taking.map(\.name), in: &context))
    }

    /// Columns of the other table to add, with the names they get.
    private static func taken(
        _ call: Call, keys: [Key], other: Table, right: Frame, in context: inout Context
    ) throws -> [(column: String, name: String)] {
        let prefix = call[prefix]?.value ?? ""
        let keyNames = Set(
            keys.compactMap { key -> String? in
                if case .name(let name) = (key.right ?? key.left).node { name } else { nil }
            })
        let read = Set(keys.flatMap { ($0.right ?? $0.left).names })
        let names =
            try call[take].map { try ColumnBinding.resolve($0, in: right, table: other.name, target: nil, source: call.cell.source) }
            ?? right.names.filter { !keyNames.contains($0) && !read.contains($0) }
        return names.map { ($0, prefix + $0) }
    }

    private static func blocks(
        _ report: MatchReport, share: Double, cell: StepCell, taking: [(column: String, name: String)], left: Frame, dropped: Int
    ) -> [Block] {
        let added = taking.filter { left[$0.name] == nil }.count
        var blocks: [Block] = [
            .figures([
                Figure("matched", Scalar(report.matched), .count), Figure("rows", Scalar(left.rowCount - dropped), .count),
                Figure("of", Scalar(left.rowCount), .count), Figure("share", Scalar(share), .percent),
                Figure("unmatched", Scalar(report.unmatched), .count), Figure("added", Scalar(added), .count),
                Figure("never_used", Scalar(report.neverUsed), .count),
            ]), .text(TextBlock("{matched} of {of} rows matched ({share}, one record each), {added} columns added")),
        ]
        if report.unmatched > 0 {
            let examples = report.unmatchedExamples.prefix(2).joined(separator: ", ")
            blocks.append(
                .text(TextBlock("{unmatched} without a match" + (examples.isEmpty ? "" : ", for example \(SlotText.escaped(examples))"))))
        }
        if report.neverUsed > 0 { blocks.append(.text(TextBlock("{never_used} records of the other table are used by no row"))) }
        if dropped > 0 { blocks.append(.text(TextBlock("rows without a match dropped: {rows} left"))) }
        let shared = taking.filter { left[$0.name] != nil }.map(\.name)
        if !shared.isEmpty {
            blocks.append(
                .text(
                    TextBlock(
                        SlotText.escaped(
                            "\(NameList.words(shared)) stood in both tables: the preferred value counts, gaps come from the other"),
                        tone: .warning)))
        }
        if taking.isEmpty { blocks.append(.text(TextBlock("the other table adds nothing", tone: .warning))) }
        return blocks
    }
}
