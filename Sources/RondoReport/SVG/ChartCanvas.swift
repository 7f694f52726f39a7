import RondoKernels

/// A drawing area with axes, in units of the picture (480 wide); letters take room for the larger size of small screens.
struct ChartCanvas {
    static let width = 480.0
    static let letter = 8.6

    var left: Double
    var right: Double
    var top: Double
    var bottom: Double
    var x: ChartExtent
    var y: ChartExtent

    init(x: ChartExtent, y: ChartExtent, height: Double, yLabels: [String], hasLegend: Bool) {
        self.x = x
        self.y = y
        left = Double(yLabels.map { DisplayWidth.of($0) }.max() ?? 1) * ChartCanvas.letter + 14
        right = ChartCanvas.width - 20
        top = hasLegend ? 50 : 28
        bottom = height - 46
    }

    func across(_ value: Double) -> Double { left + x.share(value) * (right - left) }
    func down(_ value: Double) -> Double { bottom - y.share(value) * (bottom - top) }

    /// A coordinate with one decimal.
    static func text(_ value: Double) -> String {
        guard value.isFinite, value.magnitude < 1e6 else { return "0" }
        let tenths = Int((value * 10).rounded())
        let whole = tenths.magnitude / 10
        let rest = tenths.magnitude % 10
        return (tenths < 0 ? "-" : "") + String(whole) + (rest == 0 ? "" : ".\(rest)")
    }

    /// Grid lines, ticks and labels of both axes.
    func axes(_ chart: ChartBlock, _ xTicks: AxisTicks, _ yTicks: AxisTicks, into builder: inout HTMLBuilder) {
        var grid = ""
        for value in yTicks.values { grid += "M\(ChartCanvas.text(left)) \(ChartCanvas.text(down(value)))H\(ChartCanvas.text(right))" }
        builder.shape("path", [.class("grid"), .init("d", grid)])
        for (value, label) in zip(yTicks.values, yTicks.labels) {
            ChartCanvas.label(label, left - 7, down(value) + 4, "end", into: &builder)
        }
        builder.shape(
            "path", [.class("axis"), .init("d", "M\(ChartCanvas.text(left)) \(ChartCanvas.text(bottom))H\(ChartCanvas.text(right))")])
        var lastEnd = -Double.infinity
        for (value, label) in zip(xTicks.values, xTicks.labels) {
            let place = across(value)
            let half = Double(DisplayWidth.of(label)) * ChartCanvas.letter / 2
            let centre = min(max(place, half), ChartCanvas.width - half)
            if centre - half < lastEnd + 6 { continue }
            lastEnd = centre + half
            builder.shape("path", [.class("axis"), .init("d", "M\(ChartCanvas.text(place)) \(ChartCanvas.text(bottom))v5")])
            ChartCanvas.label(label, centre, bottom + 19, "middle", into: &builder)
        }
        if !chart.xLabel.isEmpty {
            ChartCanvas.label(ChartCanvas.cut(chart.xLabel, 44), (left + right) / 2, bottom + 39, "middle", "name", into: &builder)
        }
        if !chart.yLabel.isEmpty { ChartCanvas.label(ChartCanvas.cut(chart.yLabel, 44), 4, 14, "start", "name", into: &builder) }
    }

    static func label(_ text: String, _ x: Double, _ y: Double, _ anchor: String, _ kind: String = "tick", into builder: inout HTMLBuilder)
    {
        let anchorAttribute = anchor == "start" ? [] : [HTMLBuilder.Attribute("text-anchor", anchor)]
        builder.element("text", [.class(kind), .init("x", Self.text(x)), .init("y", Self.text(y))] + anchorAttribute, text: text)
    }

    static func cut(_ text: String, _ letters: Int) -> String { DisplayWidth.cut(text, to: letters, ellipsis: "…") }

    /// Keys of the groups in one line on top; groups beyond the room are counted.
    static func legend(_ names: [String], y: Double, into builder: inout HTMLBuilder, key: (Int, Double, inout HTMLBuilder) -> Void) {
        var place = 6.0
        for (index, name) in names.enumerated() {
            let short = cut(name.isEmpty ? "group \(index + 1)" : name, 24)
            let size = Double(DisplayWidth.of(short)) * letter + 44
            if place + size > width {
                label("and \(names.count - index) more", place, y + 4, "start", into: &builder)
                return
            }
            key(index, place, &builder)
            label(short, place + 28, y + 4, "start", into: &builder)
            place += size
        }
    }
}
