import ArgumentParser
import RondoKernels
import RondoReport
import RondoSession
import RondoTerminal

/// `rondo replay FILE [OTHER]`.
struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Run a saved session or report afresh and hold every cell against its record.",
        discussion: """
            Nothing is written: files and releases stay in a scratch workspace. With two files the second is held against the first.
            Exit code 0: same or close; 1: a cell failed; 2: unreadable, damaged or newer; 3: a figure moved or data changed.
            """)

    enum Format: String, CaseIterable, ExpressibleByArgument { case text, jsonl }

    @ArgumentParser.Argument(
        help: "A session (.rondo) or a page that report wrote (.html).", completion: .file(extensions: ["rondo", "html"]))
    var file: String
    @ArgumentParser.Argument(help: "Another one, held against the first.", completion: .file(extensions: ["rondo", "html"]))
    var other: String?
    @Flag(help: "Write what came out as the new records of the file.")
    var accept = false
    @Option(help: "Relative difference up to which figures count as close, for example 1e-6.")
    var tolerance: Double?
    @Option(help: "What standard output holds: text, jsonl.")
    var format = Format.text
    @OptionGroup var look: LookOptions

    func validate() throws {
        if let tolerance, !(tolerance >= 0 && tolerance.isFinite) { throw ValidationError("--tolerance takes a number from 0 up") }
        if accept, other != nil { throw ValidationError("--accept takes one file") }
        if accept, !file.hasSuffix(".rondo") { throw ValidationError("--accept rewrites session files (.rondo) only") }
    }

    func run() throws {
        let surroundings = Surroundings()
        var recorded = try RecordedSession(file, in: surroundings.session())
        var subject = recorded
        if let other {
            subject = try RecordedSession(other, in: surroundings.session())
            let first = replay(recorded, surroundings)
            if first.verdict == .failed { try finish(first, surroundings, named: file) }
            recorded = recorded.with(results: first.session)
            subject = subject.held(against: recorded)
        }
        let replay = replay(subject, surroundings) { cell in
            StandardStream.output.write(format == .jsonl ? ReplayText.json(cell) : ReplayText.lines(cell))
        }
        let isAccepted = accept && replay.verdict != .failed && !surroundings.world.cancellation.isCancelled
        if isAccepted { try surroundings.world.files.write(file, Array(subject.accepting(replay).utf8)) }
        try finish(replay, surroundings, named: other ?? file, isAccepted: isAccepted)
    }

    /// Replays in a scratch world; Ctrl-C stops the cell that runs.
    private func replay(_ recorded: RecordedSession, _ surroundings: Surroundings, each: (ReplayedCell) -> Void = { _ in }) -> Replay {
        surroundings.world.cancellation.whileInterruptible {
            let session = surroundings.session(in: recorded.folder, inScratch: true)
            return Replay(recorded.items, in: session, tolerance: tolerance, expected: recorded.blocks) { cell in
                surroundings.progress?.finish()
                each(cell)
            }
        }
    }

    /// Says how it went in all, and leaves with the code of that.
    private func finish(_ replay: Replay, _ surroundings: Surroundings, named name: String, isAccepted: Bool = false) throws {
        if format == .text { StandardStream.output.write(ReplayText.summary(replay, name: name, isAccepted: isAccepted)) }
        if surroundings.world.cancellation.isCancelled { throw ExitCode(130) }
        if let failed = replay.cells.last, failed.verdict == .failed {
            CellOutput(.text, look.colour).showError(failed.report)
        }
        if replay.verdict.exitCode != 0 { throw ExitCode(replay.verdict.exitCode) }
    }
}
