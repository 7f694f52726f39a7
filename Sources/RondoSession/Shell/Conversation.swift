import RondoFrame
import RondoKernels
package import RondoLanguage
import RondoLifecycle
package import RondoReport

/// A session as a shell leads it: takes what is typed, keeps the journal, knows what stands in the prompt.
package struct Conversation: Sendable {
    package var session: Session
    private var trail: AuditTrail

    /// How one typed text ended.
    package enum Verdict: Sendable, Hashable {
        case fine
        /// A cell failed.
        case failed
        /// Nothing ran.
        case badSyntax
    }

    package init(_ session: Session, trail: AuditTrail) {
        self.session = session
        self.trail = trail
        self.session.journal = trail.journal
    }

    /// Runs a cell, a note or a comment as typed; records of a saved session among them are passed over.
    ///
    /// Each answer is handed on after its cell is in the journal.
    package mutating func enter(_ typed: String, answer: (CellReport, Session) -> Void, trouble: (String) -> Void) -> Verdict {
        let lines = typed.split(separator: "\n", omittingEmptySubsequences: false)
        let text = lines.filter { line in !["#= ", "#@ ", "#! "].contains { line.hasPrefix($0) } }.joined(separator: "\n")
        let parsed = ScriptParser.parse(text, grammar: session.registry.grammar)
        for faulty in parsed.faulty {
            trail.write(faulty.source, verdict: faulty.diagnostics.first?.code ?? "R0101").map(trouble)
            for fault in faulty.diagnostics { answer(CellReport(fault, source: faulty.source, line: faulty.line), session) }
        }
        if !parsed.isWhole { return .badSyntax }
        for item in parsed.syntax.items {
            switch item {
            case .note(let markdown, let line):
                trail.begin().map(trouble)
                _ = session.enter(note: markdown, line: line)
            case .comment(let text, let line): session.enter(comment: text, line: line)
            case .record: continue
            case .cell(let cell):
                let report = session.enter(cell)
                keep(cell, report).map(trouble)
                answer(report, session)
                if report.error != nil { return .failed }
            }
        }
        return .fine
    }

    /// `sales 48,988 × 14`: the current table through its recipe; empty without one.
    package func tableWords(unicode: Bool) -> String {
        guard let table = session.workspace.currentTable.flatMap(session.workspace.table) else { return "" }
        let frame = (try? session.cache.prepared(table, context: session.world.compute))?.frame ?? table.rows
        let rows = NumberText().text(.integer(Int64(frame.rowCount)), .count)
        return "\(table.name) \(rows) \(unicode ? "×" : "x") \(frame.columns.count)"
    }

    /// Verbs that only look, or make something of the session without changing it.
    private static let looks: Set<String> = ["help", "history", "status", "more", "quit", "save", "report", "replay", "tutorial"]

    /// Cells taken over by `open` are kept in place of it, so that the newest journal always holds the whole session.
    private mutating func keep(_ cell: CellSyntax, _ report: CellReport) -> String? {
        if cell.verb.value == "open", report.error == nil {
            return session.runs.compactMap { trail.write($0.source, verdict: "ok") }.first
        }
        guard report.error != nil || !Conversation.looks.contains(cell.verb.value) else { return nil }
        return trail.write(cell.source, verdict: report.error?.code ?? "ok")
    }
}

extension CellReport {
    /// A fault that was found before any cell ran.
    package init(_ fault: Diagnostic, source: String, line: Int, number: Int? = nil) {
        let error = ErrorReport(
            code: fault.code, message: fault.message, start: fault.span?.start ?? 0, end: fault.span?.end ?? 0, note: fault.note, remedy: fault.remedy)
        self.init(number: number, line: line, source: source, status: .error, error: error)
    }
}
