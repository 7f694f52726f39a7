import RondoKernels

/// Cells as Markdown (GitHub's tables): the script in fences, results below.
package struct MarkdownRenderer: CellRenderer {
    package var numbers: NumberText
    /// Rows of a table before its middle is left out with a count.
    package var maxRows: Int
    package var name: String { "markdown" }

    package init(numbers: NumberText = NumberText(), maxRows: Int = 200) {
        self.numbers = numbers
        self.maxRows = max(2, maxRows)
    }

    package func render(_ cell: CellReport, into output: inout String) {
        if cell.number != nil {
            let fence = MarkdownRenderer.fence(for: cell.source)
            output += "\(fence)rondo\n\(cell.source)\n\(fence)\n\n"
        }
        if cell.status == .stale { output += "*Stale: something this cell read has changed.*\n\n" }
        let mentioned = ShownFigures.names(in: cell)
        for block in cell.blocks {
            switch block {
            case .text(let text):
                let words = MarkdownRenderer.escaped(SlotFilling.fill(text.template, from: cell, numbers: numbers))
                output += (text.tone == .warning ? "**Warning:** " : "") + words + "\n\n"
            case .figures(let figures):
                let rest = figures.filter { !mentioned.contains($0.name) }
                if rest.isEmpty { continue }
                output += rest.map { "\(MarkdownRenderer.escaped($0.name)) **\(MarkdownRenderer.escaped(numbers.text($0)))**" }.joined(
                    separator: " · ")
                output += "\n\n"
            case .table(let table): render(table, into: &output)
            case .chart(let chart):
                if let table = ChartTable(chart).table { render(table, into: &output) }
            case .note(let markdown): output += markdown + "\n\n"
            }
        }
        if let error = cell.error {
            output += "**Error \(error.code):** \(MarkdownRenderer.escaped(error.message))\n\n"
            if let note = error.note { output += MarkdownRenderer.escaped(note) + "\n\n" }
            if !error.remedy.isEmpty {
                let fence = MarkdownRenderer.fence(for: error.remedy)
                output += "Try:\n\n\(fence)rondo\n\(error.remedy)\n\(fence)\n\n"
            }
        }
    }

    private func render(_ table: TableBlock, into output: inout String) {
        if !table.caption.isEmpty { output += "**\(MarkdownRenderer.escaped(table.caption))**\n\n" }
        guard !table.columns.isEmpty else { return }
        let rows = RowThinning.rows(of: table.rows.count, limit: maxRows)
        let columns = table.columns.indices.map { numbers.column($0, of: table, rows: rows) }
        output += "| " + table.columns.map { MarkdownRenderer.escaped($0.name) }.joined(separator: " | ") + " |\n"
        output += "|" + table.columns.map { ["number", "integer", "duration"].contains($0.type) ? " ---: |" : " --- |" }.joined() + "\n"
        for (index, row) in rows.enumerated() {
            let cells = table.columns.indices.map { row == nil ? "…" : MarkdownRenderer.escaped(columns[$0][index]) }
            output += "| " + cells.joined(separator: " | ") + " |\n"
        }
        output += "\n"
        let hidden = table.rows.count - rows.count + 1
        if rows.contains(where: { $0 == nil }) {
            output += "\(NumberText.count(hidden)) of \(NumberText.count(table.rows.count)) rows are left out here.\n\n"
        }
    }

    /// Backquotes one longer than any run inside.
    private static func fence(for text: String) -> String {
        var longest = 2
        var run = 0
        for character in text {
            run = character == "`" ? run + 1 : 0
            longest = max(longest, run)
        }
        return String(repeating: "`", count: longest + 1)
    }

    /// Text with the letters that Markdown and its tables would read as marks escaped; line breaks become blanks.
    package static func escaped(_ text: String) -> String {
        var result = ""
        for character in DisplayWidth.printable(text, keepsLines: true) {
            switch character {
            case "\\", "`", "*", "_", "[", "]", "<", ">", "|", "#", "~", "&": result += "\\\(character)"
            case "\n": result += " "
            default: result.append(character)
            }
        }
        return result
    }
}
