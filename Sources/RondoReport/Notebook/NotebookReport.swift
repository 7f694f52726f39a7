/// A report as a Jupyter notebook (nbformat 4.5): a cell for each cell, its results as HTML, plain text and SVG pictures.
///
/// It is to be looked at where notebooks are shown; its kernel, `rondo`, need not be there. Equal documents give equal bytes.
package enum NotebookReport {
    /// - Parameters:
    ///   - opening: Markdown of the first cell: title, goal and verdict.
    ///   - closing: Markdown of the last cell: ledger, models, files, facts.
    package static func render(_ document: ReportDocument, opening: String, closing: String) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("cells")
            writer.array { writer in
                markdown(opening, id: "opening", to: &writer)
                for (index, cell) in document.cells.enumerated() {
                    if let number = cell.number {
                        code(cell, number: number, document.numbers, to: &writer)
                    } else {
                        for case .note(let text) in cell.blocks { markdown(text, id: "note-\(index + 1)", to: &writer) }
                    }
                }
                markdown(closing, id: "closing", to: &writer)
            }
            writer.key("metadata")
            writer.object { writer in
                writer.key("kernelspec")
                writer.object { writer in
                    writer.member("display_name", "Rondo")
                    writer.member("language", "rondo")
                    writer.member("name", "rondo")
                }
                writer.key("language_info")
                writer.object { writer in
                    writer.member("file_extension", ".rondo")
                    writer.member("name", "rondo")
                }
            }
            writer.member("nbformat", 4)
            writer.member("nbformat_minor", 5)
        }
        return writer.text + "\n"
    }

    private static func markdown(_ text: String, id: String, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("cell_type", "markdown")
            writer.member("id", id)
            metadata(to: &writer)
            lines("source", text, to: &writer)
        }
    }

    private static func code(_ cell: CellReport, number: Int, _ numbers: NumberText, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("cell_type", "code")
            writer.member("execution_count", number)
            writer.member("id", "cell-\(number)")
            metadata(to: &writer)
            writer.key("outputs")
            writer.array { outputs(cell, numbers, to: &$0) }
            lines("source", cell.source, to: &writer)
        }
    }

    private static func outputs(_ cell: CellReport, _ numbers: NumberText, to writer: inout JSONWriter) {
        let terminal = TerminalRenderer(width: 100, numbers: numbers)
        var words = cell
        words.error = nil
        words.moreErrors = []
        words.blocks.removeAll { if case .chart = $0 { true } else { false } }
        var renderer = HTMLCellRenderer(numbers: numbers)
        renderer.showsCharts = false
        let html =
            (cell.status == .stale ? "<p>Stale: something this cell read has changed since it ran.</p>\n" : "") + renderer.results(cell)
        if !html.isEmpty { display("text/html", html, plain: terminal.text(words), to: &writer) }
        for (index, block) in cell.blocks.enumerated() {
            guard case .chart(let chart) = block else { continue }
            let figure = ChartFigure(chart: chart, identifier: "\(HTMLCellRenderer.anchor(cell))-\(index + 1)", numbers: numbers)
            guard let picture = figure.svg() else { continue }
            display("image/svg+xml", picture, plain: TerminalChart(chart, renderer: terminal).lines.joined(separator: "\n"), to: &writer)
        }
        guard let error = cell.error else { return }
        var failed = cell
        failed.blocks = []
        failed.status = .error
        let trace = terminal.text(failed).split(separator: "\n").map(String.init)
        writer.object { writer in
            writer.member("ename", error.code)
            writer.member("evalue", error.message)
            writer.member("output_type", "error")
            writer.key("traceback")
            writer.array { writer in for line in trace { writer.string(line) } }
        }
    }

    private static func display(_ type: String, _ content: String, plain: String, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.key("data")
            writer.object { writer in
                lines(type, content, to: &writer)
                lines("text/plain", plain, to: &writer)
            }
            metadata(to: &writer)
            writer.member("output_type", "display_data")
        }
    }

    private static func metadata(to writer: inout JSONWriter) {
        writer.key("metadata")
        writer.object { _ in }
    }

    /// Text as notebooks keep it: a list of lines, each but the last with its line break.
    private static func lines(_ name: String, _ text: String, to writer: inout JSONWriter) {
        var parts = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if parts.last?.isEmpty == true { parts.removeLast() }
        writer.key(name)
        writer.array { writer in
            for (index, part) in parts.enumerated() { writer.string(index + 1 < parts.count ? part + "\n" : part) }
        }
    }
}
