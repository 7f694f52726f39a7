import RondoKernels
package import RondoReport

/// Puts answers on standard output and errors on standard error, a cell at a time.
package struct CellOutput: Sendable {
    /// What standard output holds.
    package enum Format: String, CaseIterable, Sendable { case text, jsonl, markdown }

    /// Columns of a page that is no terminal.
    private static let plainWidth = 100

    private let format: Format
    private let colour: ColourChoice
    private let capabilities = TerminalCapabilities.detected()

    package init(_ format: Format, _ colour: ColourChoice) {
        self.format = format
        self.colour = colour
    }

    /// Shows a cell's answer, and its fault; `echo` puts the cell itself before it, as scripts need it.
    package func show(_ report: CellReport, numbers: NumberText, echo: Bool = false) {
        switch format {
        case .text:
            if echo, let number = report.number { StandardStream.output.write(source(report.source, number)) }
            var answer = report
            answer.error = nil
            let text = renderer(numbers, isTerminal: capabilities.isOutputTerminal, showsLines: echo).text(answer)
            StandardStream.output.write(echo && !text.isEmpty ? text + "\n" : text)
        case .jsonl: StandardStream.output.write(JSONRenderer(numbers: numbers).text(report))
        case .markdown: StandardStream.output.write(MarkdownRenderer(numbers: numbers).text(report))
        }
        if report.error != nil { showError(report, showsLine: echo) }
    }

    /// The fault of a cell, on standard error.
    package func showError(_ report: CellReport, showsLine: Bool = true) {
        var failure = report
        failure.blocks = []
        StandardStream.error.write(renderer(NumberText(), isTerminal: capabilities.isErrorTerminal, showsLines: showsLine).text(failure))
    }

    /// Everything a cell said, at its full width and length, for the pager.
    package func whole(_ report: CellReport, numbers: NumberText) -> String {
        var all = renderer(numbers, isTerminal: capabilities.isOutputTerminal, showsLines: false)
        all.maxRows = nil
        all.fitsWidth = false
        return all.text(report)
    }

    /// Whether standard output is coloured.
    package var usesColour: Bool { colour.usesColour(isTerminal: capabilities.isOutputTerminal) }

    /// A cell of a script as it stands there, with its number.
    private func source(_ text: String, _ number: Int) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let visible = lines.map { DisplayWidth.printable(String($0)) }.joined(separator: "\n")
        return usesColour ? "\u{1B}[2m[\(number)]\u{1B}[0m \u{1B}[1m\(visible)\u{1B}[0m\n" : "[\(number)] \(visible)\n"
    }

    private func renderer(_ numbers: NumberText, isTerminal: Bool, showsLines: Bool) -> TerminalRenderer {
        TerminalRenderer(
            width: isTerminal ? TerminalSize.current().columns : max(TerminalSize.current().columns, CellOutput.plainWidth),
            colour: colour.usesColour(isTerminal: isTerminal), unicode: capabilities.showsUnicode,
            showsLines: showsLines, numbers: numbers)
    }
}
