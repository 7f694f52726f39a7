import RondoKernels

/// A small chart of block characters: bars for histograms and bars, a grid with marks for lines and points.
struct TerminalChart {
    private(set) var lines: [String] = []
    private let renderer: TerminalRenderer
    private var style: TerminalStyle { renderer.style }

    init(_ chart: ChartBlock, renderer: TerminalRenderer) {
        self.renderer = renderer
        if !chart.title.isEmpty { lines.append("  " + style.paint(style.safe(chart.title), .bold)) }
        switch chart.marks {
        case .histogram(let edges, let groups, let counts): histogram(chart, edges, groups, counts)
        case .bars(let labels, let groups, let values): bars(labels, groups, values)
        case .line(let series): grid(chart, series, joined: true)
        case .scatter(let series): grid(chart, series, joined: false)
        case .box(let boxes): lines += TerminalBoxes(chart, boxes, renderer: renderer).lines
        case .heatmap(let rows, let columns, let values, let isSigned):
            lines += TerminalHeatmap(rows: rows, columns: columns, values: values, isSigned: isSigned, renderer: renderer).lines
        }
    }

    // MARK: bars

    private mutating func histogram(_ chart: ChartBlock, _ edges: [Double], _ groups: [String], _ counts: [[Int]]) {
        let bins = MergedBins(edges: edges, counts: counts, most: 24)
        guard bins.edges.count > 1 else { return lines.append("  no values") }
        let texts = bins.edges.map { AxisTicks.text($0, axis: chart.xAxis) }
        bars(zip(texts, texts.dropFirst()).map { "\($0) to \($1)" }, groups, bins.counts)
    }

    private mutating func bars(_ labels: [String], _ groups: [String], _ values: [[Double]]) {
        let limit = renderer.maxRows ?? Int.max
        let shown = min(labels.count, limit)
        let texts = values.map { series in
            labels.indices.prefix(shown).map { renderer.numbers.text(Scalar($0 < series.count ? series[$0] : .nan), .number) }
        }
        guard shown > 0, !values.isEmpty else { return lines.append("  no values") }
        let names = labels.prefix(shown).map { style.safe($0) }
        let keys = values.indices.map { $0 < groups.count && values.count > 1 ? style.safe(groups[$0]) : "" }
        let nameWidth = min(renderer.width / 3, names.map { DisplayWidth.of($0) }.max() ?? 0)
        let keyWidth = min(renderer.width / 5, keys.map { DisplayWidth.of($0) }.max() ?? 0)
        let textWidth = texts.joined().map { DisplayWidth.of($0) }.max() ?? 0
        let largest = values.joined().filter(\.isFinite).map(\.magnitude).max() ?? 0
        let room = max(4, min(60, renderer.width - nameWidth - textWidth - (keyWidth > 0 ? keyWidth + 2 : 0) - 7))
        for index in 0..<shown {
            for group in values.indices {
                let value = index < values[group].count ? values[group][index] : .nan
                let name = group == 0 ? DisplayWidth.cut(names[index], to: nameWidth, ellipsis: style.ellipsis) : ""
                var line = "  " + DisplayWidth.padded(name, to: nameWidth, right: true)
                if keyWidth > 0 {
                    line += "  " + DisplayWidth.padded(DisplayWidth.cut(keys[group], to: keyWidth, ellipsis: style.ellipsis), to: keyWidth)
                }
                line += "  " + style.paint(bar(value, largest, room), .cyan)
                line += (value.isFinite && value != 0 ? " " : "") + texts[group][index]
                lines.append(line)
            }
        }
        if labels.count > shown { lines.append("  \(style.ellipsis) \(labels.count - shown) more") }
    }

    private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

    private func bar(_ value: Double, _ largest: Double, _ room: Int) -> String {
        guard value.isFinite, value != 0, largest > 0 else { return "" }
        let share = value.magnitude / largest * Double(room)
        if value < 0 { return "-" + String(repeating: style.unicode ? "▒" : "=", count: max(1, Int(share.rounded()))) }
        guard style.unicode else { return String(repeating: "#", count: max(1, Int(share.rounded()))) }
        let parts = max(1, Int((share * 8).rounded()))
        return String(repeating: "█", count: parts / 8) + TerminalChart.eighths[parts % 8]
    }

