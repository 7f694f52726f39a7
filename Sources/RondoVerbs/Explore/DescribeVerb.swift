import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
import RondoRecipes
package import RondoReport
package import RondoSession
package import RondoSignature

/// `describe`: every column in figures.
package enum DescribeVerb: WorkspaceVerb {
    static let columns = Operand("columns", .columns, "which columns (all)", optional: true)

    package static let signature = Signature(
        "describe", phase: .explore, class: .look,
        summary: "Describes columns exactly: type, gaps, different values, mean, deviation, quantiles, shape, most frequent value, role.",
        details: """
            Quantiles by linear interpolation (type 7); deviation with n - 1; skewness and kurtosis corrected for bias. Test rows are \
            left out after a split. `role` is what a column looks like to a model. `relation` is the strength of its link, 0 to 1, to the \
            goal's target on training rows, or to the column of `with`: the absolute correlation of two numbers, Cramér's V of two columns \
            of words, eta of words and numbers. Below the table stands what should be looked at: columns that repeat others or have one \
            value, gaps that come together, rare values, columns that almost give the target away.
            """,
        searchWords: ["summary", "statistics", "profile", "info", "missing", "quantile", "summarise"],
        operands: [columns],
        clauses: [
            SharedClauses.by, LookClauses.with, LookClauses.method, SharedClauses.condition, SharedClauses.part, SharedClauses.from,
        ],
        examples: [
            Example("describe", after: ["load demo \"house_sales\" as sales rows 500"], "Every column."),
            Example("describe price, sqft by type", after: ["load demo \"house_sales\" as sales rows 500"], "Two columns for each type."),
            Example(
                "describe with price", after: ["load demo \"house_sales\" as sales rows 500"],
                "Every column, and how strongly it goes with the price."),
        ], seeAlso: ["correlate", "head", "count", "plot"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let view = try TableView(call, in: &context)
        let (names, hidden) = try ShownColumns.choose(call[columns], of: view, verb: "describe", in: &context)
        if let by = call[SharedClauses.by] {
            return view.remarks + [.table(try grouped(by, names, call, view, in: &context))] + hidden
        }
        let chosen = view.frame.selecting(names)
        let frame = view.rows.count == chosen.rowCount ? chosen : chosen.gathering(view.rows)
        let descriptions = try frame.descriptions(context: context.compute)
        let relation = try TargetRelation(call, view, names: names, in: &context)
        let roles = try ColumnRoles.judge(frame, columns: names, rows: nil, context: context.compute)
        var table = DescribeTable(hasRelation: relation != nil)
        for (index, name) in names.enumerated() {
            let role = name == relation?.goalTarget ? "target" : roles[index].kind.words
            // Values of their own in almost every row go with anything.
            let tellsRows = roles[index].kind == .identifier || roles[index].kind == .freeText
            table.append(name, keys: [], descriptions[index], role: role, relation: tellsRows ? nil : relation?.strengths[name])
        }
        var blocks = view.remarks
        blocks += relation?.goalLines(isWhole: call[columns] == nil) ?? []
        blocks.append(.table(table.block(caption: "\(NumberText.count(view.rows.count)) rows of \(view.table.name)", keys: [])))
        let remarks = DescribeRemarks(
            names: names, frame: frame, descriptions: descriptions, roles: roles, flags: view.table.flags.map(\.name))
        blocks += DictionaryWords.blocks(names, view.table.facts)
        return blocks + hidden + (try remarks.blocks(context: context.compute)) + (relation?.suspicions ?? [])
    }

    /// One row for each column and group.
    private static func grouped(_ by: [Group], _ names: [String], _ call: Call, _ view: TableView, in context: inout Context) throws
        -> TableBlock
    {
        let groups = try context.groupColumns(by, of: view.prepared, table: view.table.name)
        let chosen = view.frame.selecting(names)
        let partner = try LookClauses.partner(call, view)
        let method = LookClauses.method(call)
        var table = DescribeTable(hasRelation: partner != nil)
        var parts: [(key: [Scalar], frame: Frame, partner: Column?)] = []
        for segment in Segments.groups(groups, rows: view.rows) {
            let rows = segment.positions.map { view.rows[Int($0)] }
            let first = rows.first.map { Int($0) } ?? 0
            parts.append((groups.map { $0.column[first] }, chosen.gathering(rows), partner?.column.gathering(rows)))
        }
        let described = try parts.map { try $0.frame.descriptions(context: context.compute) }
        for (index, name) in names.enumerated() {
            for (part, descriptions) in zip(parts, described) {
                let role = try ColumnRoles.judge(part.frame, columns: [name], rows: nil, context: context.compute)[0].kind.words
                let strength = try part.partner.map { try Association.between(part.frame.columns[index], $0, method: method) }
                table.append(
                    name, keys: part.key, descriptions[index], role: role, relation: name == partner?.name ? nil : strength?.value.magnitude
                )
            }
        }
        let keys = groups.map { ($0.name, $0.column.type.rawValue) }
        return table.block(caption: "by \(ArgumentText.written(.groups(by)))", keys: keys)
    }
}

/// Clauses of verbs that look at how columns go together.
enum LookClauses {
    static let with = Clause("with", .column, "the column whose link to the others is measured")
    static let method = Clause("method", .choice(["pearson", "spearman"]), "how numbers are correlated: values (pearson) or ranks")

    static func method(_ call: Call) -> Correlations.Method { call[method]?.value == "spearman" ? .spearman : .pearson }

    /// The column named by `with`.
    static func partner(_ call: Call, _ view: TableView) throws -> (name: String, column: Column)? {
        guard let name = call[with] else { return nil }
        guard let column = view.frame[name.value] else {
            throw SessionNames.unknownColumn(name, table: view.table.name, known: view.frame.names, source: call.cell.source)
        }
        return (name.value, column)
    }
}

extension ColumnRole.Kind {
    /// As `describe` names it.
    var words: String {
        switch self {
        case .freeText: "free text"
        default: rawValue
        }
    }
}
