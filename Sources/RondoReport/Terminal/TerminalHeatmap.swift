import RondoKernels

/// A heat map in letters: two a cell, fuller for larger values, lines for values below zero; columns are numbered as the rows name them.
struct TerminalHeatmap {
    private(set) var lines: [String] = []

    init(rows: [String], columns: [String], values: [[Double]], isSigned: Bool, renderer: TerminalRenderer) {
        let style = renderer.style
        guard let extent = ChartExtent(values.joined()), !rows.isEmpty, !columns.isEmpty else {
            lines = ["  no values"]
            return
        }
        let reach = isSigned ? 1 : max(extent.low.magnitude, extent.high.magnitude)
        let shades = style.unicode ? TerminalHeatmap.shades : TerminalHeatmap.plainShades
        let isSquare = rows == columns
        let shownRows = min(rows.count, renderer.maxRows ?? Int.max)
        let names = (0..<shownRows).map { style.safe(isSquare ? "\($0 + 1) \(rows[$0])" : rows[$0]) }
        let nameWidth = min(renderer.width / 3, names.map { DisplayWidth.of($0) }.max() ?? 0)
        let cell = max(3, String(columns.count).count + 1)
        let shownColumns = min(columns.count, max(1, (renderer.width - nameWidth - 6) / cell))
        let heads = (1...shownColumns).map { DisplayWidth.padded(String($0), to: cell, right: true) }.joined()
        lines.append("  " + String(repeating: " ", count: nameWidth + 1) + style.paint(heads, .dim))
        for row in 0..<shownRows {
            let name = DisplayWidth.cut(names[row], to: nameWidth, ellipsis: style.ellipsis)
            var line = "  " + DisplayWidth.padded(name, to: nameWidth) + " "
            for column in 0..<shownColumns {
                let value = row < values.count && column < values[row].count ? values[row][column] : .nan
                let mark = TerminalHeatmap.mark(value, reach, shades)
                line += String(repeating: " ", count: cell - 2) + (mark == "  " ? mark : style.paint(mark, value < 0 ? .yellow : .cyan))
            }
            while line.last == " " { line.removeLast() }
            lines.append(line)
        }
        if shownRows < rows.count || shownColumns < columns.count {
            let words = "\(rows.count) by \(columns.count) cells, \(shownRows) by \(shownColumns) of them here"
            lines += UnitJoining.wrapped(style.ellipsis + " " + words, to: renderer.width - 4).map { "  " + style.paint($0, .dim) }
        }
        if !isSquare {
            let keys = (0..<shownColumns).map { "\($0 + 1) \(style.safe(columns[$0]))" }.joined(separator: " \(style.dot) ")
            lines += UnitJoining.wrapped(keys, to: renderer.width - 4).map { "  " + $0 }
        }
        let key = TerminalHeatmap.key(shades, reach, isSigned: isSigned)
        lines += UnitJoining.wrapped(key, to: renderer.width - 4).map { "  " + style.paint($0, .dim) }
    }

    /// Above zero from a tenth of the largest on, in fifths up to all of it; then the same below zero.
    private static let shades = ["··", "░░", "▒▒", "▓▓", "██", "╌╌", "--", "==", "##"]
    private static let plainShades = ["..", "::", "++", "**", "@@", "~~", "--", "==", "##"]
    private static let limits = [0.1, 0.25, 0.5, 0.75, 0.95]

    private static func mark(_ value: Double, _ reach: Double, _ shades: [String]) -> String {
        guard value.isFinite, reach > 0 else { return " ?" }
        let share = value.magnitude / reach
        guard let level = limits.lastIndex(where: { share >= $0 }) else { return "  " }
        return value < 0 ? shades[5 + min(level, 3)] : shades[level]
    }

    private static func key(_ shades: [String], _ reach: Double, isSigned: Bool) -> String {
        func text(_ share: Double) -> String { AxisTicks.label(share * reach, step: nil) }
        let above = limits.indices.map { "\(shades[$0]) \(text(limits[$0]))" }.joined(separator: "  ")
        guard isSigned else { return "from " + above }
        let below = (0..<4).map { "\(shades[5 + $0]) -\(text(limits[$0]))" }.joined(separator: "  ")
        return "from " + above + "  " + below
    }
}
