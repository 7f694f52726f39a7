import RondoKernels

@testable import RondoReport

/// Cells made up for these tests, one for each way of answering.
enum SampleCells {
    static let load = CellReport(
        number: 1, line: 2, source: "load demo \"house_sales\" as sales",
        blocks: [
            .figures([
                Figure("rows", .integer(50_512), .count), Figure("columns", .integer(14), .count), Figure("from", .date(17_898), .plain),
                Figure("until", .date(20_087), .plain), Figure("time", .number(0.412), .seconds, volatile: true),
            ]),
            .text(TextBlock("sales: {rows} rows, {columns} columns, sold_on {from} to {until}")),
        ])

    static let fit = CellReport(
        number: 2, line: 3, source: "fit forest",
        blocks: [
            .figures([
                Figure("mape", .number(0.0812345678), .percent), Figure("goal", .number(0.1), .percent),
                Figure("within(10%)", .number(0.71), .percent),
                Figure("trees", .integer(100), .count), Figure("time", .number(0.41), .seconds, volatile: true),
                Figure("price", .number(254_123.4), .money, unit: "$"), Figure("id", .integer(9_007_199_254_740_993), .plain),
            ]),
            .text(TextBlock("forest: mape {mape} on validation, goal < {goal} met", tone: .good)),
            .text(TextBlock("{trees} trees in {time}")),
            .text(TextBlock("address is left out: a {{free}} text; {unknown} stays", tone: .warning)),
        ])

    static let compare = CellReport(
        number: 3, line: 4, source: "compare",
        blocks: [
            .table(
                TableBlock(
                    caption: "Models on validation",
                    columns: [
                        .init("model", "text", .plain), .init("mape", "number", .percent), .init("rmse", "number"),
                        .init("rows", "integer", .count),
                        .init("chosen", "truth"), .init("until", "date"), .init("fit", "duration", .seconds, volatile: true),
                    ],
                    rows: [
                        [
                            .text("forest"), .number(0.081), .number(41_231.456), .integer(9798), .truth(true), .date(19_000),
                            .duration(400_000),
                        ],
                        [
                            .text("boost | \"two\""), .number(0.0825), .number(42_001), .integer(9798), .truth(false), .missing,
                            .duration(300_000),
                        ],
                        [.text("日本 é"), .missing, .number(-0.5), .integer(-12), .missing, .date(-1), .missing],
                    ]))
        ])

    static let charts = CellReport(
        number: 4, line: 6, source: "plot price",
        blocks: [
            .chart(
                ChartBlock(
                    title: "price",
                    marks: .histogram(edges: [0, 100_000, 200_000, 300_000, 400_000], groups: [], counts: [[12, 480, 300, 7]]),
                    xLabel: "price", yLabel: "rows")),
            .chart(
                ChartBlock(
                    title: "importance", marks: .bars(labels: ["sqft", "zip", "age"], groups: [], values: [[0.31, 0.12, -0.02]]),
                    xLabel: "column",
                    yLabel: "importance")),
            .chart(
                ChartBlock(
                    title: "error over time",
                    marks: .line([
                        .init(name: "forest", x: [19_000, 19_031, 19_062, 19_090], y: [0.08, 0.082, 0.09, 0.12]),
                        .init(name: "mean", x: [19_000, 19_031, 19_062, 19_090], y: [0.31, 0.3, .nan, 0.33]),
                    ]), xLabel: "month", yLabel: "mape", xAxis: .date)),
            .chart(
                ChartBlock(
                    title: "predicted and actual", marks: .scatter([.init(name: "rows", x: [1, 2, 3, 4.5], y: [1.1, 1.9, 3.3, 4.2])]),
                    xLabel: "actual",
                    yLabel: "predicted")),
            .chart(
                ChartBlock(
                    title: "price by type", marks: .box(boxes), xLabel: "price", yLabel: "type")),
            .chart(
                ChartBlock(
                    title: "correlation",
                    marks: .heatmap(
                        rows: ["price", "lot size", "crime"], columns: ["price", "lot size", "crime"],
                        values: [[1, 0.62, -0.31], [0.62, 1, .nan], [-0.31, .nan, 1]], isSigned: true), xLabel: "", yLabel: "")),
            .chart(
                ChartBlock(
                    title: "rows by zip and type",
                    marks: .heatmap(
                        rows: ["condo", "single-family house"], columns: ["10001", "10002", "10003"],
                        values: [[120, 4, 0], [3, 90, 55]], isSigned: false), xLabel: "zip", yLabel: "type")),
        ])

    private static let boxes: [ChartBlock.Box] = [
        ("condo", 480, [90_000, 110_000, 180_000, 240_000, 310_000, 480_000, 900_000], [90_000.0, 600_000, 900_000]),
        ("single-family house", 1_200, [120_000, 120_000, 260_000, 350_000, 460_000, 700_000, 700_000], []),
        ("tent", 1, [20_000, 20_000, 20_000, 20_000, 20_000, 20_000, 20_000], []),
    ].compactMap { ChartBlock.Box(name: $0.0, count: $0.1, bounds: $0.2, outliers: $0.3, outlierCount: $0.3.count) }

    static let failed = CellReport(
        number: 5, line: 8, source: "impute sqtf median by type, zip", status: .error,
        error: ErrorReport(
            code: "R0203", message: "table sales has no column sqtf", start: 7, end: 11, note: "did you mean sqft?",
            remedy: "impute sqft median by type, zip"))

    static let note = CellReport(
        number: nil, line: 9, source: "## # Houses\n## *Which* price?", blocks: [.note("# Houses\n*Which* price?")])

    static let all = [load, fit, compare, charts, failed, note]

    /// A table of many rows and columns.
    static func wide(rows: Int, columns: Int) -> CellReport {
        let names = (0..<columns).map { TableBlock.Column("column_\($0)", "number") }
        let values = (0..<rows).map { row in (0..<columns).map { Scalar.number(Double(row) * 1.5 + Double($0)) } }
        return CellReport(
            number: 7, line: 1, source: "head wide", blocks: [.table(TableBlock(caption: "wide", columns: names, rows: values))])
    }
}
