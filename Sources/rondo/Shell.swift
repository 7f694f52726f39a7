import RondoKernels
import RondoLanguage
import RondoReport
import RondoSession
import RondoTerminal

/// The shell: reads cells from a person or a pipe, hands them to the conversation, shows its answers.
struct Shell {
    let surroundings: Surroundings
    private let output: CellOutput
    private let names = WorkspaceNames()
    private var conversation: Conversation

    init(_ surroundings: Surroundings, output: CellOutput) {
        self.surroundings = surroundings
        self.output = output
        let trail = AuditTrail(surroundings.world, workingFolder: ProcessStart.folder, process: ProcessStart.number)
        conversation = Conversation(surroundings.session(), trail: trail)
    }

    /// Cells from a pipe, without a prompt; stops at the first fault. Returns the exit code.
    mutating func readPipe() -> Int32 {
        let editor = PipeEditor()
        let token = surroundings.world.cancellation
        return token.whileInterruptible {
            while !conversation.session.isFinished {
                guard case .cell(let text) = editor.readCell(prompt: EditorPrompt(left: "")) else { break }
                let verdict = enter(text)
                if verdict != .fine, !token.isCancelled { return verdict == .failed ? 1 : 2 }
                if token.isCancelled { break }
            }
            return token.isCancelled ? 130 : 0
        }
    }

    /// Cells from a person at a terminal. Returns the exit code.
    mutating func converse(readsInit: Bool) -> Int32 {
        let history = surroundings.world.folder(.state).map { HistoryFile(path: $0 + "/history") }
        guard let editor = EditlineEditor(behaviour: behaviour, historyFile: history) else { return readPipe() }
        if readsInit { runInit() }
        StandardStream.output.write("rondo \(Version.number): help lists the verbs, Tab completes, Ctrl-D leaves\n")
        let token = surroundings.world.cancellation
        while !conversation.session.isFinished {
            names.look(at: conversation.session)
            switch editor.readCell(prompt: prompt) {
            case .endOfInput: return 0
            case .interrupted: editor.dropPendingCells()
            case .cell(let text):
                token.reset()
                let verdict = token.whileInterruptible { enter(text) }
                token.reset()
                let dropped = verdict == .fine ? 0 : editor.dropPendingCells()
                if dropped > 0 { StandardStream.error.write("the rest of what was pasted is left out: \(dropped) more\n") }
            }
        }
        return 0
    }

    private mutating func enter(_ text: String) -> Conversation.Verdict {
        if text.allSatisfy({ $0 != "\n" }), text.split(separator: " ") == ["more"], let last = conversation.session.lastReport {
            let whole = output.whole(last, numbers: conversation.session.numbers)
            Pager(capabilities: surroundings.capabilities) { StandardStream.output.write($0) }.show(whole)
            return .fine
        }
        let (output, progress) = (output, surroundings.progress)
        return conversation.enter(text) { report, session in
            progress?.finish()
            output.show(report, numbers: session.numbers)
        } trouble: { words in
            StandardStream.error.write("warning: \(words)\n")
        }
    }

    /// Runs the person's own first cells; a fault is shown and the shell goes on.
    private mutating func runInit() {
        let world = surroundings.world
        guard let path = world.folder(.configuration).map({ $0 + "/init.rondo" }), world.files.exists(path),
            let text = try? world.files.text(path)
        else { return }
        conversation.session =
            surroundings.run(text, in: conversation.session) { report, session in
                guard report.error != nil else { return }
                StandardStream.error.write("in \(path):\n")
                output.showError(report)
            }.session
    }

    private var behaviour: EditorBehaviour {
        let grammar = conversation.session.registry.grammar
        let source = names.source
        return EditorBehaviour(
            needsMoreInput: { CellAccumulator.needsMoreInput($0, grammar: grammar) },
            complete: { text, cursor in
                let found = Completion.complete(text, cursor: cursor, grammar: grammar, names: source)
                return CompletionList(
                    replacement: found.range.start..<found.range.end, candidates: found.candidates.map { .init($0.text, gloss: $0.gloss) })
            })
    }

    /// `rondo[4]> ` and, on the right, `sales 48,988 × 14`.
    private var prompt: EditorPrompt {
        EditorPrompt(
            left: "rondo[\(conversation.session.nextNumber)]> ",
            right: conversation.tableWords(unicode: surroundings.capabilities.showsUnicode),
            leftStyle: output.usesColour ? "1" : "", rightStyle: output.usesColour ? "2" : "")
    }
}
