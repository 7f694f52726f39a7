import GRDB
import Glibc
import RondoKernels
package import RondoSession
import Synchronization

/// The folder `.rondo` beside a person's work: a database of releases and their history, and the bundles by digest.
///
/// Nothing is opened or made before it is needed: a folder where nothing was released stays without `.rondo`.
package final class WorkspaceStore: Sendable {
    /// Usually `.rondo`.
    package let folder: String
    private let files: FileAccess
    private let queue = Mutex<DatabaseQueue?>(nil)

    /// - Parameter files: how bundles are read and written.
    package init(folder: String = ".rondo", files: FileAccess) {
        self.folder = folder
        self.files = files
    }

    /// The store as a session uses it.
    package var releases: ReleaseStore {
        ReleaseStore(
            save: { [self] record, bundle in try save(record, bundle) }, list: { [self] name in try list(name) },
            read: { [self] name, version in try read(name, version) })
    }

    private var databasePath: String { folder + "/rondo.sqlite" }
    private func bundlePath(_ digest: String) -> String { "\(folder)/models/\(digest).bundle" }

    // MARK: Writing

    /// Keeps a bundle as the next version of its name, or finds the version that holds these very bytes.
    private func save(_ record: ReleaseRecord, _ bundle: [UInt8]) throws -> ReleaseRecord {
        guard try SHA256Digest.hex(of: bundle) == record.digest else { throw StoreFault.wrongDigest(record) }
        makeFolders()
        let path = bundlePath(record.digest)
        if !files.exists(path) { try files.write(path, bundle) }
        return try used { queue in
            try queue.write { database in
                let versions = try ReleaseRow.of(record.name, in: database)
                if let same = versions.first(where: { $0.digest == record.digest }) { return same }
                let numbered = ReleaseRecord(
                    name: record.name, version: (versions.last?.version ?? 0) + 1, digest: record.digest, label: record.label,
                    model: record.model,
                    family: record.family, madeAt: record.madeAt, because: record.because)
                try ReleaseRow.insert(numbered, in: database)
                return numbered
            }
        }
    }

    // MARK: Reading

    private func list(_ name: String?) throws -> [ReleaseRecord] {
        guard files.exists(databasePath) else { return [] }
        return try used { queue in try queue.read { try ReleaseRow.of(name, in: $0) } }
    }

    /// The bundle of a version, its bytes held against their digest.
    private func read(_ name: String, _ version: Int?) throws -> (ReleaseRecord, [UInt8]) {
        let versions = try list(name)
        let wanted =
            version.map { number in versions.last { $0.version == number } } ?? (versions.last { $0.label == "live" } ?? versions.last)
        guard let record = wanted else { throw StoreFault.unknown(name, version, known: versions, all: try list(nil).map(\.name)) }
        guard let content = try? files.read(bundlePath(record.digest)) else {
            throw StoreFault.lost(record, path: bundlePath(record.digest))
        }
        let bytes = content.array
        guard try SHA256Digest.hex(of: bytes) == record.digest else { throw StoreFault.damaged(record, path: bundlePath(record.digest)) }
        return (record, bytes)
    }

    // MARK: The database

    private func used<Result: Sendable>(_ body: (DatabaseQueue) throws -> Result) throws -> Result {
        do {
            return try body(try opened())
        } catch let error as DatabaseError {
            throw StoreFault.database(databasePath, error)
        }
    }

    /// Opens the database once, makes what is missing, and brings an older one up to date.
    private func opened() throws -> DatabaseQueue {
        try queue.withLock { queue in
            if let queue { return queue }
            makeFolders()
            var configuration = Configuration()
            configuration.journalMode = .wal
            configuration.busyMode = .timeout(10)
            let opened = try DatabaseQueue(path: databasePath, configuration: configuration)
            let migrator = WorkspaceSchema.migrator
            if try opened.read({ try migrator.hasBeenSuperseded($0) }) { throw StoreFault.newer(databasePath) }
            try migrator.migrate(opened)
            queue = opened
            return opened
        }
    }

    private func makeFolders() { DiskFiles.makeFolders(of: "\(folder)/models/") }
}
