import RondoKernels
import RondoLanguage
package import RondoReport
package import RondoSession
package import RondoSignature

/// `open "house_prices.rondo"`, `open last`: a saved session, or the last one after a crash.
package enum OpenVerb: SessionVerb {
    static let session = Operand<Argument>("session", .either([.choice(["last"]), .file]), "a session file, or last: the newest journal")

    package static let signature = Signature(
        "open", phase: .shell, class: .shell,
        summary:
            "Opens a session file in place of this session and runs its cells; `open last` brings back the last session of this folder.",
        details: """
            Every accepted cell is kept in a journal as it is entered, so that nothing is lost when the shell ends without `save`. `open last` runs \
            the cells of the newest journal again; files that they wrote and releases that they made are not made a second time.
            """,
        searchWords: ["load session", "resume", "restore", "recover", "crash", "continue"],
        operands: [session],
        examples: [
            Example(
                "open \"first.rondo\"", after: ["load demo \"house_sales\" as sales rows 500", "save \"first.rondo\""],
                "A saved session runs again."),
            Example(
                "open \"work.rondo\"", after: ["load demo \"neighborhoods\" as areas", "describe", "save \"work.rondo\""],
                "Another one, in place of this."),
        ], seeAlso: ["save", "replay", "undo"])

    package static func run(_ call: Call, in session: inout Session) throws -> [Block] {
        try ShellRules.needsPrompt(call, in: session)
        switch try call.required(self.session) {
        case .text(let file), .cell(let file): return try openFile(file.value, call, in: &session)
        case .literal(let literal):
            guard case .text(let name) = literal.value else { break }
            return try openFile(name, call, in: &session)
        default: break
        }
        guard let (path, entries) = session.newestJournal() else {
            throw Diagnostic(
                "R0564", "there is no earlier session in this folder", span: call.cell.verb.span,
                remedy: "open \"session.rondo\"")
        }
        let opened = try session.open(entries, source: call.cell.source, isRecovery: true)
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return blocks(opened, words: "from the journal \(name)")
            + [.text(TextBlock("what these cells wrote or released was not done a second time"))]
    }

    private static func openFile(_ name: String, _ call: Call, in session: inout Session) throws -> [Block] {
        let script = try RecordedScript(try session.readText(name), name: name, registry: session.registry)
        guard script.cellCount > 0 else {
            throw Diagnostic("R0569", "\(name) holds no cell", span: nil, remedy: "name a session file that save has written")
        }
        let folder = script.folder(at: session.path(name), files: session.world.files)
        let opened = try session.open(Session.entries(of: script), source: call.cell.source, folder: folder, isRecovery: false)
        session.remember(file: name)
        return blocks(opened, words: "from \(name)")
    }

    private static func blocks(_ opened: OpenedSession, words: String) -> [Block] {
        var blocks: [Block] = [
            .figures([Figure("cells", Scalar(opened.cells), .count)]),
            .text(TextBlock("{cells} cells are here again, \(SlotText.escaped(words))")),
        ]
        if opened.skipped > 0 { blocks.append(.text(TextBlock("\(ShellRules.counted(opened.skipped, "refused cell")) left out"))) }
        if let failed = opened.failed, let error = failed.error {
            let line =
                "cell \(failed.number ?? 0) failed, and what came after it did not run: \(ShellRules.line(failed.source)): \(error.message)"
            blocks.append(.text(TextBlock(SlotText.escaped(line), tone: .warning)))
            if !error.remedy.isEmpty { blocks.append(.text(TextBlock(SlotText.escaped("try: \(error.remedy)")))) }
        }
        return blocks
    }
}
