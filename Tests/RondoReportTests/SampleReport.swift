import RondoKernels

@testable import RondoReport

/// A report of a made-up session that shows every part of the page.
enum SampleReport {
    static let document: ReportDocument = {
        var document = ReportDocument(
            title: "House prices", cells: cells, script: "rondo 1\n" + SampleCells.all.map(\.source).joined(separator: "\n") + "\n")
        document.subtitle = "Suggest a listing price an agent can trust"
        document.goal = .init(
            text: "Suggest a listing price an agent can trust",
            lines: [
                .init("mape < 10 %", isMet: true, detail: "8.1 % on validation, forest"),
                .init("within(10%) > 60 %", isMet: true, detail: "71 % on validation"),
                .init("latency < 500 ms", isMet: nil),
            ])
        document.facts = [
            .init("Rondo", "1.0.0"), .init("seed", "1"), .init("session", "5e1f09aa"), .init("$city", "New York"), .init("cells", "9"),
        ]
        document.files = [
            .init(name: "house_sales.csv", bytes: 6_881_234, sha256: String(repeating: "0123456789abcdef", count: 4), rows: 50_512),
            .init(name: "tax <records>.csv", bytes: 12, sha256: String(repeating: "f", count: 64)),
        ]
        document.ledger = TableBlock(
            caption: "From loaded to scored",
            columns: [
                .init("cell", "integer", .plain), .init("step", "text", .plain), .init("rows", "integer", .count),
                .init("change", "integer", .count),
            ],
            rows: [
                [.integer(1), .text("loaded house_sales"), .integer(50_512), .missing],
                [.integer(4), .text("duplicates merged"), .integer(49_002), .integer(-1510)],
                [.integer(5), .text("filter price > 1"), .integer(48_988), .integer(-14)],
                [.integer(9), .text("train, validation, test"), .integer(48_988), .integer(0)],
            ])
        document.register = [
            .init(kind: "limitation", text: "Recent renovations are recorded <nowhere>", about: "sales"),
            .init(kind: "issue", text: "Two suburbs lack school ratings", who: "Ada", until: "2025-03-01", isSettled: false),
        ]
        document.models = TableBlock(
            caption: "Models on validation",
            columns: [
                .init("model", "text", .plain), .init("mape", "number", .percent), .init("goal", "text", .plain),
                .init("within(10%)", "number", .percent),
                .init("fit", "number", .seconds, volatile: true), .init("one row", "number", .seconds, volatile: true),
                .init("to read", "text", .plain),
            ],
            rows: [
                [.text("forest"), .number(0.081), .text("met"), .number(0.71), .number(0.41), .number(2.1e-5), .text("importances")],
                [.text("boost"), .number(0.082), .text("met"), .number(0.701), .number(0.3), .number(9e-6), .text("importances")],
                [.text("linear"), .number(0.123), .text("2.3 short"), .number(0.48), .number(0.02), .number(1e-6), .text("equation")],
                [.text("mean"), .number(0.314), .text("21.4 short"), .number(0.14), .missing, .missing, .text("baseline")],
            ])
        document.releases = TableBlock(
            caption: "", columns: [.init("release", "text", .plain), .init("model", "text", .plain), .init("state", "text", .plain)],
            rows: [[.text("house_price@1"), .text("forest"), .text("in use")]])
        document.numbers = NumberText(currency: "$")
        return document
    }()

    private static let introduction = CellReport(
        number: nil, line: 2, source: "## # From a wish to a watched model",
        blocks: [
            .note(
                "# From a wish to a watched model\nAn agent needs a **listing price** she can trust, *before* the visit.\n\n- sales of six years\n"
                    + "- tax records, see [the town](https://example.org/tax)\n  - one row an address\n\n> Recent renovations are `unknown`.\n\n## Data\nTwo files."
            )
        ])

    private static let stale: CellReport = {
        var cell = SampleCells.wide(rows: 260, columns: 14)
        cell.status = .stale
        cell.number = 6
        return cell
    }()

    private static let hostile = CellReport(
        number: 8, line: 20, source: "note \"</script><script>alert(1)</script>\" # <b>",
        blocks: [
            .text(TextBlock("<img src=x onerror=alert(1)> {figure}")),
            .figures([Figure("figure", .text("</script>")), Figure("<i>", .text("&amp;"))]),
            .note("</script> <!-- <script> [x](javascript:alert(1)) `<b>`"),
        ])

    private static let grouped = CellReport(
        number: 9, line: 22, source: "plot price, sqft\n  by type\n  where sold_on > 2020-01-01",
        blocks: [
            .chart(
                ChartBlock(
                    title: "Price then and now",
                    marks: .histogram(
                        edges: (0...20).map { Double($0) * 100_000 }, groups: ["training", "last month"],
                        counts: [
                            [60, 420, 900, 1_040, 820, 610, 430, 300, 210, 150, 110, 80, 60, 41, 30, 20, 14, 9, 4, 1],
                            [4, 60, 150, 320, 470, 520, 480, 390, 300, 210, 150, 100, 70, 50, 30, 20, 12, 8, 5, 3],
                        ]), xLabel: "price ($)", yLabel: "rows")),
            .chart(
                ChartBlock(
                    title: "Error by neighborhood",
                    marks: .bars(
                        labels: ["Riverside", "Old Town and the harbour quarter", "Hill", "Station"], groups: ["forest", "linear"],
                        values: [[0.08, 0.12, 0.07, .nan], [0.11, 0.2, 0.1, 0.13]]), xLabel: "neighborhood", yLabel: "mape")),
            .chart(
                ChartBlock(
                    title: "Predicted and actual",
                    marks: .scatter([
                        points("condo", count: 120, from: 90_000, step: 4_000, spread: 90_000),
                        points("house", count: 90, from: 150_000, step: 8_000, spread: 105_000),
                    ]), xLabel: "actual ($)", yLabel: "predicted ($)")),
        ])

    private static func points(_ name: String, count: Int, from start: Double, step: Double, spread: Double) -> ChartBlock.Series {
        var series = ChartBlock.Series(name: name, x: [], y: [])
        for index in 0..<count {
            let actual = start + Double(index) * step
            series.x.append(actual)
            series.y.append(actual + Double(index * 7919 % 97) / 97 * spread - spread / 2)
        }
        return series
    }

    static let cells: [CellReport] = [
        introduction, SampleCells.load, SampleCells.fit, SampleCells.compare, SampleCells.charts, SampleCells.failed, stale,
        SampleCells.note, hostile, grouped,
    ]
}
