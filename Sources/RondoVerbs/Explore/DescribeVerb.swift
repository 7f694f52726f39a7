import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
package import RondoReport
package import RondoSession
package import RondoSignature

/// `describe`: every column in figures.
package enum DescribeVerb: WorkspaceVerb {
    static let columns = Operand("columns", .columns, "which columns (all)", optional: true)

    package static let signature = Signature(
        "describe", phase: .explore, class: .look,
        summary: "Describes columns exactly: type, gaps, different values, mean, deviation, quantiles, shape, most frequent value.",
        details: """
            Quantiles by linear interpolation (type 7); deviation with n - 1; skewness and kurtosis corrected for bias. Test rows are \
            left out after a split.
            """,
        searchWords: ["summary", "statistics", "profile", "info", "missing", "quantile"],
        operands: [columns], clauses: [SharedClauses.by, SharedClauses.condition, SharedClauses.part, SharedClauses.from],
        examples: [
            Example("describe", after: ["load demo \"house_sales\" as sales rows 500"], "Every column."),
            Example("describe price, sqft by type", after: ["load demo \"house_sales\" as sales rows 500"], "Two columns for each type."),
        ], seeAlso: ["head", "count", "plot"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let view = try TableView(call, in: &context)
        let given = try call[columns].map { try context.columns($0, of: view.table, frame: view.frame) }
        let (names, hidden) = given.map { ($0, []) } ?? SparseElision.columns(of: view.frame, verb: "describe")
        let chosen = view.frame.selecting(names)
        var blocks = view.remarks
        guard let by = call[SharedClauses.by] else {
            let frame = view.rows.count == chosen.rowCount ? chosen : chosen.gathering(view.rows)
            let descriptions = try frame.descriptions(context: context.compute)
            let rows = zip(names, descriptions).map { [.text($0)] + row($1) }
            blocks.append(
                .table(
                    TableBlock(
                        caption: "\(NumberText.count(view.rows.count)) rows of \(view.table.name)",
                        columns: [.init("column", "text", .plain)] + figures,
                        rows: rows)))
            return blocks + hidden + warnings(names, descriptions, rowCount: frame.rowCount)
        }
        let groups = try context.groupColumns(by, of: view.prepared, table: view.table.name)
        var rows: [[Scalar]] = []
        for segment in Segments.groups(groups, rows: view.rows) {
            let members = chosen.gathering(segment.positions.map { view.rows[Int($0)] })
            let first = segment.positions.first.map { Int(view.rows[Int($0)]) } ?? 0
            let key = groups.map { $0.column[first] }
            for (name, description) in zip(names, try members.descriptions(context: context.compute)) {
                rows.append([.text(name)] + key + row(description))
            }
        }
        let keys = groups.map { TableBlock.Column(keyName($0.name), $0.column.type.rawValue, .plain) }
        let order = rows.enumerated().sorted { left, right in
            let (one, other) = (names.firstIndex(of: left.element[0].plainText) ?? 0, names.firstIndex(of: right.element[0].plainText) ?? 0)
            return (one, left.offset) < (other, right.offset)
        }.map(\.element)
        blocks.append(
            .table(
                TableBlock(
                    caption: "by \(ArgumentText.written(.groups(by)))", columns: [.init("column", "text", .plain)] + keys + figures,
                    rows: order)))
        return blocks + hidden
    }

    /// A group's column under its own name; `type`, `count` and the like, which the figures are called too, become `by_type`.
    private static func keyName(_ name: String) -> String {
        name == "column" || figures.contains { $0.name == name } ? "by_\(name)" : name
    }

    private static let figures: [TableBlock.Column] =
        [
            .init("type", "text", .plain), .init("count", "integer", .count), .init("missing", "integer", .count),
            .init("distinct", "integer", .count),
        ]
        + ["mean", "sd", "min", "q05", "q25", "median", "q75", "q95", "max", "skewness", "kurtosis"].map { .init($0, "number", .number) }
        + [.init("top", "text", .plain), .init("top_count", "integer", .count)]

    private static func row(_ description: ColumnDescription) -> [Scalar] {
        [
            .text(description.type.rawValue), Scalar(description.count), Scalar(description.missing), Scalar(description.distinct),
            Scalar(description.mean), Scalar(description.standardDeviation), description.minimum, description.quantile05,
            description.quantile25,
            description.median, description.quantile75, description.quantile95, description.maximum, Scalar(description.skewness),
            Scalar(description.kurtosis), .text(description.top.isMissing ? "" : description.top.plainText), Scalar(description.topCount),
        ].enumerated().map { index, value in
            // A column that has no value at all has no most frequent one; words have no least and greatest.
            if index == 15, description.count == 0 { return .missing }
            return (6...12).contains(index) && description.type.isText ? .missing : value
        }
    }

    /// Constant columns, columns without a value, many gaps.
    private static func warnings(_ names: [String], _ descriptions: [ColumnDescription], rowCount: Int) -> [Block] {
        var lines: [String] = []
        let empty = zip(names, descriptions).filter { $1.count == 0 }.map(\.0)
        let constant = zip(names, descriptions).filter { $1.count > 1 && $1.distinct == 1 && $1.missing == 0 }.map(\.0)
        let gappy = zip(names, descriptions).filter { $1.count > 0 && $1.missing * 2 > rowCount }.map(\.0)
        if !empty.isEmpty { lines.append("no value at all: \(NameList.words(empty))") }
        if !constant.isEmpty { lines.append("one value everywhere: \(NameList.words(constant))") }
        if !gappy.isEmpty { lines.append("more than half missing: \(NameList.words(gappy))") }
        return lines.map { .text(TextBlock(SlotText.escaped($0), tone: .warning)) }
    }
}
