import RondoLanguage
package import RondoReport

/// Runs a whole script in a session: parses it first, then cell by cell until one fails.
package struct ScriptRun: Sendable {
    package private(set) var session: Session
    package private(set) var exitCode: Int32 = 0

    /// - Parameter each: hears the report of every cell and note as it is ready.
    package init(_ text: String, in session: Session, each: (CellReport, Session) -> Void) {
        self.session = session
        self.session.isScript = true
        defer { self.session.isScript = session.isScript }
        let parsed = ScriptParser.parse(text, grammar: session.registry.grammar)
        if !parsed.isWhole {
            exitCode = 2
            for fault in parsed.faulty {
                for diagnostic in fault.diagnostics {
                    let error = ErrorReport(
                        code: diagnostic.code, message: diagnostic.message, start: diagnostic.span?.start ?? 0,
                        end: diagnostic.span?.end ?? 0,
                        note: diagnostic.note, remedy: diagnostic.remedy)
                    each(CellReport(number: fault.number, line: fault.line, source: fault.source, status: .error, error: error), session)
                }
            }
            return
        }
        for item in parsed.syntax.items {
            switch item {
            case .note(let markdown, let line): each(self.session.enter(note: markdown, line: line), self.session)
            case .comment(let text, let line): self.session.enter(comment: text, line: line)
            case .record: continue
            case .cell(let cell):
                let report = self.session.enter(cell)
                each(report, self.session)
                if let error = report.error {
                    exitCode = error.code == "R0501" ? 130 : 1
                    return
                }
                if self.session.isFinished { return }
            }
        }
    }
}
