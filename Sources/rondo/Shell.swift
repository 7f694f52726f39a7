import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
import RondoReport
import RondoSession
import RondoTerminal

/// The shell: reads cells from a person or a pipe, runs them, shows their answers.
struct Shell {
    let surroundings: Surroundings
    private let output: CellOutput
    private let names = WorkspaceNames()
    private var session: Session
    private var trail: AuditTrail

    init(_ surroundings: Surroundings, output: CellOutput) {
        self.surroundings = surroundings
        self.output = output
        session = surroundings.session()
        trail = AuditTrail(surroundings)
        session.journal = trail.journal
    }

    /// Cells from a pipe, without a prompt; stops at the first fault. Returns the exit code.
    mutating func readPipe() -> Int32 {
        let editor = PipeEditor()
        let token = surroundings.world.cancellation
        return token.whileInterruptible {
            while !session.isFinished {
                switch editor.readCell(prompt: EditorPrompt(left: "")) {
                case .endOfInput: return token.isCancelled ? 130 : 0
                case .interrupted: return 130
                case .cell(let text):
                    let code = enter(text)
                    if token.isCancelled { return 130 }
                    if code != 0 { return code }
                }
            }
            return 0
        }
    }

    /// Cells from a person at a terminal. Returns the exit code.
    mutating func converse(readsInit: Bool) -> Int32 {
        let history = surroundings.folder("XDG_STATE_HOME", home: ".local/state").map { HistoryFile(path: $0 + "/history") }
        guard let editor = EditlineEditor(behaviour: behaviour, historyFile: history) else { return readPipe() }
        if readsInit { runInit() }
        StandardStream.output.write("rondo \(Version.number): help lists the verbs, Tab completes, Ctrl-D leaves\n")
        while !session.isFinished {
            names.look(at: session)
            switch editor.readCell(prompt: prompt) {
            case .endOfInput:
                StandardStream.output.write("\n")
                return 0
            case .interrupted: editor.dropPendingCells()
            case .cell(let text):
                surroundings.world.cancellation.reset()
                let code = surroundings.world.cancellation.whileInterruptible { enter(text) }
                if code != 0 {
                    let dropped = editor.dropPendingCells()
                    if dropped > 0 { StandardStream.error.write("\(dropped) pasted cells after it were left out\n") }
                }
            }
        }
        return 0
    }

    // MARK: Cells

    /// Runs what was typed: a cell, a note or a comment; returns 0, 1 for a cell that failed, 2 for bad syntax.
    private mutating func enter(_ typed: String) -> Int32 {
        let lines = typed.split(separator: "\n", omittingEmptySubsequences: false)
        let text = lines.filter { line in !["#= ", "#@ ", "#! "].contains { line.hasPrefix($0) } }.joined(separator: "\n")
        let parsed = ScriptParser.parse(text, grammar: session.registry.grammar)
        for faulty in parsed.faulty {
            trail.write(faulty.source, verdict: faulty.diagnostics.first?.code ?? "R0101")
            for fault in faulty.diagnostics {
                let error = ErrorReport(
                    code: fault.code, message: fault.message, start: fault.span?.start ?? 0, end: fault.span?.end ?? 0, note: fault.note,
                    remedy: fault.remedy)
                show(CellReport(number: session.nextNumber, line: faulty.line, source: faulty.source, status: .error, error: error))
            }
        }
        if !parsed.isWhole { return 2 }
        for item in parsed.syntax.items {
            switch item {
            case .note(let markdown, let line):
                trail.begin()
                _ = session.enter(note: markdown, line: line)
            case .comment(let text, let line): session.enter(comment: text, line: line)
            case .record: continue
            case .cell(let cell): if !run(cell) { return 1 }
            }
        }
        return 0
    }

    private mutating func run(_ cell: CellSyntax) -> Bool {
        if cell.verb.value == "more", !cell.asksForHelp, let last = session.lastReport {
            Pager(capabilities: surroundings.capabilities) { StandardStream.output.write($0) }.show(output.whole(last, in: session))
            return true
        }
        let report = session.enter(cell)
        surroundings.progress?.finish()
        if cell.verb.value == "open", report.error == nil {
            for run in session.runs { trail.write(run.source, verdict: "ok") }
        } else if report.error != nil || !Shell.looks.contains(cell.verb.value) {
            trail.write(cell.source, verdict: report.error?.code ?? "ok")
        }
        show(report)
        return report.error == nil
    }

    /// Verbs of the shell that leave no trace in a session.
    private static let looks: Set<String> = ["help", "history", "status", "more", "quit", "save", "report", "replay", "tutorial"]

    private func show(_ report: CellReport) { output.show(report, in: session) }

    /// Runs the person's own first cells; a fault is shown and the shell goes on.
    private mutating func runInit() {
        guard let path = surroundings.folder("XDG_CONFIG_HOME", home: ".config").map({ $0 + "/init.rondo" }),
            surroundings.world.files.exists(path), let text = try? surroundings.script(path)
        else { return }
        let outcome = surroundings.run(text, in: session) { report, session in
            if report.error != nil {
                StandardStream.error.write("in \(path):\n")
                output.showError(report, in: session)
            }
        }
        session = outcome.session
    }

    // MARK: The line

    private var behaviour: EditorBehaviour {
        let grammar = session.registry.grammar
        let source = names.source
        return EditorBehaviour(
            needsMoreInput: { CellAccumulator.needsMoreInput($0, grammar: grammar) },
            complete: { text, cursor in
                let completion = Completion.complete(text, cursor: cursor, grammar: grammar, names: source)
                return CompletionList(
                    replacement: completion.range.start..<completion.range.end, candidates: completion.candidates.map { .init($0.text, gloss: $0.gloss) })
            })
    }

    /// `rondo[4]> ` and, on the right, `sales 48,988 × 14`.
    private var prompt: EditorPrompt {
        EditorPrompt(
            left: "rondo[\(session.nextNumber)]> ", right: tableWords, leftStyle: output.usesColour ? "1" : "", rightStyle: output.usesColour ? "2" : "")
    }

    private var tableWords: String {
        guard let table = session.workspace.currentTable.flatMap(session.workspace.table) else { return "" }
        let frame = (try? session.cache.prepared(table, context: surroundings.world.compute))?.frame ?? table.rows
        let rows = NumberText().text(.integer(Int64(frame.rowCount)), .count)
        return "\(table.name) \(rows) \(surroundings.capabilities.showsUnicode ? "×" : "x") \(frame.columns.count)"
    }
}
