import Foundation
import RondoKernels
import RondoSession
import RondoStore
import Testing

/// A folder that goes when its test has ended.
private final class Folder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("rondo-store-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func store() -> ReleaseStore { WorkspaceStore(folder: path + "/.rondo", files: DiskFiles.access).releases }

    func mode(_ name: String) throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: path + "/" + name)[.posixPermissions] as? Int)
    }
}

@Suite("The workspace store")
struct WorkspaceStoreTests {
    private let folder: Folder

    init() throws { folder = try Folder() }

    private func record(_ name: String, _ bundle: [UInt8], label: String = "live") throws -> ReleaseRecord {
        ReleaseRecord(
            name: name, version: 0, digest: try SHA256Digest.hex(of: bundle), label: label, model: "forest", family: "forest", madeAt: 5,
            because: "why")
    }

    @Test("makes nothing before something is released")
    func lazy() throws {
        #expect(try folder.store().list(nil).isEmpty)
        #expect(throws: Fault.self) { try folder.store().read("house", nil) }
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/.rondo"))
    }

    @Test("numbers versions by name; the same bytes make no new one")
    func versions() throws {
        let store = folder.store()
        #expect(try store.save(record("house", [1, 2]), [1, 2]).version == 1)
        #expect(try store.save(record("house", [3]), [3]).version == 2)
        #expect(try store.save(record("house", [1, 2]), [1, 2]).version == 1)
        #expect(try store.save(record("barn", [3]), [3]).version == 1)
        #expect(try store.list("house").map(\.version) == [1, 2])
        #expect(try store.list(nil).map(\.name) == ["barn", "house", "house"])
        #expect(try folder.mode(".rondo") == 0o700)
    }

    @Test("another process reads the same, the newest live one unless a version is named")
    func reading() throws {
        let store = folder.store()
        _ = try store.save(record("house", [1]), [1])
        _ = try store.save(record("house", [2]), [2])
        _ = try store.save(record("house", [3], label: "canary"), [3])
        let other = folder.store()
        #expect(try other.read("house", nil).1 == [2])
        #expect(try other.read("house", 1).1 == [1])
        #expect(try other.read("house", 3).0.label == "canary")
        #expect(try other.read("house", 3).0.because == "why")
        #expect(throws: Fault.self) { try other.read("house", 4) }
    }

    @Test("a damaged or lost bundle is a fault that says so")
    func damaged() throws {
        let store = folder.store()
        let saved = try store.save(record("house", [1, 2, 3]), [1, 2, 3])
        let path = "\(folder.path)/.rondo/models/\(saved.digest).bundle"
        try Data([1, 2, 4]).write(to: URL(fileURLWithPath: path))
        #expect(try code { _ = try store.read("house", nil) } == "R0551")
        try FileManager.default.removeItem(atPath: path)
        #expect(try code { _ = try store.read("house", nil) } == "R0550")
    }

    @Test("a file that is no database is a fault with a remedy")
    func noDatabase() throws {
        try FileManager.default.createDirectory(atPath: folder.path + "/.rondo", withIntermediateDirectories: true)
        try Data(repeating: 65, count: 4096).write(to: URL(fileURLWithPath: folder.path + "/.rondo/rondo.sqlite"))
        #expect(try code { _ = try folder.store().list(nil) } == "R0554")
    }

    private func code(_ body: () throws -> Void) throws -> String? {
        do {
            try body()
            return nil
        } catch let fault as Fault {
            #expect(!fault.remedy.isEmpty)
            return fault.code
        }
    }

    // MARK: Files

    @Test("files of any size are read back as written, the empty one too")
    func files() throws {
        for bytes in [[], [7], [UInt8](repeating: 9, count: 100_000)] as [[UInt8]] {
            try DiskFiles.write(folder.path + "/file", bytes)
            #expect(try DiskFiles.read(folder.path + "/file").array == bytes)
        }
        #expect(DiskFiles.list(folder.path) == ["file"])
    }

    @Test("a written file keeps its permissions, and a link stays a link")
    func permissions() throws {
        try DiskFiles.write(folder.path + "/file", [1])
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: folder.path + "/file")
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/link", withDestinationPath: "file")
        try DiskFiles.write(folder.path + "/link", [2])
        #expect(try folder.mode("file") == 0o640)
        #expect(try DiskFiles.read(folder.path + "/file").array == [2])
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.path + "/link") == "file")
    }

    @Test("absent files and folders are faults of their own")
    func absent() throws {
        try DiskFiles.write(folder.path + "/sales.csv", [1])
        #expect(try code { _ = try DiskFiles.read(folder.path + "/sale.csv") } == "R0620")
        #expect(try code { _ = try DiskFiles.read(folder.path) } == "R0621")
        #expect(try code { try DiskFiles.write(folder.path, [1]) } == "R0621")
        #expect(try code { try DiskFiles.write(folder.path + "/none/file", [1]) } == "R0624")
    }

    @Test("a line cut off by a crash is ended before the next is appended")
    func appending() throws {
        let path = folder.path + "/deep/er/journal"
        try DiskFiles.append(path, "one")
        try Data("one\ntw".utf8).write(to: URL(fileURLWithPath: path))
        try DiskFiles.append(path, "three")
        #expect(try DiskFiles.read(path).text == "one\ntw\nthree\n")
    }

    @Test("a scratch world writes nothing and reads what it wrote")
    func scratch() throws {
        let world = World.disk(environment: ["RONDO_THREADS": "3"], releases: folder.store())
        #expect(world.threads.value == 3)
        let scratch = World.scratch(over: world)
        try scratch.files.write(folder.path + "/file", [1])
        #expect(try scratch.files.read(folder.path + "/file").array == [1])
        _ = try scratch.releases.save(record("house", [1]), [1])
        #expect(try scratch.releases.list(nil).count == 1)
        #expect(DiskFiles.list(folder.path).isEmpty)
    }
}
