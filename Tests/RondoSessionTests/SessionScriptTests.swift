import Foundation
import RondoKernels
import RondoReport
import RondoSession
import Testing

/// Every session in `sessions/` replays the same, on one thread and on two.
@Suite struct SessionScriptTests {
    static let folder: URL = {
        var url = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { url.deleteLastPathComponent() }
        return url.appendingPathComponent("sessions")
    }()
    static let names = DiskFiles.list(folder.path).filter { $0.hasSuffix(".rondo") }

    @Test func thereAreSessions() { print("sessions covered: \(Self.names.count)") }

    @Test(arguments: names.isEmpty ? [] : names) func replaysTheSame(_ name: String) throws {
        let (one, two) = (try replay(name, threads: 1), try replay(name, threads: 2))
        for cell in one.cells { #expect(cell.verdict == .same || cell.verdict == .unrecorded, "\(name):\(cell.line) \(cell.source): \(cell.verdict.rawValue) \(cell.details)") }
        #expect(!one.cells.isEmpty)
        #expect(one.session.runs.map(\.digest) == two.session.runs.map(\.digest))
    }

    private func replay(_ name: String, threads: Int) throws -> Replay {
        let world = World.scratch(
            over: World(
                now: { 1_700_000_000_000_000 }, elapsed: { 0 }, environment: [:], files: DiskFiles.access, releases: MemoryReleases().store,
                threads: ThreadCount(threads)))
        let session = Session(registry: TestSession().session.registry, world: world, baseFolder: Self.folder.path)
        let recorded = try RecordedSession(Self.folder.appendingPathComponent(name).path, in: session)
        return Replay(recorded.items, in: session, expected: recorded.blocks)
    }
}
