package import RondoLanguage

/// A session as text: `rondo 1`, then cells as typed, each followed by its record.
package enum SessionFile {
    /// Version of language and format that this program writes and reads.
    package static let version = 1

    /// The text of a session; shell verbs are not among its items.
    /// - Parameter withRecords: whether results are kept under their cells.
    package static func text(of session: Session, withRecords: Bool = true) -> String {
        var lines = ["rondo \(version)"]
        let undone = withRecords ? session.undoneBranches : []
        for (position, item) in session.items.enumerated() {
            lines += undone.filter { $0.position == position }.flatMap(SessionFile.lines)
            switch item {
            case .cell(let run):
                lines.append(run.source)
                if withRecords, !run.isStale { lines += CellRecord(run).lines }
            case .note(let markdown, _):
                lines += markdown.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "##" : "## \($0)" }
            case .comment(let text, _): lines.append(text)
            }
        }
        lines += undone.filter { $0.position >= session.items.count }.flatMap(SessionFile.lines)
        return lines.joined(separator: "\n") + "\n"
    }

    private static func lines(_ branch: UndoneBranch) -> [String] { branch.cells.map { "#@ undone \(oneLine($0.source))" } }

    private static func oneLine(_ source: String) -> String {
        source.split(whereSeparator: \.isNewline).map { $0.trimmingBlanks }.joined(separator: " ")
    }

    /// A cell with the record lines that follow it.
    package struct RecordedCell: Sendable {
        package let cell: CellSyntax
        package let record: CellRecord?
    }

    /// Cells and notes in order, each cell with its record.
    package enum Item: Sendable {
        case cell(RecordedCell)
        case note(markdown: String, line: Int)
        case comment(String, line: Int)
        /// Cells that were run one after the other and then undone, for the effects that stayed.
        case undone([String], line: Int)
    }

    package static func items(of script: ScriptSyntax) -> [Item] {
        var result: [Item] = []
        var cell: CellSyntax?
        var records: [String] = []
        func close() {
            if let cell { result.append(.cell(RecordedCell(cell: cell, record: CellRecord(lines: records)))) }
            cell = nil
            records = []
        }
        for item in script.items {
            switch item {
            case .cell(let next):
                close()
                cell = next
            case .record(let text, let line):
                if text.hasPrefix("#@ undone ") {
                    close()
                    var sources = [String(text.dropFirst(10))]
                    var first = line
                    if case .undone(let earlier, let start)? = result.last {
                        sources = earlier + sources
                        first = start
                        result.removeLast()
                    }
                    result.append(.undone(sources, line: first))
                } else {
                    records.append(text)
                }
            case .note(let markdown, let line):
                close()
                result.append(.note(markdown: markdown, line: line))
            case .comment(let text, let line):
                close()
                result.append(.comment(text, line: line))
            }
        }
        close()
        return result
    }
}
