import ArgumentParser
import RondoKernels
import RondoLifecycle
import RondoReport
import RondoSession
import RondoTerminal

/// `--format`.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
    case text, jsonl, markdown
}

/// Puts answers on standard output and errors on standard error, a cell at a time.
struct CellOutput {
    let format: OutputFormat
    private let capabilities = TerminalCapabilities.detected()
    private let colour: ColourOption

    init(_ format: OutputFormat, _ colour: ColourOption) {
        self.format = format
        self.colour = colour
    }

    /// - Parameter echo: whether the cell itself is shown before its answer (`run`; a person has typed it).
    func show(_ report: CellReport, in session: Session, echo: Bool = false) {
        let numbers = NumberText(digits: session.workspace.settings.digits, currency: session.workspace.goal?.unit)
        let answers = renderer(numbers, isTerminal: capabilities.isOutputTerminal, showsLines: echo)
        switch format {
        case .text:
            if echo, let number = report.number { StandardStream.output.write(source(report.source, number)) }
            var answer = report
            answer.error = nil
            let text = answers.text(answer)
            StandardStream.output.write(echo && !text.isEmpty ? text + "\n" : text)
        case .jsonl: StandardStream.output.write(JSONRenderer(numbers: numbers).text(report))
        case .markdown: StandardStream.output.write(MarkdownRenderer(numbers: numbers).text(report))
        }
        if report.error != nil { showError(report, showsLine: echo) }
    }

    /// The fault of a cell, on standard error.
    func showError(_ report: CellReport, showsLine: Bool = true) {
        var failure = report
        failure.blocks = []
        StandardStream.error.write(renderer(NumberText(), isTerminal: capabilities.isErrorTerminal, showsLines: showsLine).text(failure))
    }

    /// Everything a cell said, at its full width and length, for the pager.
    func whole(_ report: CellReport, in session: Session) -> String {
        var all = renderer(
            NumberText(digits: session.workspace.settings.digits, currency: session.workspace.goal?.unit),
            isTerminal: capabilities.isOutputTerminal,
            showsLines: false)
        all.maxRows = nil
        all.fitsWidth = false
        return all.text(report)
    }

    var usesColour: Bool { colour.choice.usesColour(isTerminal: capabilities.isOutputTerminal) }

    /// A cell of a script as it stands there, with its number.
    private func source(_ text: String, _ number: Int) -> String {
        usesColour
            ? "\u{1B}[2m[\(number)]\u{1B}[0m \u{1B}[1m\(TerminalText.visible(text))\u{1B}[0m\n"
            : "[\(number)] \(TerminalText.visible(text))\n"
    }

    private func renderer(_ numbers: NumberText, isTerminal: Bool, showsLines: Bool) -> TerminalRenderer {
        TerminalRenderer(
            width: TerminalSize.current().columns, colour: colour.choice.usesColour(isTerminal: isTerminal),
            unicode: capabilities.showsUnicode,
            showsLines: showsLines, numbers: numbers)
    }
}

/// Text of a file on its way to a terminal.
enum TerminalText {
    /// Control characters, which could move the cursor, as visible marks; line breaks stay.
    static func visible(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { RondoTerminal.DisplayWidth.printable(String($0)) }.joined(
            separator: "\n")
    }
}
