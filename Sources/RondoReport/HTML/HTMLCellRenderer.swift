/// A cell as a piece of HTML: its code, folded or not, and its results.
package struct HTMLCellRenderer: CellRenderer {
    package var numbers: NumberText
    /// Whether charts are drawn; a notebook keeps them beside the other results.
    var showsCharts = true
    package var name: String { "html" }

    package init(numbers: NumberText = NumberText()) { self.numbers = numbers }

    package func render(_ cell: CellReport, into output: inout String) {
        var builder = HTMLBuilder()
        var markdown = MarkdownNote(anchorPrefix: "note-\(cell.line)")
        render(cell, anchor: HTMLCellRenderer.anchor(cell), notes: &markdown, into: &builder)
        output += builder.html
    }

    /// Where the contents point: cells by number, notes by line.
    static func anchor(_ cell: CellReport) -> String { cell.number.map { "cell-\($0)" } ?? "note-\(cell.line)" }

    /// What is wrong with a cell, in words.
    static func trouble(_ cell: CellReport) -> String? {
        if cell.error != nil || cell.status == .error { return "failed" }
        return cell.status == .stale ? "stale" : nil
    }

    func render(_ cell: CellReport, anchor: String, notes: inout MarkdownNote, into builder: inout HTMLBuilder) {
        guard let number = cell.number else {
            builder.element("div", [.class("note"), .id(anchor)]) { builder in
                for case .note(let markdown) in cell.blocks { notes.render(markdown, into: &builder) }
            }
            return builder.line()
        }
        let trouble = HTMLCellRenderer.trouble(cell)
        builder.element("article", [.class(trouble.map { "cell \($0)" } ?? "cell"), .id(anchor), .init("aria-label", "Cell \(number)")]) {
            builder in
            builder.element("details", [.class("source"), .init("open", "")]) { builder in
                builder.element("summary") { builder in
                    builder.text("Cell \(number)")
                    if let trouble { builder.element("strong", [.class("state")], text: " \(trouble)") }
                }
                builder.element("pre") { $0.element("code") { CodeMarkup.render(cell.source, into: &$0) } }
            }
            builder.line()
            if cell.status == .stale {
                builder.element("p", [.class("warning")], text: "Stale: something this cell read has changed since it ran.")
            }
            results(cell, anchor: anchor, notes: &notes, into: &builder)
            if let error = cell.error { self.error(error, into: &builder) }
        }
        builder.line()
    }

    /// The results alone.
    func results(_ cell: CellReport) -> String {
        var builder = HTMLBuilder()
        let anchor = HTMLCellRenderer.anchor(cell)
        var notes = MarkdownNote(anchorPrefix: anchor)
        results(cell, anchor: anchor, notes: &notes, into: &builder)
        return builder.html
    }

    private func results(_ cell: CellReport, anchor: String, notes: inout MarkdownNote, into builder: inout HTMLBuilder) {
        let mentioned = ShownFigures.names(in: cell)
        let hasWords = cell.blocks.contains { if case .text = $0 { true } else { false } }
        var waiting: [Figure] = []
        for (index, block) in cell.blocks.enumerated() {
            switch block {
            case .text(let text): words(text, of: cell, into: &builder)
            case .figures(let figures): waiting += figures.filter { !mentioned.contains($0.name) }
            case .table(let table):
                self.figures(&waiting, besideWords: hasWords, into: &builder)
                HTMLTable(table: table, numbers: numbers).render(into: &builder)
            case .chart(let chart):
                guard showsCharts else { continue }
                self.figures(&waiting, besideWords: hasWords, into: &builder)
                ChartFigure(chart: chart, identifier: "\(anchor)-\(index + 1)", numbers: numbers).render(into: &builder)
            case .note(let markdown):
                self.figures(&waiting, besideWords: hasWords, into: &builder)
                notes.render(markdown, into: &builder)
            }
        }
        figures(&waiting, besideWords: hasWords, into: &builder)
    }

    private func words(_ text: TextBlock, of cell: CellReport, into builder: inout HTMLBuilder) {
        builder.element("p", [.class("answer \(text.tone.rawValue)")]) { builder in
            if text.tone == .warning { builder.element("strong", text: "Warning: ") }
            for piece in SlotFilling.filled(text.template, with: { cell.figure($0).map(numbers.text) }) {
                let words = UnitJoining.joined(piece.text)
                if piece.isFigure { builder.element("b", text: words) } else { builder.text(words) }
            }
        }
        builder.line()
    }

    private func figures(_ figures: inout [Figure], besideWords hasWords: Bool, into builder: inout HTMLBuilder) {
        if figures.isEmpty { return }
        builder.element("dl", [.class(hasWords ? "figures rest" : "figures")]) { builder in
            for figure in figures {
                builder.element("div") { builder in
                    builder.element("dt", text: figure.name)
                    builder.element("dd", text: UnitJoining.joined(numbers.text(figure)))
                }
            }
        }
        builder.line()
        figures = []
    }

    private func error(_ error: ErrorReport, into builder: inout HTMLBuilder) {
        builder.element("div", [.class("error")]) { builder in
            builder.element("p") { builder in
                builder.element("strong", text: "Error \(error.code): ")
                builder.text(error.message)
                if let note = error.note { builder.text(" (\(note))") }
            }
            if !error.remedy.isEmpty {
                builder.element("p") { builder in
                    builder.text("Try: ")
                    builder.element("code", text: error.remedy)
                }
            }
        }
    }
}