    // MARK: grid

    private mutating func grid(_ chart: ChartBlock, _ series: [ChartBlock.Series], joined: Bool) {
        let points = series.map { one in zip(one.x, one.y).filter { $0.0.isFinite && $0.1.isFinite }.sorted { $0.0 < $1.0 } }
        guard let xExtent = ChartExtent(points.joined().map(\.0)), let rawY = ChartExtent(points.joined().map(\.1)) else {
            return lines.append("  no values")
        }
        let yExtent = rawY.rounded(wanted: 4)
        let height = 12
        let ticks = AxisTicks(from: yExtent.low, to: yExtent.high, wanted: 4)
        let labelWidth = max(ticks.labels.map { DisplayWidth.of($0) }.max() ?? 0, 1)
        let width = max(10, min(64, renderer.width - labelWidth - 5))
        let marks: [Character] = style.unicode ? ["●", "○", "▲", "△", "■", "□", "◆", "◇"] : ["*", "o", "+", "x", "#", "@", "%", "&"]
        var cells = [[Character]](repeating: [Character](repeating: " ", count: width), count: height)
        func row(_ y: Double) -> Int { height - 1 - Int((yExtent.share(y) * Double(height - 1)).rounded()) }
        func column(_ x: Double) -> Int { Int((xExtent.share(x) * Double(width - 1)).rounded()) }
        for (index, one) in points.enumerated() {
            let mark = marks[index % marks.count]
            if joined {
                for (start, end) in zip(one, one.dropFirst()) {
                    let (first, last) = (column(start.0), column(end.0))
                    for step in first...max(first, last) {
                        let share = last > first ? Double(step - first) / Double(last - first) : 0
                        let place = row(start.1 + (end.1 - start.1) * share)
                        if cells[place][step] == " " { cells[place][step] = style.unicode ? "∙" : "." }
                    }
                }
            }
            for point in one { cells[row(point.1)][column(point.0)] = mark }
        }
        draw(cells, chart, ticks, labelWidth, row: row, xExtent)
        let named = series.indices.filter { !series[$0].name.isEmpty }
        if series.count > 1 {
            let keys = named.map { "\(marks[$0 % marks.count]) \(style.safe(series[$0].name))" }.joined(separator: "  ")
            lines += DisplayWidth.wrapped(keys, to: renderer.width - 4).map { "    " + $0 }
        }
    }

    private mutating func draw(
        _ cells: [[Character]], _ chart: ChartBlock, _ ticks: AxisTicks, _ labelWidth: Int, row: (Double) -> Int, _ xExtent: ChartExtent
    ) {
        let bar = style.unicode ? "│" : "|"
        if !chart.yLabel.isEmpty { lines.append("  " + style.paint(style.safe(chart.yLabel), .dim)) }
        var labels = [Int: String]()
        for (value, label) in zip(ticks.values, ticks.labels) { labels[row(value)] = label }
        for (index, line) in cells.enumerated() {
            var text = "  " + DisplayWidth.padded(labels[index] ?? "", to: labelWidth, right: true) + " " + bar + String(line)
            while text.last == " " { text.removeLast() }
            lines.append(text)
        }
        let width = cells.first?.count ?? 0
        let margin = "  " + String(repeating: " ", count: labelWidth + 1)
        lines.append(margin + (style.unicode ? "└" : "+") + String(repeating: style.rule, count: width))
        let low = AxisTicks.text(xExtent.low, axis: chart.xAxis)
        let high = AxisTicks.text(xExtent.high, axis: chart.xAxis)
        let name = DisplayWidth.cut(style.safe(chart.xLabel), to: max(0, width - low.count - high.count - 2), ellipsis: style.ellipsis)
        let free = max(2, width - low.count - high.count - DisplayWidth.of(name))
        lines.append(
            margin + " " + low + String(repeating: " ", count: free / 2) + style.paint(name, .dim)
                + String(repeating: " ", count: free - free / 2) + high)
    }
}
