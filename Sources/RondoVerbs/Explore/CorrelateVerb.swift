import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
import RondoRecipes
package import RondoReport
package import RondoSession
package import RondoSignature

/// `correlate price, sqft, type`, `correlate with price`: which columns go together.
package enum CorrelateVerb: WorkspaceVerb {
    static let columns = Operand("columns", .columns, "which columns (all but identifiers, long texts and constant ones)", optional: true)

    package static let signature = Signature(
        "correlate", phase: .explore, class: .look,
        summary: "Shows how strongly columns go together: all with each other, or all with one.",
        details: """
            Two columns of numbers by Pearson's or Spearman's correlation, -1 to 1; truth counts as 0 and 1, a date by its days. Two \
            columns of words by Cramér's V, words and numbers by eta (the correlation ratio), both 0 to 1 and without a sign. Each pair \
            takes the rows where both have a value. Test rows are left out after a split.
            """,
        searchWords: ["correlation", "corr", "association", "relationship", "heatmap", "cramer", "spearman", "pearson"],
        operands: [columns],
        clauses: [
            SharedClauses.by, LookClauses.with, LookClauses.method, SharedClauses.condition, SharedClauses.part, SharedClauses.from,
        ],
        examples: [
            Example(
                "correlate price, sqft, type", after: ["load demo \"house_sales\" as sales rows 500"], "Three columns with each other."),
            Example(
                "correlate with price method spearman", after: ["load demo \"house_sales\" as sales rows 500"],
                "Every column with the price, the strongest first."),
            Example(
                "correlate sqft, bedrooms with price by type", after: ["load demo \"house_sales\" as sales rows 500"],
                "Two columns with the price, in each type of house."),
        ], seeAlso: ["describe", "plot"])

    /// A table of more columns than this is no longer read.
    private static let mostColumns = 500

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let view = try TableView(call, in: &context)
        let partner = try LookClauses.partner(call, view)
        var (names, remarks) = try chosen(call, view, in: &context)
        names.removeAll { $0 == partner?.name }
        guard names.count + (partner == nil ? 0 : 1) > 1 else {
            throw Diagnostic(
                "R0770", "a correlation needs two columns", span: call.cell.verb.span, note: remarks.first,
                remedy: "correlate \(view.frame.names.prefix(2).map { NameText.written($0) }.joined(separator: ", "))")
        }
        guard partner != nil || names.count <= mostColumns else {
            throw Diagnostic(
                "R0771", "\(NumberText.count(names.count)) columns make a table of \(NumberText.count(names.count * names.count)) cells",
                span: call.cell.verb.span, remedy: "correlate with \(NameText.written(names[0]))")
        }
        let making = CorrelateTables(
            names: names, frame: view.frame, partner: partner, method: LookClauses.method(call), table: view.table.name)
        var blocks = view.remarks
        if let by = call[SharedClauses.by] {
            let groups = try context.groupColumns(by, of: view.prepared, table: view.table.name)
            let segments = Segments.groups(groups, rows: view.rows)
            blocks += try making.grouped(
                segments, keys: groups, rows: view.rows, words: ArgumentText.written(.groups(by)), context: context.compute)
        } else {
            blocks += try making.whole(view.rows, context: context.compute)
        }
        return blocks + remarks.map { .text(TextBlock(SlotText.escaped($0))) }
    }

    /// The columns named, else all that can say something, with a line about the others.
    private static func chosen(_ call: Call, _ view: TableView, in context: inout Context) throws -> (names: [String], remarks: [String]) {
        if let set = call[columns] { return (try context.columns(set, of: view.table, frame: view.frame), []) }
        let frame = view.rows.count == view.frame.rowCount ? view.frame : view.frame.gathering(view.rows)
        let roles = try ColumnRoles.judge(frame, columns: frame.names, rows: nil, context: context.compute)
        let out = roles.filter { [.identifier, .freeText, .constant].contains($0.kind) }
        let names = roles.filter { role in !out.contains(role) }.map(\.column)
        return (names, out.isEmpty ? [] : ["left out: \(NameList.words(out.map(\.phrase)))"])
    }
}
