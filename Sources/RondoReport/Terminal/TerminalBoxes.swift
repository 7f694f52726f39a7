import RondoKernels

/// Boxes in letters: `├────▒▒▒█▒▒───┤  ∙`, one line a group, over a common axis.
struct TerminalBoxes {
    private(set) var lines: [String] = []

    init(_ chart: ChartBlock, _ boxes: [ChartBlock.Box], renderer: TerminalRenderer) {
        let style = renderer.style
        guard let extent = ChartExtent(boxes.flatMap(\.bounds)) else {
            lines = ["  no values"]
            return
        }
        let shown = boxes.prefix(renderer.maxRows ?? Int.max)
        let names = shown.map { style.safe($0.name) }
        let counts = shown.map { renderer.numbers.text(Scalar($0.count), .count) }
        let nameWidth = min(renderer.width / 3, names.map { DisplayWidth.of($0) }.max() ?? 0)
        let countWidth = counts.map { DisplayWidth.of($0) }.max() ?? 0
        let width = max(10, min(70, renderer.width - nameWidth - countWidth - 8))
        for (index, box) in shown.enumerated() {
            let name = DisplayWidth.cut(names[index], to: nameWidth, ellipsis: style.ellipsis)
            var line = "  " + DisplayWidth.padded(name, to: nameWidth, right: true) + (nameWidth > 0 ? "  " : "")
            line += style.paint(TerminalBoxes.drawn(box, extent, width, unicode: style.unicode), .cyan)
            lines.append(line + "  " + DisplayWidth.padded(counts[index], to: countWidth, right: true))
        }
        let margin = String(repeating: " ", count: 2 + (nameWidth > 0 ? nameWidth + 2 : 0))
        let low = AxisTicks.text(extent.low, axis: chart.xAxis, numbers: renderer.numbers)
        let high = AxisTicks.text(extent.high, axis: chart.xAxis, numbers: renderer.numbers)
        let room = max(0, width - low.count - high.count - 2)
        let name = DisplayWidth.cut(style.safe(chart.xLabel), to: room, ellipsis: style.ellipsis)
        let free = max(2, width - low.count - high.count - DisplayWidth.of(name))
        lines.append(
            margin + low + String(repeating: " ", count: free / 2) + style.paint(name, .dim)
                + String(repeating: " ", count: free - free / 2) + high)
        if boxes.count > shown.count { lines.append("  \(style.ellipsis) \(boxes.count - shown.count) more") }
    }

    private static func drawn(_ box: ChartBlock.Box, _ extent: ChartExtent, _ width: Int, unicode: Bool) -> String {
        var cells = [Character](repeating: " ", count: width)
        func place(_ value: Double) -> Int { Int((extent.share(value) * Double(width - 1)).rounded()) }
        for value in box.outliers { cells[place(value)] = unicode ? "∙" : "o" }
        for index in place(box.low)...max(place(box.low), place(box.high)) { cells[index] = unicode ? "─" : "-" }
        for index in place(box.q25)...max(place(box.q25), place(box.q75)) { cells[index] = unicode ? "▒" : "=" }
        if place(box.low) < place(box.q25) { cells[place(box.low)] = unicode ? "├" : "|" }
        if place(box.high) > place(box.q75) { cells[place(box.high)] = unicode ? "┤" : "|" }
        cells[place(box.median)] = unicode ? "█" : "#"
        return String(cells)
    }
}
