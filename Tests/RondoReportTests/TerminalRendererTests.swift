import RondoGoldens
import RondoKernels
import Testing

@testable import RondoReport

@Suite struct TerminalRendererTests {
    @Test(arguments: [40, 80, 200])
    func goldenAtWidth(width: Int) {
        let renderer = TerminalRenderer(width: width)
        #expect(Golden.difference(SampleCells.all.map { renderer.text($0) }.joined(separator: "\n"), "terminal-\(width).txt") == nil)
    }

    @Test func goldenInASCII() {
        let renderer = TerminalRenderer(width: 72, unicode: false)
        let text = SampleCells.all.map { renderer.text($0) }.joined(separator: "\n")
        #expect(text.utf8.allSatisfy { $0 < 0x80 })
        #expect(Golden.difference(text, "terminal-ascii.txt") == nil)
    }

    @Test(arguments: [40, 60, 80, 200])
    func nothingIsWiderThanTheTerminal(width: Int) {
        let renderer = TerminalRenderer(width: width)
        for cell in SampleCells.all + [SampleCells.wide(rows: 3, columns: 40)] {
            for line in renderer.text(cell).split(separator: "\n") { #expect(DisplayWidth.of(String(line)) <= width, "\(line)") }
        }
    }

    @Test func mentionedFiguresAreNotRepeated() {
        let text = TerminalRenderer(width: 100).text(SampleCells.fit)
        #expect(!text.contains("mape 8.1 % ·"))
        #expect(text.contains("within(10%) 71 %"))
        #expect(text.contains("forest: mape 8.1 % on validation, goal < 10 % met"))
        #expect(
            TerminalRenderer().text(SampleCells.load) == "sales: 50,512 rows, 14 columns, sold_on 2019-01-02 to 2024-12-30\n  time 0.4 s\n")
    }

    @Test func longTablesLeaveOutTheMiddleWithACount() {
        let cell = SampleCells.wide(rows: 1000, columns: 2)
        #expect(TerminalRenderer().text(cell).contains("… 900 rows more"))
        var data = TableBlock(caption: "", columns: [.init("a", "number")], rows: (0..<1000).map { [.number(Double($0))] })
        data.showsTypes = true
        #expect(TerminalRenderer().text(CellReport(number: 1, line: 1, source: "head", blocks: [.table(data)])).contains("… 960 rows more"))
        let all = TerminalRenderer(maxRows: nil).text(cell)
        #expect(!all.contains("more"))
        #expect(all.split(separator: "\n").count == 1003)
    }

    @Test func wideTablesLeaveOutTheMiddleWithACount() {
        let text = TerminalRenderer(width: 80).text(SampleCells.wide(rows: 2, columns: 40))
        #expect(text.contains("column_0") && text.contains("column_39") && text.contains("more"))
        #expect(TerminalRenderer(width: 80, fitsWidth: false).text(SampleCells.wide(rows: 2, columns: 40)).contains("column_20"))
    }

    @Test func colourOnlyWhenAsked() {
        for cell in SampleCells.all {
            let plain = TerminalRenderer().text(cell)
            #expect(!plain.contains("\u{1B}"))
            let coloured = TerminalRenderer(colour: true).text(cell)
            #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
        }
        #expect(TerminalRenderer(colour: true).text(SampleCells.fit).contains("\u{1B}[32m"))
        #expect(TerminalRenderer(colour: true).text(SampleCells.fit).contains("\u{1B}[33mwarning: "))
    }

    @Test func errorsPointAtTheWord() {
        #expect(
            TerminalRenderer().text(SampleCells.failed) == """
                error R0203: table sales has no column sqtf
                  impute sqtf median by type, zip
                         ^^^^ did you mean sqft?
                  try: impute sqft median by type, zip

                """)
    }

    @Test func errorsInLaterLinesAndWideLetters() {
        let source = "load \"a\"\n  as 日本 wrong"
        let cell = CellReport(
            number: 1, line: 1, source: source, status: .error,
            error: ErrorReport(code: "R1", message: "no", start: 17, end: 22, remedy: ""))
        #expect(TerminalRenderer().text(cell) == "error R1: no\n    as 日本 wrong\n            ^^^^^\n")
        var outside = cell
        outside.error?.start = 900
        outside.error?.end = -4
        #expect(TerminalRenderer().text(outside).contains("^"))
    }

    @Test func controlCodesOfDataNeverReachTheTerminal() {
        let cell = CellReport(
            number: 1, line: 1, source: "head",
            blocks: [
                .table(TableBlock(caption: "\u{1B}[2J", columns: [.init("a\u{7}", "text")], rows: [[.text("\u{9B}31m\u{202E}\r\n")]])),
                .text(TextBlock("\u{1B}]0;title\u{7}")), .figures([Figure("f", .text("\u{1B}[31m"))]),
            ])
        let text = TerminalRenderer().text(cell)
        #expect(
            text.unicodeScalars.allSatisfy {
                $0.value == 10 || ($0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) && $0.value != 0x202E)
            })
    }

    @Test func emptyThings() {
        let empty = TableBlock(caption: "", columns: [.init("a", "number")], rows: [])
        #expect(TerminalRenderer().text(CellReport(number: 1, line: 1, source: "x", blocks: [.table(empty)])).contains("no rows"))
        for marks in [
            ChartBlock.Marks.histogram(edges: [], groups: [], counts: []), .bars(labels: [], groups: [], values: []), .line([]),
            .scatter([.init(name: "", x: [.nan], y: [1])]), .scatter([.init(name: "", x: [1], y: [1])]),
            .bars(labels: ["a"], groups: [], values: [[0]]),
            .box([]), .heatmap(rows: [], columns: [], values: [], isSigned: true),
            .heatmap(rows: ["a"], columns: ["b", "c"], values: [[.nan]], isSigned: false),
            .heatmap(rows: ["a"], columns: ["b", "c"], values: [[0, .nan]], isSigned: false),
            .histogram(edges: [1], groups: [], counts: [[3]]), .line([.init(name: "a", x: [1e308, -1e308], y: [1e308, -1e308])]),
        ] {
            let chart = ChartBlock(title: "t", marks: marks, xLabel: "x", yLabel: "y", xAxis: .date)
            #expect(!TerminalRenderer(width: 20).text(CellReport(number: 1, line: 1, source: "x", blocks: [.chart(chart)])).isEmpty)
        }
    }

    @Test func everyRendererIsListedOnce() {
        #expect(CellRenderers.all().map(\.name) == ["text", "jsonl", "markdown", "html"])
        #expect(CellRenderers.named("markdown") != nil && CellRenderers.named("pdf") == nil)
    }
}
