import RondoKernels

/// A table that fits the terminal: middle columns and rows left out with counts, types under names, numbers to the right.
struct TerminalTable {
    let lines: [String]

    private struct Column {
        var name: String
        var type: String
        var cells: [String]
        var isNumeric: Bool
        var width: Int
    }

    init(_ table: TableBlock, renderer: TerminalRenderer) {
        var result: [String] = []
        let style = renderer.style
        if !table.caption.isEmpty {
            for line in DisplayWidth.wrapped(style.safe(table.caption), to: renderer.width - 2) {
                result.append("  " + style.paint(line, .bold))
            }
        }
        guard !table.columns.isEmpty else {
            lines = result + ["  no columns"]
            return
        }
        let rows = TerminalTable.shownRows(table.rows.count, renderer.maxRows)
        var columns = table.columns.indices.map { TerminalTable.column($0, of: table, rows: rows, renderer) }
        var hidden: (after: Int, count: Int)?
        if renderer.fitsWidth {
            TerminalTable.shrink(&columns, to: renderer.width - 2, style)
            hidden = TerminalTable.drop(&columns, to: renderer.width - 2)
        }
        result += TerminalTable.draw(columns, rows: rows, total: table.rows.count, hidden: hidden, style)
        lines = result
    }

    // MARK: what is shown

    /// Row numbers shown, with nil where rows are left out.
    private static func shownRows(_ count: Int, _ limit: Int?) -> [Int?] {
        limit.map { RowThinning.rows(of: count, limit: $0) } ?? Array(0..<count)
    }

    private static func column(_ index: Int, of table: TableBlock, rows: [Int?], _ renderer: TerminalRenderer) -> Column {
        let column = table.columns[index]
        let values = rows.map { row in
            guard let row, index < table.rows[row].count else { return Scalar.missing }
            return table.rows[row][index]
        }
        let cells = renderer.numbers.column(values, column.style).map { renderer.style.safe($0) }
        let name = renderer.style.safe(column.name)
        let width = max(
            DisplayWidth.of(name), DisplayWidth.of(column.type), zip(rows, cells).map { $0 == nil ? 0 : DisplayWidth.of($1) }.max() ?? 0)
        let isNumeric = ["number", "integer", "duration"].contains(column.type)
        return Column(name: name, type: column.type, cells: cells, isNumeric: isNumeric, width: width)
    }

    private static func total(_ columns: [Column]) -> Int { columns.reduce(0) { $0 + $1.width } + 2 * max(0, columns.count - 1) }

    /// Wide text columns give way first: to 32, then 20, then 12 cells.
    private static func shrink(_ columns: inout [Column], to width: Int, _ style: TerminalStyle) {
        for limit in [48, 32, 20, 12] where total(columns) > width {
            for index in columns.indices where !columns[index].isNumeric && columns[index].width > limit {
                columns[index].width = max(limit, columns[index].width - (total(columns) - width))
            }
        }
    }

    /// Columns from the middle go until the rest fits; the first always stays.
    private static func drop(_ columns: inout [Column], to width: Int) -> (after: Int, count: Int)? {
        guard total(columns) > width, columns.count > 1 else { return nil }
        var head = 1
        var tail = 0
        var used = columns[0].width + 2 + 8
        func room(_ index: Int) -> Bool { used + columns[index].width + 2 <= width }
        while head + tail < columns.count {
            let last = columns.count - 1 - tail
            if tail < head, room(last) {
                used += columns[last].width + 2
                tail += 1
            } else if room(head), head < last {
                used += columns[head].width + 2
                head += 1
            } else {
                break
            }
        }
        let count = columns.count - head - tail
        guard count > 0 else { return nil }
        columns.removeSubrange(head..<(head + count))
        if columns.count == 1 { columns[0].width = max(4, min(columns[0].width, width - 10)) }
        return (head, count)
    }

    // MARK: drawing

    private static func draw(_ columns: [Column], rows: [Int?], total: Int, hidden: (after: Int, count: Int)?, _ style: TerminalStyle)
        -> [String]
    {
        let gap = hidden.map { "\(style.ellipsis) \($0.count) more" } ?? ""
        let gapWidth = max(6, DisplayWidth.of(gap))
        func line(_ paint: TerminalStyle.Paint?, gapText: String, _ cell: (Column) -> String) -> String {
            var parts: [String] = []
            for (index, column) in columns.enumerated() {
                if let hidden, hidden.after == index { parts.append(DisplayWidth.padded(gapText, to: gapWidth)) }
                let text = DisplayWidth.cut(cell(column), to: column.width, ellipsis: style.ellipsis)
                parts.append(DisplayWidth.padded(text, to: column.width, right: column.isNumeric))
            }
            if let hidden, hidden.after >= columns.count { parts.append(DisplayWidth.padded(gapText, to: gapWidth)) }
            var text = parts.joined(separator: "  ")
            while text.last == " " { text.removeLast() }
            return "  " + (paint.map { style.paint(text, $0) } ?? text)
        }
        var result = [line(.bold, gapText: gap) { $0.name }]
        // In a list of words every type is text: a second heading would say nothing.
        if columns.contains(where: { $0.type != "text" }) { result.append(line(.dim, gapText: "") { $0.type }) }
        let shown = columns.reduce(0) { $0 + $1.width } + 2 * max(0, columns.count - 1) + (hidden == nil ? 0 : gapWidth + 2)
        result.append("  " + style.paint(String(repeating: style.rule, count: shown), .dim))
        for (index, row) in rows.enumerated() {
            if row == nil {
                result.append(
                    "  " + style.paint("\(style.ellipsis) \(DecimalDigits(Int64(total - rows.count + 1)).text()) rows more", .dim))
            } else {
                result.append(line(nil, gapText: style.ellipsis) { $0.cells[index] })
            }
        }
        if total == 0 { result.append("  no rows") }
        return result
    }
}
