import RondoKernels

/// Single points, each group with its own shape. Of more than 1,500 points every n-th is drawn, and the description says so.
struct ScatterDrawing: ChartDrawing {
    let height = 320.0
    private static let most = 1_500
    private let chart: ChartBlock
    private let names: [String]
    private let points: [[(Double, Double)]]
    private let total: Int
    private let x: ChartExtent
    private let y: ChartExtent
    private let numbers: NumberText

    init?(_ chart: ChartBlock, series: [ChartBlock.Series], numbers: NumberText) {
        let known = series.map { one in zip(one.x, one.y).filter { $0.0.isFinite && $0.1.isFinite } }
        guard let x = ChartExtent(known.joined().map(\.0)), let y = ChartExtent(known.joined().map(\.1)) else { return nil }
        self.chart = chart
        names = series.map(\.name)
        total = known.reduce(0) { $0 + $1.count }
        let step = max(1, (total + ScatterDrawing.most - 1) / ScatterDrawing.most)
        points = known.map { one in stride(from: 0, to: one.count, by: step).map { one[$0] } }
        self.x = chart.xAxis == .number ? x.rounded() : x.high > x.low ? x : x.rounded()
        self.y = y.rounded(wanted: 4)
        self.numbers = numbers
    }

    var gist: String {
        func words(_ value: Double) -> String { numbers.text(Scalar(value), .number) }
        let drawn = points.reduce(0) { $0 + $1.count }
        var text = "\(numbers.text(Scalar(total), .count)) points"
        if drawn < total { text += ", \(numbers.text(Scalar(drawn), .count)) of them drawn" }
        let across = ChartExtent(points.joined().map(\.0))
        let up = ChartExtent(points.joined().map(\.1))
        if let across, let up {
            text += "; \(chart.xLabel.isEmpty ? "x" : chart.xLabel) from \(AxisTicks.text(across.low, axis: chart.xAxis)) to "
            text +=
                "\(AxisTicks.text(across.high, axis: chart.xAxis)), \(chart.yLabel.isEmpty ? "y" : chart.yLabel) from \(words(up.low)) to \(words(up.high))"
        }
        if let correlation { text += "; correlation \(words((correlation * 100).rounded() / 100))" }
        return text + "."
    }

    /// Pearson's correlation of the points drawn, nil when one side does not vary.
    private var correlation: Double? {
        let all = Array(points.joined())
        guard all.count > 2 else { return nil }
        let count = Double(all.count)
        let meanX = all.reduce(0) { $0 + $1.0 / count }
        let meanY = all.reduce(0) { $0 + $1.1 / count }
        var (xx, yy, xy) = (0.0, 0.0, 0.0)
        for point in all {
            let (dx, dy) = (point.0 - meanX, point.1 - meanY)
            xx += dx * dx
            yy += dy * dy
            xy += dx * dy
        }
        let result = xy / (xx.squareRoot() * yy.squareRoot())
        return result.isFinite ? result : nil
    }

    func draw(into builder: inout HTMLBuilder) {
        let yTicks = AxisTicks(from: y.low, to: y.high, wanted: 4)
        let canvas = ChartCanvas(x: x, y: y, height: height, yLabels: yTicks.labels, hasLegend: points.count > 1)
        canvas.axes(chart, AxisTicks(from: x.low, to: x.high, axis: chart.xAxis, wanted: 5), yTicks, into: &builder)
        let isDense = points.reduce(0) { $0 + $1.count } > 200
        for (group, one) in points.enumerated() {
            let path = one.map { ScatterDrawing.mark(group, canvas.across($0.0), canvas.down($0.1)) }.joined()
            let look = "\(ScatterDrawing.look(group)) \(ChartDrawings.colour(group))\(isDense ? " pale" : "")"
            builder.shape("path", [.class(look), .init("d", path)])
        }
        if points.count > 1 {
            ChartCanvas.legend(names, y: 33, into: &builder) { group, place, builder in
                builder.shape(
                    "path",
                    [
                        .class("\(ScatterDrawing.look(group)) \(ChartDrawings.colour(group))"),
                        .init("d", ScatterDrawing.mark(group, place + 12, 33)),
                    ])
            }
        }
    }

    // MARK: shapes

    /// A mark as a piece of a path: dot, triangle, square, cross.
    static func mark(_ group: Int, _ x: Double, _ y: Double) -> String {
        let place = "M\(ChartCanvas.text(x)) \(ChartCanvas.text(y))"
        switch group % 4 {
        case 1: return place + "m0-4.2l3.8 6.6h-7.6z"
        case 2: return place + "m-3-3h6v6h-6z"
        case 3: return place + "m-3-3l6 6m0-6l-6 6"
        default: return place + "h0"
        }
    }

    static func look(_ group: Int) -> String { ["dot", "fill", "fill", "cross"][group % 4] }
}
