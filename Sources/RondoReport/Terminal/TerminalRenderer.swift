import RondoKernels

/// Cells for people at a terminal, or in plain text for a pipe: the same layout, with and without colour.
package struct TerminalRenderer: CellRenderer {
    /// Cells of a line.
    package var width: Int
    package var style: TerminalStyle
    /// Rows of data before their middle is left out, results may have two and a half times as many; nil shows all.
    package var maxRows: Int?
    /// Columns are left out to fit the width; `more` shows all and lets the pager scroll.
    package var fitsWidth: Bool
    /// Whether errors name the line of the file.
    package var showsLines: Bool
    package var numbers: NumberText
    package var name: String { "text" }

    package init(
        width: Int = 80, colour: Bool = false, unicode: Bool = true, maxRows: Int? = 40, fitsWidth: Bool = true, showsLines: Bool = false,
        numbers: NumberText = NumberText()
    ) {
        self.width = max(20, width)
        style = TerminalStyle(colour: colour, unicode: unicode)
        self.maxRows = maxRows
        self.fitsWidth = fitsWidth
        self.showsLines = showsLines
        self.numbers = numbers
    }

    package func render(_ cell: CellReport, into output: inout String) {
        var lines: [String] = []
        if cell.status == .stale { lines.append(style.paint("stale: something it read has changed; rerun brings it up to date", .yellow)) }
        let mentioned = ShownFigures.names(in: cell)
        var figures: [Figure] = []
        for block in cell.blocks {
            switch block {
            case .text(let text): lines += self.lines(text, of: cell, isFirst: lines.isEmpty)
            case .figures(let more): figures += more.filter { !mentioned.contains($0.name) }
            case .table(let table) where table.isDetail && maxRows != nil:
                lines.append("  " + style.paint(style.safe("\(table.caption): more"), .dim))
            case .table(let table): append(TerminalTable(table, renderer: self).lines, to: &lines, after: &figures)
            case .chart(let chart): append(TerminalChart(chart, renderer: self).lines, to: &lines, after: &figures)
            case .note(let markdown): append(self.lines(note: markdown), to: &lines, after: &figures)
            }
        }
        append([], to: &lines, after: &figures)
        if let error = cell.error {
            lines += ([error] + cell.moreErrors).flatMap { TerminalError($0, cell: cell, renderer: self).lines }
        }
        for line in lines {
            output += line
            output += "\n"
        }
    }

    /// Appends lines of a picture or table, set apart by an empty line, and before them the figures that still wait: words come
    /// first, then the figures that no words mention.
    private func append(_ more: [String], to lines: inout [String], after figures: inout [Figure]) {
        lines += self.lines(figures, isFirst: lines.isEmpty)
        figures = []
        if !more.isEmpty, !lines.isEmpty { lines.append("") }
        lines += more
    }

    private func lines(note markdown: String) -> [String] {
        NoteText.lines(style.safe(markdown, keepsLines: true), width: width).map { $0.hasPrefix("#") ? style.paint($0, .bold) : $0 }
    }

    // MARK: text

    /// The first line of an answer stands at the margin, all others are set in by two.
    private func lines(_ text: TextBlock, of cell: CellReport, isFirst: Bool) -> [String] {
        let words = style.safe(SlotFilling.fill(text.template, from: cell, numbers: numbers), keepsLines: true)
        let marked = text.tone == .warning ? "warning: " + words : words
        var result: [String] = []
        for (index, line) in UnitJoining.wrapped(marked, to: width - 4).enumerated() {
            let margin = index > 0 ? (isFirst ? "  " : "    ") : isFirst ? "" : "  "
            switch text.tone {
            case .plain: result.append(margin + line)
            case .good: result.append(margin + style.paint(line, .green))
            case .warning: result.append(margin + style.paint(line, .yellow))
            }
        }
        return result
    }

    // MARK: figures

    /// Figures no text mentions: on one line while they fit, else a list with aligned values.
    private func lines(_ figures: [Figure], isFirst: Bool) -> [String] {
        if figures.isEmpty { return [] }
        let pairs = figures.map { (name: style.safe($0.name), value: style.safe(numbers.text($0))) }
        let margin = isFirst ? "" : "  "
        let compact = pairs.map { "\($0.name) \($0.value)" }.joined(separator: " \(style.dot) ")
        if margin.count + DisplayWidth.of(compact) <= width {
            return [
                margin + pairs.map { style.paint($0.name, .dim) + " " + $0.value }.joined(separator: style.paint(" \(style.dot) ", .dim))
            ]
        }
        let names = min(width / 2, pairs.map { DisplayWidth.of($0.name) }.max() ?? 0)
        let values = min(width - names - 4, pairs.map { DisplayWidth.of($0.value) }.max() ?? 0)
        return zip(figures, pairs).map { figure, pair in
            let name = DisplayWidth.padded(DisplayWidth.cut(pair.name, to: names, ellipsis: style.ellipsis), to: names)
            let value = DisplayWidth.cut(pair.value, to: values, ellipsis: style.ellipsis)
            let isNumber = figure.value.number != nil || figure.value.isMissing
            return "  " + style.paint(name, .dim) + "  " + (isNumber ? DisplayWidth.padded(value, to: values, right: true) : value)
        }
    }
}
