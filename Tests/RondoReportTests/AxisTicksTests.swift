import RondoKernels
import Testing

@testable import RondoReport

@Suite struct AxisTicksTests {
    @Test func roundNumbers() {
        #expect(AxisTicks(from: 0, to: 100).labels == ["0", "20", "40", "60", "80", "100"])
        #expect(AxisTicks(from: 0, to: 0.3).labels == ["0", "0.05", "0.1", "0.15", "0.2", "0.25", "0.3"])
        #expect(AxisTicks(from: 0, to: 2_000_000).labels == ["0", "500k", "1M", "1.5M", "2M"])
        #expect(AxisTicks(from: -3, to: 3, wanted: 3).labels == ["-2", "0", "2"])
        #expect(AxisTicks(from: 5, to: 5).labels == ["5"])
    }

    @Test func roundDates() throws {
        let start = try #require(CivilCalendar.days(year: 2019, month: 1, day: 2))
        let end = try #require(CivilCalendar.days(year: 2024, month: 12, day: 30))
        #expect(AxisTicks(from: Double(start), to: Double(end), axis: .date).labels == ["2020", "2021", "2022", "2023", "2024"])
        let later = try #require(CivilCalendar.days(year: 2019, month: 7, day: 2))
        #expect(AxisTicks(from: Double(start), to: Double(later), axis: .date).labels == ["2019-03", "2019-05", "2019-07"])
        #expect(AxisTicks(from: 0, to: 4, axis: .date).labels == ["1970-01-01", "1970-01-02", "1970-01-03", "1970-01-04", "1970-01-05"])
        #expect(AxisTicks(from: 0, to: 86_400, axis: .time).labels == ["1970-01-01", "06:00", "12:00", "18:00", "1970-01-02"])
    }

    /// Ticks lie inside, in order, few, and exist for every extent, however large, small or odd.
    @Test(arguments: ChartAxes.all)
    func ticksLieInside(axis: ChartBlock.Axis) {
        let ends = [-1e308, -1e15, -123_456.7, -1, -1e-300, 0, 1e-300, 1e-9, 0.7, 3, 42, 20_000, 86_400, 1.7e9, 4e12, 1e15, 1e308]
        for low in ends {
            for high in ends where high >= low {
                let ticks = AxisTicks(from: low, to: high, axis: axis)
                #expect(ticks.values.count == ticks.labels.count && ticks.values.count <= 101)
                let slack = max(abs(low), abs(high)) * 1e-6 + 1e-9
                #expect(ticks.values.allSatisfy { $0 >= low - slack && $0 <= high + slack })
                #expect(zip(ticks.values, ticks.values.dropFirst()).allSatisfy { $0 < $1 })
            }
        }
        #expect(AxisTicks(from: .nan, to: 1, axis: axis).values.isEmpty && AxisTicks(from: 2, to: 1, axis: axis).values.isEmpty)
    }

    enum ChartAxes { static let all: [ChartBlock.Axis] = [.number, .date, .time] }
}

@Suite struct ChartTests {
    private static let odd: [ChartBlock.Marks] = [
        .histogram(edges: [], groups: [], counts: []), .histogram(edges: [0, 0], groups: [], counts: [[3]]),
        .histogram(edges: [0, 1], groups: ["a"], counts: [[0]]),
        .histogram(edges: [0, 1, 2], groups: [], counts: [[1], [1, 2, 3, 4]]),
        .histogram(edges: [.nan, .infinity], groups: [], counts: [[1]]),
        .histogram(edges: [0, 1], groups: [], counts: [[-5, .max]]),
        .bars(labels: [], groups: [], values: []), .bars(labels: ["a"], groups: [], values: [[]]),
        .bars(labels: ["a", "b"], groups: [], values: [[.nan, -1]]),
        .bars(labels: (0..<100).map { "label \($0)" }, groups: ["x", "y", "z"], values: [[1], [2, 3], [.infinity]]), .line([]),
        .line([.init(name: "", x: [1], y: [1])]),
        .line([.init(name: "a", x: [1, 2, 3], y: [1, .nan, 2]), .init(name: "b", x: [.nan], y: [])]),
        .line([.init(name: "", x: [-1e308, 1e308], y: [-1e308, 1e308])]), .scatter([.init(name: "", x: [0, 0], y: [0, 0])]), .scatter([]),
        .scatter([.init(name: "many", x: (0..<20_000).map { Double($0) }, y: (0..<20_000).map { Double($0 % 7) })]),
        .line([.init(name: "many", x: (0..<20_000).map { Double($0) }, y: (0..<20_000).map { Double($0 % 7) })]),
    ]

    @Test(arguments: odd.indices, AxisTicksTests.ChartAxes.all)
    func oddChartsAreDrawn(index: Int, axis: ChartBlock.Axis) {
        let chart = ChartBlock(title: "t", marks: ChartTests.odd[index], xLabel: "x", yLabel: "y", xAxis: axis)
        let cell = CellReport(number: 1, line: 1, source: "plot", blocks: [.chart(chart)])
        for renderer in CellRenderers.all() {
            let text = renderer.text(cell)
            #expect(!text.contains("nan") && !text.contains("inf"), "\(renderer.name)")
        }
        #expect(HTMLCellRenderer().text(cell).utf8.count < 60_000)
    }

    @Test func gistsHoldTheNumbers() {
        func gist(_ block: Block) -> String {
            guard case .chart(let chart) = block else { return "" }
            return ChartDrawings.drawing(chart, numbers: NumberText())?.gist ?? ""
        }
        #expect(gist(SampleCells.charts.blocks[0]) == "4 bins from 0 to 400,000; 799 values, most in 100,000 to 200,000 (480).")
        #expect(gist(SampleCells.charts.blocks[1]) == "3 bars; largest sqft 0.31, smallest age -0.02.")
        #expect(
            gist(SampleCells.charts.blocks[2]).hasPrefix(
                "forest: 4 points, 0.08 at 2022-01-08 to 0.12 at 2022-04-08, between 0.08 and 0.12; mean: 3 points"))
        #expect(gist(SampleCells.charts.blocks[3]) == "4 points; actual from 1 to 4.5, predicted from 1.1 to 4.2; correlation 0.99.")
    }
}
