/// Draws a cell in one format; one file a format and one line in `CellRenderers.all`.
package protocol CellRenderer: Sendable {
    /// The word after `--format`: `text`, `jsonl`, `markdown`, `html`.
    var name: String { get }
    /// Appends the cell; what it appends ends with a line break unless it is empty.
    func render(_ cell: CellReport, into output: inout String)
}

extension CellRenderer {
    package func text(_ cell: CellReport) -> String {
        var output = ""
        render(cell, into: &output)
        return output
    }
}

/// The formats there are.
package enum CellRenderers {
    package static func all(numbers: NumberText = NumberText()) -> [any CellRenderer] {
        [
            TerminalRenderer(numbers: numbers),
            JSONRenderer(numbers: numbers),
            MarkdownRenderer(numbers: numbers),
            HTMLCellRenderer(numbers: numbers),
        ]
    }

    /// The renderer of this name, nil when there is none.
    package static func named(_ name: String, numbers: NumberText = NumberText()) -> (any CellRenderer)? {
        all(numbers: numbers).first { $0.name == name }
    }
}
