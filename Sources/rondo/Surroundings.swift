import ArgumentParser
import RondoKernels
import RondoLanguage
import RondoReport
import RondoSession
import RondoStore
import RondoTerminal
import RondoVerbs

/// The process: its streams, and the world made of its environment and the disk.
struct Surroundings {
    let capabilities = TerminalCapabilities.detected()
    /// Shows how far a cell is; only where standard error is a terminal.
    let progress: ProgressLine?
    let world: World

    init() {
        var world = World.disk(environment: ProcessStart.environment, releases: WorkspaceStore(files: DiskFiles.access).releases)
        world.readers = [SQLiteReader.self]
        progress =
            capabilities.isErrorTerminal && !capabilities.isDumb
            ? ProgressLine(
                width: { TerminalSize.current().columns }, unicode: capabilities.showsUnicode, clock: world.elapsed,
                write: { StandardStream.error.write($0) }) : nil
        if let progress { world.progress = { progress.update($0.label, done: $0.done, total: $0.total) } }
        self.world = world
    }

    /// A session whose relative paths start from the folder of a file.
    func session(besides file: String, inScratch: Bool = false) -> Session {
        session(in: FolderPath.containing(file), inScratch: inScratch)
    }

    /// A session whose relative paths start from a folder, by default the working one.
    func session(in folder: String = "", inScratch: Bool = false) -> Session {
        Session(registry: StandardVerbs.registry, world: inScratch ? .scratch(over: world) : world, baseFolder: folder)
    }

    /// Runs a script; Ctrl-C stops the cell that runs.
    func run(_ text: String, in session: Session, each: (CellReport, Session) -> Void) -> (session: Session, code: Int32) {
        world.cancellation.whileInterruptible {
            let run = ScriptRun(text, in: session) { report, session in
                progress?.finish()
                each(report, session)
            }
            return (run.session, world.cancellation.isCancelled ? 130 : run.exitCode)
        }
    }

    /// Draws the page of a session with the session's own verb; the path starts from the working folder.
    func draw(_ session: inout Session, to path: String) -> CellReport {
        session.world.files = world.files
        return enter("report \(TextLiteral.written(FolderPath.joined(world.workingFolder, path)))", in: &session)
    }

    /// Enters a cell that the program itself wrote.
    func enter(_ text: String, in session: inout Session) -> CellReport {
        let parsed = CellParser.parse(text, grammar: session.registry.grammar)
        if let cell = parsed.syntax { return session.enter(cell) }
        let fault = parsed.diagnostics.first ?? Diagnostic("R0101", "this is no cell", span: nil, remedy: "help")
        return CellReport(fault, source: text, line: 1)
    }
}

/// `--format`.
extension CellOutput.Format: ExpressibleByArgument {}

/// `--color`.
extension ColourChoice: ExpressibleByArgument {}

/// Options that all commands share.
struct LookOptions: ParsableArguments {
    @Option(name: .customLong("color"), help: "When to colour: always, never, auto.")
    var colour = ColourChoice.auto
}
