import RondoKernels
import RondoLanguage
package import RondoReport

/// What came of opening a session.
package struct OpenedSession: Sendable {
    /// Cells that are here again.
    package let cells: Int
    /// Refused cells of the journal, which are left out.
    package let skipped: Int
    /// The cell that failed, after which nothing ran.
    package let failed: CellReport?
}

extension Session {
    /// The folder in which journals lie.
    package var journalFolder: String {
        guard let path = journal?.path, let slash = path.lastIndex(of: "/") else { return ".rondo/journal" }
        return String(path[..<slash])
    }

    /// The newest journal that holds cells, this session's own left out; journals are named by the moment they began.
    package func newestJournal() -> (path: String, entries: [Journal.Entry])? {
        for name in world.files.list(journalFolder).sorted(by: >) where name.hasSuffix(".jsonl") {
            let path = journalFolder + "/" + name
            if path == journal?.path { continue }
            guard let content = try? world.files.read(path) else { continue }
            // A crash may have cut the last line inside a letter: what can be read is read.
            let entries = Session.current(Journal.entries(in: String(decoding: content.bytes, as: UTF8.self)))
            if entries.contains(where: { $0.kind == "cell" && $0.verdict == "ok" }) { return (path, entries) }
        }
        return nil
    }

    /// The entries of the session that a journal ends with.
    private static func current(_ entries: [Journal.Entry]) -> [Journal.Entry] {
        let start = entries.lastIndex { $0.kind == "clear" }.map { $0 + 1 } ?? 0
        return entries[start...].filter { ["cell", "shell", "note", "comment"].contains($0.kind) }
    }

    /// Runs entries in an emptied session; files are not written and releases not made again.
    ///
    /// - Parameters:
    ///   - source: the cell that opens, for the journal.
    ///   - folder: what relative paths start from now on; nil leaves it.
    ///   - isRecovery: whether effects have happened already (else they happen as the cells run).
    /// - Throws: `Interrupted`, or the fault of the very first cell; the session is then as before.
    package mutating func open(_ entries: [Journal.Entry], source: String, folder: String? = nil, isRecovery: Bool) throws -> OpenedSession
    {
        var fresh = Session(
            registry: registry, world: isRecovery ? .recovering(world) : world, baseFolder: folder ?? baseFolder, cache: cache)
        fresh.givenParameters = givenParameters
        var kept: [Journal.Entry] = []
        var skipped = 0
        var failed: CellReport?
        for (line, entry) in entries.enumerated() {
            guard entry.verdict == "ok" else {
                skipped += 1
                continue
            }
            switch entry.kind {
            case "note": _ = fresh.enter(note: entry.text, line: line + 1)
            case "comment": fresh.enter(comment: entry.text, line: line + 1)
            default: failed = try fresh.repeated(entry, line: line + 1)
            }
            if failed != nil { break }
            kept.append(entry)
        }
        if let error = failed?.error, fresh.runs.isEmpty {
            throw Diagnostic(error.code, "its first cell fails: \(error.message)", span: nil, note: error.note, remedy: error.remedy)
        }
        fresh.world = world
        fresh.journal = journal
        fresh.journalFault = journalFault
        fresh.isFinished = false
        self = fresh
        rewriteJournal(kept, source: source)
        return OpenedSession(cells: runs.count, skipped: skipped, failed: failed)
    }

    /// Enters the cell of an entry; its report when it fails.
    private mutating func repeated(_ entry: Journal.Entry, line: Int) throws -> CellReport? {
        let parsed = CellParser.parse(entry.text, line: line, grammar: registry.grammar)
        guard let cell = parsed.syntax else {
            let fault = parsed.diagnostics.first
            let error = ErrorReport(
                code: fault?.code ?? "R0101", message: fault?.message ?? "this is no cell", start: fault?.span?.start ?? 0,
                end: fault?.span?.end ?? 0,
                note: fault?.note, remedy: fault?.remedy ?? "help")
            return CellReport(number: nextNumber, line: line, source: entry.text, status: .error, error: error)
        }
        let report = enter(cell)
        if report.error?.code == "R0501" { throw Interrupted() }
        return report.error == nil ? nil : report
    }

    /// The journal of this shell goes on with the opened session, so that it can be opened again.
    private mutating func rewriteJournal(_ entries: [Journal.Entry], source: String) {
        guard let journal, journalFault == nil else { return }
        do {
            try journal.clear(source)
            for entry in entries { try journal.keep(entry) }
        } catch {
            journalFault = (error as? Fault)?.message ?? "\(error)"
        }
    }

    /// The items of a session file as entries.
    package static func entries(of script: RecordedScript) -> [Journal.Entry] {
        script.items.flatMap { item in
            switch item {
            case .cell(let recorded): [Journal.Entry(kind: "cell", text: recorded.cell.source)]
            case .note(let markdown, _): [Journal.Entry(kind: "note", text: markdown)]
            case .comment(let text, _): [Journal.Entry(kind: "comment", text: text)]
            // What they did outside the session is done again, and again taken back.
            case .undone(let sources, _):
                sources.map { Journal.Entry(kind: "cell", text: $0) } + [Journal.Entry(kind: "shell", text: "undo \(sources.count)")]
            }
        }
    }
}

extension World {
    /// A world in which what has already happened does not happen again: writes stay in memory, a release is found where it was made.
    static func recovering(_ world: World) -> World {
        var result = scratch(over: world)
        let made = world.releases
        let others = MemoryReleases(over: made).store
        result.releases = ReleaseStore(
            save: { record, bundle in
                try made.list(record.name).first { $0.digest == record.digest } ?? others.save(record, bundle)
            }, list: others.list, read: others.read)
        return result
    }
}

extension Session {
    /// The file that `save` without a name writes from now on; it lies in the folder that paths start from.
    package mutating func remember(file name: String) {
        savedFile = name.split(separator: "/").last.map(String.init) ?? name
    }
}
