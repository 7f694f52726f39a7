import RondoKernels

/// Counts in bins: the first group as columns, others as outlines with their own dashes.
struct HistogramDrawing: ChartDrawing {
    let height = 300.0
    private let chart: ChartBlock
    private let edges: [Double]
    private let groups: [String]
    private let counts: [[Int]]
    private let bins: Int
    private let extent: ChartExtent
    private let numbers: NumberText

    init?(_ chart: ChartBlock, edges: [Double], groups: [String], counts: [[Int]], numbers: NumberText) {
        let bins = min(max(0, edges.count - 1), counts.map(\.count).max() ?? 0)
        guard bins > 0, let extent = ChartExtent(edges[...bins]) else { return nil }
        self.chart = chart
        self.edges = edges
        self.groups = groups
        self.counts = counts
        self.bins = bins
        self.extent = extent
        self.numbers = numbers
    }

    private func count(_ group: Int, _ bin: Int) -> Int { counts[group].indices.contains(bin) ? counts[group][bin] : 0 }

    private func words(_ value: Double) -> String { AxisTicks.text(value, axis: chart.xAxis, numbers: numbers) }

    var gist: String {
        var parts = ["\(bins) bins from \(words(extent.low)) to \(words(extent.high))"]
        for group in counts.indices.prefix(6) {
            let total = (0..<bins).reduce(0.0) { $0 + Double(count(group, $1)) }
            let fullest = (0..<bins).max { count(group, $0) < count(group, $1) } ?? 0
            let name = group < groups.count && counts.count > 1 ? groups[group] + ": " : ""
            parts.append(
                "\(name)\(numbers.text(Scalar(total), .count)) values, most in \(words(edges[fullest])) to \(words(edges[fullest + 1])) "
                    + "(\(numbers.text(Scalar(count(group, fullest)), .count)))")
        }
        return parts.joined(separator: "; ") + "."
    }

    func draw(into builder: inout HTMLBuilder) {
        let largest = counts.joined().max() ?? 0
        guard let rawY = ChartExtent([0, Double(max(1, largest))]) else { return }
        let y = rawY.rounded(wanted: 4)
        let yTicks = AxisTicks(from: y.low, to: y.high, wanted: 4)
        let isGrouped = counts.count > 1
        let canvas = ChartCanvas(x: extent, y: y, height: height, yLabels: yTicks.labels, hasLegend: isGrouped)
        canvas.axes(chart, AxisTicks(from: extent.low, to: extent.high, axis: chart.xAxis, wanted: 5), yTicks, into: &builder)
        for group in counts.indices {
            let isColumn = group == 0
            let path = isColumn ? columns(group, canvas) : outline(group, canvas)
            builder.shape(
                "path",
                [
                    .class(isColumn ? "fill \(ChartDrawings.colour(group))" : "line \(ChartDrawings.colour(group)) d\(group % 4 + 1)"),
                    .init("d", path),
                ])
        }
        if isGrouped {
            ChartCanvas.legend(counts.indices.map { $0 < groups.count ? groups[$0] : "" }, y: 33, into: &builder) { group, place, builder in
                let start = ChartCanvas.text(place)
                let shape = group == 0 ? "M\(start) 27h20v12h-20z" : "M\(start) 33h22"
                builder.shape(
                    "path",
                    [
                        .class(group == 0 ? "fill \(ChartDrawings.colour(0))" : "line \(ChartDrawings.colour(group)) d\(group % 4 + 1)"),
                        .init("d", shape),
                    ])
            }
        }
    }

    private func columns(_ group: Int, _ canvas: ChartCanvas) -> String {
        var path = ""
        for bin in 0..<bins where count(group, bin) > 0 {
            let from = canvas.across(edges[bin])
            let to = canvas.across(edges[bin + 1])
            let gap = to - from > 4 ? 0.5 : 0
            path +=
                "M\(ChartCanvas.text(from + gap)) \(ChartCanvas.text(canvas.bottom))V\(ChartCanvas.text(canvas.down(Double(count(group, bin)))))"
            path += "H\(ChartCanvas.text(to - gap))V\(ChartCanvas.text(canvas.bottom))z"
        }
        return path
    }

    private func outline(_ group: Int, _ canvas: ChartCanvas) -> String {
        var path = "M\(ChartCanvas.text(canvas.across(edges[0]))) \(ChartCanvas.text(canvas.bottom))"
        for bin in 0..<bins {
            path += "V\(ChartCanvas.text(canvas.down(Double(count(group, bin)))))H\(ChartCanvas.text(canvas.across(edges[bin + 1])))"
        }
        return path + "V\(ChartCanvas.text(canvas.bottom))"
    }
}
