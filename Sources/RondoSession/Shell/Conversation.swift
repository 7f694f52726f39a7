import RondoFrame
import RondoKernels
package import RondoLanguage
import RondoLifecycle
package import RondoReport
import RondoSignature

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
                begin(trouble)
                _ = session.enter(note: markdown, line: line)
            case .comment(let text, let line): session.enter(comment: text, line: line)
            case .record: continue
            case .cell(let cell):
                let isLook = cell.verb.value != "open" && session.registry[cell.verb.value]?.signature.cellClass == .shell
                if !isLook { begin(trouble) }
                let report = session.enter(cell)
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

    /// The journal's first line; a session whose journal cannot be begun goes on without one.
    private mutating func begin(_ trouble: (String) -> Void) {
        guard let words = trail.begin() else { return }
        session.journal = nil
        trouble(words)
    }
}

extension Session {
    /// How numbers of this session are shown: with its digits, and in the unit of its goal.
    package var numbers: NumberText { NumberText(digits: workspace.settings.digits, currency: workspace.goal?.unit) }
}

extension CellReport {
    /// A fault that was found before any cell ran.
    package init(_ fault: Diagnostic, source: String, line: Int, number: Int? = nil) {
        let error = ErrorReport(
            code: fault.code, message: fault.message, start: fault.span?.start ?? 0, end: fault.span?.end ?? 0, note: fault.note,
            remedy: fault.remedy)
        self.init(number: number, line: line, source: source, status: .error, error: error)
    }
}
