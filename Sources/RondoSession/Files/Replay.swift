import RondoKernels
import RondoLanguage
package import RondoReport

/// How a replayed cell compares with its record.
package enum ReplayVerdict: String, Sendable, Hashable {
    case same, close, moved, failed
    case dataChanged = "data changed"
    /// The file holds no record of this cell.
    case unrecorded = "not recorded"

    /// 0 for same, close and unrecorded, 3 for moved and data changed, 1 for failed.
    package var exitCode: Int32 {
        switch self {
        case .same, .close, .unrecorded: 0
        case .moved, .dataChanged: 3
        case .failed: 1
        }
    }
}

/// The outcome of replaying one cell.
package struct ReplayedCell: Sendable {
    package let number: Int
    package let line: Int
    package let source: String
    package let verdict: ReplayVerdict
    /// What moved, from and to, in words; why it failed.
    package let details: [String]
    package let report: CellReport
}

/// Runs a saved session afresh in a scratch workspace and compares every cell with its record.
package struct Replay: Sendable {
    package private(set) var cells: [ReplayedCell] = []
    /// The session as replayed: its records are what `--accept` writes.
    package private(set) var session: Session

    package var verdict: ReplayVerdict {
        let order: [ReplayVerdict] = [.failed, .dataChanged, .moved, .close, .same]
        return order.first { verdict in cells.contains { $0.verdict == verdict } } ?? .unrecorded
    }

    /// - Parameters:
    ///   - session: an empty one whose world is a scratch world.
    ///   - tolerance: relative difference up to which figures count as close; nil takes the session's setting.
    ///   - expected: blocks recorded beside the script (a report carries them), by cell number: tells which table cell moved.
    package init(
        _ items: [SessionFile.Item], in session: Session, tolerance: Double? = nil, expected: [Int: [Block]] = [:],
        each: (ReplayedCell) -> Void = { _ in }
    ) {
        self.session = session
        self.session.isScript = true
        defer { self.session.isScript = session.isScript }
        for item in items {
            switch item {
            case .note(let markdown, let line): _ = self.session.enter(note: markdown, line: line)
            case .comment(let text, let line): self.session.enter(comment: text, line: line)
            case .undone(let sources, let line):
                if let failed = repeatUndone(sources, line: line) {
                    cells.append(failed)
                    each(failed)
                    return
                }
            case .cell(let recorded):
                let outcome = replay(recorded, tolerance: tolerance, expected: expected)
                cells.append(outcome)
                each(outcome)
                if outcome.verdict == .failed { return }
            }
        }
    }

    /// Runs cells for their effects and takes them back; the one that fails, if any.
    private mutating func repeatUndone(_ sources: [String], line: Int) -> ReplayedCell? {
        var entered = 0
        defer { _ = session.undo(entered) }
        for (offset, source) in sources.enumerated() {
            guard let cell = CellParser.parse(source, line: line + offset, grammar: session.registry.grammar).syntax else { return nil }
            let report = session.enter(cell)
            if let error = report.error {
                return ReplayedCell(
                    number: report.number ?? 0, line: line + offset, source: source, verdict: .failed,
                    details: ["undone, but its effect stayed; now \(error.code): \(error.message)"], report: report)
            }
            entered += 1
        }
        return nil
    }

    private mutating func replay(_ recorded: SessionFile.RecordedCell, tolerance: Double?, expected: [Int: [Block]]) -> ReplayedCell {
        let report = session.enter(recorded.cell)
        let number = report.number ?? 0
        func outcome(_ verdict: ReplayVerdict, _ details: [String] = []) -> ReplayedCell {
            ReplayedCell(
                number: number, line: recorded.cell.line, source: recorded.cell.source, verdict: verdict, details: details, report: report)
        }
        if let error = report.error { return outcome(.failed, ["\(error.code): \(error.message)"]) }
        guard let record = recorded.record, let run = session.runs.last, run.number == number, run.source == recorded.cell.source else {
            return outcome(.unrecorded)
        }
        let fresh = CellRecord(run)
        let changed = Replay.changedFiles(record, fresh)
        if !changed.isEmpty { return outcome(.dataChanged, changed) }
        let digest = CellDigest(run.blocks)
        let written = Replay.movedFiles(record, fresh)
        if written.isEmpty, let old = record.digest, old.exact == digest.exact { return outcome(.same) }
        if written.isEmpty, let old = record.digest, old.rounded == digest.rounded { return outcome(.close) }
        let details = written + BlockDifferences.between(expected[number], run.blocks)
        let moved = Replay.movedFigures(record, fresh, tolerance: tolerance ?? session.workspace.settings.tolerance)
        if written.isEmpty, moved.isEmpty, !record.figures.isEmpty, tolerance != nil || record.digest == nil { return outcome(.close) }
        return outcome(.moved, moved + details.filter { !moved.contains($0) })
    }

    private static func changedFiles(_ old: CellRecord, _ new: CellRecord) -> [String] {
        old.files.filter { !$0.isWritten }.compactMap { file in
            guard let now = new.files.first(where: { $0.name == file.name && !$0.isWritten }), now.sha256 != file.sha256 else { return nil }
            return "\(file.name): \(file.byteCount) bytes then, \(now.byteCount) bytes now, another SHA-256"
        }
    }

    private static func movedFiles(_ old: CellRecord, _ new: CellRecord) -> [String] {
        old.files.filter(\.isWritten).compactMap { file in
            guard let now = new.files.first(where: { $0.name == file.name && $0.isWritten }), now.sha256 != file.sha256 else { return nil }
            return "\(file.name): what was written differs (\(file.byteCount) bytes then, \(now.byteCount) now)"
        }
    }

    /// Figures that differ by more than the tolerance (relative), are new, or are gone.
    private static func movedFigures(_ old: CellRecord, _ new: CellRecord, tolerance: Double) -> [String] {
        var details: [String] = []
        for figure in old.figures {
            guard let now = new.figures.first(where: { $0.name == figure.name }) else {
                details.append("\(figure.name): \(figure.text) then, nothing now")
                continue
            }
            if figure.text == now.text { continue }
            if let before = Double(figure.text), let after = Double(now.text),
                abs(before - after) <= tolerance * max(abs(before), abs(after))
            {
                continue
            }
            details.append("\(figure.name): from \(figure.text) to \(now.text)")
        }
        for figure in new.figures where !old.figures.contains(where: { $0.name == figure.name }) {
            details.append("\(figure.name): nothing then, \(figure.text) now")
        }
        return details
    }
}
