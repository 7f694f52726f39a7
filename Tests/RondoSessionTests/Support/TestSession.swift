import Foundation
import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoRecipes
import RondoReport
import RondoSession
import RondoSignature
import RondoStore
import RondoVerbs
import Synchronization
import Testing

/// A session for tests: every verb, files and releases in memory, a clock that stands still or strides.
struct TestSession {
    var session: Session
    let files: MemoryFiles
    let releases: MemoryReleases

    /// - Parameters:
    ///   - files: texts by path; `data/…` reads the shared data folder.
    ///   - stride: seconds that every look at the clock adds.
    init(_ files: [String: String] = [:], threads: Int = 1, stride: Double = 0) {
        let memory = MemoryFiles(over: SharedData.access, files: files.mapValues { Array($0.utf8) })
        let kept = MemoryReleases()
        let box = StridingClock(stride: stride)
        self.files = memory
        releases = kept
        session = Session(
            registry: StandardVerbs.registry,
            world: World(
                now: { 1_700_000_000_000_000 &+ Int64(box.next() * 1_000_000) }, elapsed: { box.next() }, environment: [:],
                files: memory.access,
                releases: kept.store, threads: ThreadCount(threads)))
        session.world.readers = [SQLiteReader.self]
    }

    /// Enters a script as a person would; stops at the first cell that fails. With bad syntax nothing runs.
    @discardableResult
    mutating func run(_ script: String) -> [CellReport] {
        let parsed = ScriptParser.parse(script, grammar: session.registry.grammar)
        guard parsed.isWhole else { return script.isEmpty ? [] : self.script(script).reports }
        var reports: [CellReport] = []
        for item in parsed.syntax.items {
            switch item {
            case .cell(let cell): reports.append(session.enter(cell))
            case .note(let markdown, let line): reports.append(session.enter(note: markdown, line: line))
            case .comment(let text, let line): session.enter(comment: text, line: line)
            case .record: continue
            }
            if reports.last?.error != nil { return reports }
        }
        return reports
    }

    /// Runs a script as a file is run.
    mutating func script(_ text: String) -> (reports: [CellReport], exitCode: Int32) {
        var reports: [CellReport] = []
        let run = ScriptRun(text, in: session) { report, _ in reports.append(report) }
        session = run.session
        return (reports, run.exitCode)
    }

    /// Runs a script of which every cell must be accepted; answers with the last report.
    @discardableResult
    mutating func accept(_ script: String, sourceLocation: SourceLocation = #_sourceLocation) -> CellReport {
        let reports = run(script)
        for report in reports {
            if let error = report.error {
                Issue.record("\(report.source)\n\(error.code): \(error.message)", sourceLocation: sourceLocation)
            }
        }
        return reports.last ?? CellReport(number: nil, line: 0, source: "", status: .error)
    }

    /// Runs a cell that must be refused with this code and must leave the session as it was.
    @discardableResult
    mutating func expectFault(_ cell: String, _ code: String, sourceLocation: SourceLocation = #_sourceLocation) -> ErrorReport? {
        let before = WorkspaceDigest(session.workspace)
        let report = run(cell).last
        #expect(report?.error?.code == code, "\(cell): \(report?.error?.message ?? "accepted")", sourceLocation: sourceLocation)
        #expect(report?.error?.remedy.isEmpty == false, "\(cell): no remedy", sourceLocation: sourceLocation)
        #expect(WorkspaceDigest(session.workspace) == before, "\(cell) changed the session", sourceLocation: sourceLocation)
        return report?.error
    }

    var workspace: Workspace { session.workspace }

    /// The table of this name through its recipe.
    func prepared(_ table: String) throws -> Frame {
        let found = try #require(workspace.table(table))
        return try session.cache.prepared(found, context: session.world.compute).frame
    }
}

private final class StridingClock: Sendable {
    private let seconds = Mutex(0.0)
    private let stride: Double

    init(stride: Double) { self.stride = stride }

    func next() -> Double {
        seconds.withLock { value in
            value += stride
            return value
        }
    }
}

/// The data folder beside the checkout, read only by tests.
enum SharedData {
    static let folder: URL = {
        var url = URL(fileURLWithPath: #filePath)
        for _ in 0..<5 { url.deleteLastPathComponent() }
        return url.appendingPathComponent("shared/data")
    }()

    /// Whether the data folder is there; tests on it are skipped where it is not.
    static let isPresent = FileManager.default.fileExists(atPath: folder.appendingPathComponent("iris.csv").path)

    /// Paths that begin with `data/` lie in the folder; nothing else is there.
    static let access = FileAccess(
        read: { path in
            guard path.hasPrefix("data/") else {
                throw Fault("R0620", "there is no file \(path)", remedy: "look at the name and the folder", subject: path)
            }
            return try DiskFiles.read(folder.appendingPathComponent(String(path.dropFirst(5))).path)
        }, write: { _, _ in }, append: { _, _ in },
        exists: { path in path.hasPrefix("data/") && DiskFiles.exists(folder.appendingPathComponent(String(path.dropFirst(5))).path) },
        list: { _ in [] })
}

extension CellReport {
    /// All words of the cell with their figures filled in, a line a text.
    var words: String {
        blocks.compactMap { block in
            if case .text(let text) = block { return SlotFilling.fill(text.template, from: self) }
            return nil
        }.joined(separator: "\n")
    }

    /// Words with a warning tone.
    var warnings: String {
        blocks.compactMap { block in
            if case .text(let text) = block, text.tone == .warning { return SlotFilling.fill(text.template, from: self) }
            return nil
        }.joined(separator: "\n")
    }

    var tables: [TableBlock] {
        blocks.compactMap { block in
            if case .table(let table) = block { return table }
            return nil
        }
    }

    func number(_ name: String) -> Double? { figure(name)?.value.number }
}
