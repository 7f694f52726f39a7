import RondoLanguage
package import RondoReport
import RondoSignature

/// A session file or a report as read for a replay.
///
/// Relative paths of its cells start from its own folder.
package struct RecordedSession: Sendable {
    package let path: String
    package let text: String
    package private(set) var items: [SessionFile.Item]
    /// What a report carries beside the script, by cell number.
    package private(set) var blocks: [Int: [Block]] = [:]
    private let grammar: GrammarRegistry

    /// - Throws: `Fault` for what is unreadable, damaged or newer; `Diagnostics` for bad syntax.
    package init(_ path: String, in session: Session) throws {
        let content = try session.world.files.text(path)
        grammar = session.registry.grammar
        self.path = path
        if RecordedSession.isPage(content) {
            let (script, cells) = try HTMLReport.extract(from: content)
            text = script
            for cell in cells { if let number = cell.number { blocks[number] = cell.blocks } }
        } else {
            text = content
        }
        let parsed = ScriptParser.parse(text, grammar: grammar)
        if let faults = Diagnostics(parsed.faulty.flatMap { cell in cell.diagnostics.map { $0.inLine(cell.line, of: path) } }) {
            throw faults
        }
        items = SessionFile.items(of: parsed.syntax)
    }

    /// The same session with the results of a run as its records.
    package func with(results session: Session) -> RecordedSession {
        var copy = self
        copy.items = SessionFile.items(of: ScriptParser.parse(SessionFile.text(of: session), grammar: grammar).syntax)
        copy.blocks = Dictionary(session.runs.map { ($0.number, $0.blocks) }, uniquingKeysWith: { first, _ in first })
        return copy
    }

    /// The same cells, each with the record that the same cell has in another session, whatever its place there.
    package func held(against other: RecordedSession) -> RecordedSession {
        var records: [String: [SessionFile.RecordedCell]] = [:]
        for case .cell(let cell) in other.items.reversed() { records[cell.cell.source, default: []].append(cell) }
        var copy = self
        copy.blocks = [:]
        copy.items = items.map { item in
            guard case .cell(let cell) = item else { return item }
            return .cell(records[cell.cell.source]?.popLast() ?? cell)
        }
        return copy
    }

    /// The text with the records of a replay in place of its own; all other lines stay as they are.
    package func accepting(_ replay: Replay) -> String {
        let runs = Dictionary(replay.session.runs.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        var fresh: [Int: [String]] = [:]
        for cell in replay.cells {
            guard let run = runs[cell.number], run.source == cell.source else { continue }
            let lastLine = cell.line + cell.source.split(separator: "\n", omittingEmptySubsequences: false).count - 1
            fresh[lastLine] = CellRecord(run).lines
        }
        var result: [Substring] = []
        var isRecorded = false
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let isRecord = line.hasPrefix("#=") || line.hasPrefix("#@ ") && !line.hasPrefix("#@ undone ")
            if isRecorded, isRecord { continue }
            result.append(line)
            if !isRecord { isRecorded = fresh[index + 1] != nil }
            result += (fresh[index + 1] ?? []).map { $0[...] }
        }
        return result.joined(separator: "\n")
    }

    private static func isPage(_ text: String) -> Bool {
        text.prefix(200).drop { $0.isWhitespace || $0 == "\u{FEFF}" }.lowercased().hasPrefix("<!doctype html")
    }
}

extension Diagnostic {
    /// The same fault with the place in a file, where no cell is shown beside it.
    fileprivate func inLine(_ line: Int, of path: String) -> Diagnostic {
        Diagnostic(code, "\(path), line \(line): \(message)", span: span, note: note, remedy: remedy, isSyntax: isSyntax)
    }
}
