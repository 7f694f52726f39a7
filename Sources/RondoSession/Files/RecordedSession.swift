import RondoLanguage
package import RondoReport

/// A session file or a report to be replayed, held against another one, or given new records.
///
/// Relative paths of its cells start from its own folder, those of a report from the folder that its session had.
package struct RecordedSession: Sendable {
    /// What relative paths of its cells start from.
    package let folder: String
    package private(set) var items: [SessionFile.Item]
    /// What is known of each cell's answer beside its record, by cell number: it tells which table cell moved.
    package private(set) var blocks: [Int: [Block]]
    private let text: String
    private let registry: VerbRegistry

    /// - Throws: `Fault` for what is unreadable, damaged or newer; `Diagnostic` for bad syntax.
    package init(_ path: String, in session: Session) throws {
        let script = try RecordedScript(try session.world.files.text(path), name: path, registry: session.registry)
        folder = script.folder(at: path, files: session.world.files)
        text = script.text
        items = script.items
        blocks = script.blocks
        registry = session.registry
    }

    /// The same session with the results of a run as its records.
    package func with(results session: Session) -> RecordedSession {
        var copy = self
        copy.items = SessionFile.items(of: ScriptParser.parse(SessionFile.text(of: session), grammar: registry.grammar).syntax)
        copy.blocks = Dictionary(session.runs.map { ($0.number, $0.blocks) }, uniquingKeysWith: { first, _ in first })
        return copy
    }

    /// The same cells, each with the record that the same cell has in another session, whatever its place there.
    ///
    /// Where both sessions have the same cells in the same places, single table cells are compared too.
    package func held(against other: RecordedSession) -> RecordedSession {
        var records: [String: [SessionFile.RecordedCell]] = [:]
        for case .cell(let cell) in other.items.reversed() { records[cell.cell.source, default: []].append(cell) }
        var copy = self
        copy.items = items.map { item in
            guard case .cell(let cell) = item else { return item }
            return .cell(records[cell.cell.source]?.popLast() ?? cell.withoutRecord)
        }
        func sources(_ items: [SessionFile.Item]) -> [String] {
            items.compactMap { if case .cell(let cell) = $0 { cell.cell.source } else { nil } }
        }
        copy.blocks = sources(items) == sources(other.items) ? other.blocks : [:]
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
}

extension SessionFile.RecordedCell {
    /// The same cell, nothing known of its answer.
    fileprivate var withoutRecord: SessionFile.RecordedCell { SessionFile.RecordedCell(cell: cell, record: nil) }
}
