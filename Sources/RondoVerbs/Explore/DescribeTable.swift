import RondoFrame
import RondoKernels
import RondoReport

/// The table of `describe`: a row a column, or a row a column and group.
struct DescribeTable {
    let hasRelation: Bool
    private var rows: [[Scalar]] = []
    private var yearRows: Set<Int> = []

    init(hasRelation: Bool) { self.hasRelation = hasRelation }

    private static let figures: [TableBlock.Column] =
        [
            .init("type", "text", .plain), .init("count", "integer", .count), .init("missing", "integer", .count),
            .init("distinct", "integer", .count),
        ]
        + ["mean", "sd", "min", "q05", "q25", "median", "q75", "q95", "max", "skewness", "kurtosis"].map { .init($0, "number", .number) }
        + [.init("top", "text", .plain), .init("top_count", "integer", .count), .init("role", "text", .plain)]

    private var columns: [TableBlock.Column] { DescribeTable.figures + (hasRelation ? [.init("relation", "number", .number)] : []) }

    mutating func append(_ name: String, keys: [Scalar], _ description: ColumnDescription, role: String, relation: Double?) {
        let isYear = YearColumns.isYear(name, least: description.minimum.number, greatest: description.maximum.number)
        if isYear, description.type.isNumeric { yearRows.insert(rows.count) }
        let figures = DescribeTable.values(description, role: role) + (hasRelation ? [relation.map { Scalar($0) } ?? .missing] : [])
        rows.append([.text(name)] + keys + figures)
    }

    private static func values(_ description: ColumnDescription, role: String) -> [Scalar] {
        let order = [
            description.minimum, description.quantile05, description.quantile25, description.median, description.quantile75,
            description.quantile95, description.maximum,
        ]
        // Words have no least and greatest; a column that has no value at all has no most frequent one.
        let top = description.count == 0 ? Scalar.missing : .text(description.top.plainText)
        return [.text(description.type.rawValue), Scalar(description.count), Scalar(description.missing), Scalar(description.distinct)]
            + [Scalar(description.mean), Scalar(description.standardDeviation)]
            + (description.type.isText ? order.map { _ in .missing } : order)
            + [Scalar(description.skewness), Scalar(description.kurtosis), top, Scalar(description.topCount), .text(role)]
    }

    /// - Parameter keys: names and types of the columns that group. One that has the name of a figure gets `by_` before it.
    func block(caption: String, keys: [(name: String, type: String)]) -> TableBlock {
        let taken = Set(columns.map(\.name)).union(["column"])
        let heads = keys.map { TableBlock.Column(taken.contains($0.name) ? "by_\($0.name)" : $0.name, $0.type, .plain) }
        return TableBlock(caption: caption, columns: [.init("column", "text", .plain)] + heads + columns, rows: rows, yearRows: yearRows)
    }
}
