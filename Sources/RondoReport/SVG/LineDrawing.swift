import RondoKernels

/// Lines over an axis of numbers, dates or times; gaps stay gaps. Series of more than 600 points keep the extremes of each stretch.
struct LineDrawing: ChartDrawing {
    let height = 300.0
    private static let most = 600
    private let chart: ChartBlock
    private let series: [ChartBlock.Series]
    private let x: ChartExtent
    private let y: ChartExtent
    private let numbers: NumberText

    init?(_ chart: ChartBlock, series: [ChartBlock.Series], numbers: NumberText) {
        let known = series.flatMap { one in zip(one.x, one.y).filter { $0.0.isFinite && $0.1.isFinite } }
        guard let x = ChartExtent(known.map(\.0)), let y = ChartExtent(known.map(\.1)) else { return nil }
        self.chart = chart
        self.series = series
        self.x = x.high > x.low ? x : x.rounded()
        self.y = y.low >= 0 && y.low < y.high * 0.6 ? y.including(0) : y
        self.numbers = numbers
    }

    var gist: String {
        let parts = series.prefix(6).compactMap { one -> String? in
            let known = LineDrawing.points(one)
            guard let first = known.first, let last = known.last, let range = ChartExtent(known.map(\.1)) else { return nil }
            func words(_ value: Double) -> String { numbers.text(Scalar(value), .number) }
            return
                "\(one.name.isEmpty ? "" : one.name + ": ")\(known.count) points, \(words(first.1)) at \(AxisTicks.text(first.0, axis: chart.xAxis)) to "
                + "\(words(last.1)) at \(AxisTicks.text(last.0, axis: chart.xAxis)), between \(words(range.low)) and \(words(range.high))"
        }
        return parts.joined(separator: "; ") + "."
    }

    private static func points(_ one: ChartBlock.Series) -> [(Double, Double)] {
        zip(one.x, one.y).filter { $0.0.isFinite && $0.1.isFinite }.sorted { $0.0 < $1.0 }
    }

    func draw(into builder: inout HTMLBuilder) {
        let rounded = y.rounded(wanted: 4)
        let yTicks = AxisTicks(from: rounded.low, to: rounded.high, wanted: 4)
        let canvas = ChartCanvas(x: x, y: rounded, height: height, yLabels: yTicks.labels, hasLegend: series.count > 1)
        canvas.axes(chart, AxisTicks(from: x.low, to: x.high, axis: chart.xAxis, wanted: 5), yTicks, into: &builder)
        for (group, one) in series.enumerated() {
            let runs = LineDrawing.runs(one)
            let path = runs.map { run in
                LineDrawing.thinned(run).enumerated().map { index, point in
                    "\(index == 0 ? "M" : "L")\(ChartCanvas.text(canvas.across(point.0))) \(ChartCanvas.text(canvas.down(point.1)))"
                }.joined()
            }.joined()
            builder.shape("path", [.class("line \(ChartDrawings.colour(group)) d\(group % 4 + 1)"), .init("d", path)])
            let known = runs.joined()
            if known.count <= 40 {
                let dots = known.map { ScatterDrawing.mark(group, canvas.across($0.0), canvas.down($0.1)) }.joined()
                builder.shape("path", [.class("\(ScatterDrawing.look(group)) \(ChartDrawings.colour(group))"), .init("d", dots)])
            }
        }
        if series.count > 1 {
            ChartCanvas.legend(series.map(\.name), y: 33, into: &builder) { group, place, builder in
                builder.shape(
                    "path",
                    [.class("line \(ChartDrawings.colour(group)) d\(group % 4 + 1)"), .init("d", "M\(ChartCanvas.text(place)) 33h22")])
                builder.shape(
                    "path",
                    [
                        .class("\(ScatterDrawing.look(group)) \(ChartDrawings.colour(group))"),
                        .init("d", ScatterDrawing.mark(group, place + 11, 33)),
                    ])
            }
        }
    }

    /// Stretches without gaps, in order of x.
    private static func runs(_ one: ChartBlock.Series) -> [[(Double, Double)]] {
        let ordered = zip(one.x, one.y).filter { $0.0.isFinite }.sorted { $0.0 < $1.0 }
        var runs: [[(Double, Double)]] = []
        var run: [(Double, Double)] = []
        for point in ordered {
            if point.1.isFinite {
                run.append(point)
            } else if !run.isEmpty {
                runs.append(run)
                run = []
            }
        }
        if !run.isEmpty { runs.append(run) }
        return runs
    }

    private static func thinned(_ points: [(Double, Double)]) -> [(Double, Double)] {
        guard points.count > most else { return points }
        let step = (points.count * 2 + most - 1) / most
        var result: [(Double, Double)] = []
        for start in stride(from: 0, to: points.count, by: step) {
            let part = start..<min(points.count, start + step)
            guard let low = part.min(by: { points[$0].1 < points[$1].1 }), let high = part.max(by: { points[$0].1 < points[$1].1 }) else {
                continue
            }
            result.append(points[min(low, high)])
            if low != high { result.append(points[max(low, high)]) }
        }
        return result
    }
}
