import RondoKernels

/// A table that fits the terminal: numbers to the right, middle rows left out with a count, and where it is too wide folded into
/// parts that each begin with the columns that tell the rows apart, so that no figure is lost.
///
/// Only a table of very many columns loses some, from its middle, with their names below.
struct TerminalTable {
    let lines: [String]

    init(_ table: TableBlock, renderer: TerminalRenderer) {
        let style = renderer.style
        guard !table.columns.isEmpty else {
            lines = TerminalTable.caption(table.caption, renderer) + ["  no columns"]
            return
        }
        // A row of a result is a finding: more of them are worth their lines than rows of data.
        let limit = renderer.maxRows.map { table.showsTypes ? $0 : $0 * 5 / 2 }
        let rows = limit.map { RowThinning.rows(of: table.rows.count, limit: $0) } ?? Array(0..<table.rows.count)
        var columns = table.columns.indices.map { TerminalColumn($0, of: table, rows: rows, renderer) }
        var folding = TableFolding(parts: [Array(columns.indices)])
        if renderer.fitsWidth {
            folding = TableFolding(&columns, keys: TerminalTable.keys(of: table), width: renderer.width - 2)
        }
        var result: [String] = []
        for (index, part) in folding.parts.enumerated() {
            if index > 0 { result.append("") }
            let words = index == 0 || table.caption.isEmpty ? table.caption : table.caption + ", continued"
            result += TerminalTable.caption(words, renderer)
            let drawing = TablePart(
                columns: part.map { columns[$0] }, rows: rows, total: table.rows.count, hidden: folding.hidden, style: style)
            result += drawing.lines(showsTypes: table.showsTypes)
        }
        if let hidden = folding.hidden {
            let names = NameList.words(hidden.columns.map { columns[$0].name }, limit: 8)
            result += UnitJoining.wrapped("not shown: \(names)", to: renderer.width - 2).map { "  " + style.paint($0, .dim) }
        }
        lines = result
    }

    private static func caption(_ text: String, _ renderer: TerminalRenderer) -> [String] {
        if text.isEmpty { return [] }
        return UnitJoining.wrapped(renderer.style.safe(text), to: renderer.width - 2).map { "  " + renderer.style.paint($0, .bold) }
    }

    /// How many columns at the front tell the rows apart: at most three, else the first alone.
    private static func keys(of table: TableBlock) -> Int {
        for count in 1...3 where count < table.columns.count {
            if Set(table.rows.map { $0.prefix(count).map(\.self) }).count == table.rows.count { return count }
        }
        return 1
    }
}

/// A column of a table as it stands in the terminal.
struct TerminalColumn {
    var name: String
    var type: String
    var cells: [String]
    var isNumeric: Bool
    var width: Int

    init(_ index: Int, of table: TableBlock, rows: [Int?], _ renderer: TerminalRenderer) {
        let column = table.columns[index]
        cells = renderer.numbers.column(index, of: table, rows: rows).map { renderer.style.safe($0) }
        name = renderer.style.safe(column.name)
        type = column.type
        isNumeric = ["number", "integer", "duration"].contains(column.type)
        let widest = zip(rows, cells).map { $0 == nil ? 0 : DisplayWidth.of($1) }.max() ?? 0
        width = max(DisplayWidth.of(name), table.showsTypes ? DisplayWidth.of(type) : 0, widest, 1)
    }

    /// The width of columns side by side.
    static func total(_ columns: some Sequence<TerminalColumn>) -> Int { columns.reduce(-2) { $0 + $1.width + 2 } }
}

/// The lines of columns side by side.
struct TablePart {
    var columns: [TerminalColumn]
    /// Row numbers shown, nil where rows are left out.
    var rows: [Int?]
    var total: Int
    /// Columns left out, and after how many of those shown.
    var hidden: TableFolding.Hidden?
    var style: TerminalStyle

    /// Words that do not fit are cut in rows of data, and go on in further lines in tables of results.
    func lines(showsTypes: Bool) -> [String] {
        let gap = hidden.map { "\(style.ellipsis) \($0.columns.count) more" } ?? ""
        var result = [line(.bold, gap: gap) { $0.name }]
        if showsTypes { result.append(line(.dim, gap: "") { $0.type }) }
        let width = TerminalColumn.total(columns) + (hidden == nil ? 0 : gapWidth + 2)
        result.append("  " + style.paint(String(repeating: style.rule, count: width), .dim))
        for (index, row) in rows.enumerated() {
            if row == nil {
                let count = DecimalDigits(Int64(total - rows.count + 1)).text()
                result.append("  " + style.paint("\(style.ellipsis) \(count) rows more", .dim))
            } else {
                result += showsTypes ? [line(nil, gap: style.ellipsis) { $0.cells[index] }] : wrappedRow(index)
            }
        }
        if total == 0 { result.append("  no rows") }
        return result
    }

    /// Cells of more lines than this are cut.
    private static let mostLines = 6

    private func wrappedRow(_ index: Int) -> [String] {
        let cells = columns.enumerated().map { place, column -> [String] in
            let text = column.cells[index]
            guard !column.isNumeric, column.width >= 10, DisplayWidth.of(text) > column.width else { return [text] }
            // What goes on in the first column is set in, so that it is not taken for another row.
            let lines = UnitJoining.wrapped(text, to: column.width - (place == 0 ? 2 : 0))
            let kept =
                lines.prefix(TablePart.mostLines - 1)
                + (lines.count < TablePart.mostLines ? [] : [lines.dropFirst(TablePart.mostLines - 1).joined(separator: " ")])
            return kept.enumerated().map { $0.offset > 0 && place == 0 ? "  " + $0.element : $0.element }
        }
        let height = cells.map(\.count).max() ?? 1
        return (0..<height).map { row in
            line(nil, gap: row == 0 ? style.ellipsis : "", texts: cells.map { row < $0.count ? $0[row] : "" })
        }
    }

    private var gapWidth: Int { hidden.map { max(6, String($0.columns.count).count + 7) } ?? 0 }

    private func line(_ paint: TerminalStyle.Paint?, gap: String, _ cell: (TerminalColumn) -> String) -> String {
        line(paint, gap: gap, texts: columns.map(cell))
    }

    private func line(_ paint: TerminalStyle.Paint?, gap: String, texts: [String]) -> String {
        var parts = zip(columns, texts).map { column, text in
            let text = DisplayWidth.cut(text, to: column.width, ellipsis: style.ellipsis)
            return DisplayWidth.padded(text, to: column.width, right: column.isNumeric)
        }
        if let hidden { parts.insert(DisplayWidth.padded(gap, to: gapWidth), at: min(hidden.after, parts.count)) }
        var text = parts.joined(separator: "  ")
        while text.last == " " { text.removeLast() }
        return "  " + (paint.map { style.paint(text, $0) } ?? text)
    }
}
