import RondoKernels
import Synchronization

/// A released bundle: one version under a name.
package struct ReleaseRecord: Sendable, Hashable {
    package let name: String
    /// From 1.
    package let version: Int
    /// SHA-256 of the bundle.
    package let digest: String
    /// `live`, `staging`, `canary`, `shadow`.
    package let label: String
    package let model: String
    package let family: String
    /// Microseconds since 1970-01-01 UTC.
    package let madeAt: Int64
    package let because: String?

    package init(
        name: String, version: Int, digest: String, label: String, model: String, family: String, madeAt: Int64, because: String?
    ) {
        self.name = name
        self.version = version
        self.digest = digest
        self.label = label
        self.model = model
        self.family = family
        self.madeAt = madeAt
        self.because = because
    }
}

/// Where releases are kept, as closures.
package struct ReleaseStore: Sendable {
    /// Keeps a bundle as the next version of its name, or finds the version that already holds these very bytes.
    package var save: @Sendable (_ record: ReleaseRecord, _ bundle: [UInt8]) throws -> ReleaseRecord
    /// All versions, by name and version; of one name when given. A scratch store lists without a name only what was made in it.
    package var list: @Sendable (_ name: String?) throws -> [ReleaseRecord]
    /// The bundle of a version (nil: the live one, else the newest).
    package var read: @Sendable (_ name: String, _ version: Int?) throws -> (ReleaseRecord, [UInt8])

    package init(
        save: @escaping @Sendable (ReleaseRecord, [UInt8]) throws -> ReleaseRecord,
        list: @escaping @Sendable (String?) throws -> [ReleaseRecord],
        read: @escaping @Sendable (String, Int?) throws -> (ReleaseRecord, [UInt8])
    ) {
        self.save = save
        self.list = list
        self.read = read
    }
}

/// Releases in memory, over a store that is only read: for tests and for the scratch workspace of a replay.
package final class MemoryReleases: Sendable {
    private let kept = Mutex<[(record: ReleaseRecord, bundle: [UInt8])]>([])
    private let beneath: ReleaseStore?

    package init(over beneath: ReleaseStore? = nil) { self.beneath = beneath }

    package var store: ReleaseStore {
        ReleaseStore(
            save: { [self] record, bundle in
                kept.withLock { kept in
                    let versions = kept.filter { $0.record.name == record.name }
                    if let same = versions.first(where: { $0.record.digest == record.digest }) { return same.record }
                    let numbered = ReleaseRecord(
                        name: record.name, version: (versions.map(\.record.version).max() ?? 0) + 1, digest: record.digest,
                        label: record.label,
                        model: record.model, family: record.family, madeAt: record.madeAt, because: record.because)
                    kept.append((numbered, bundle))
                    return numbered
                }
            },
            list: { [self] name in
                let own = kept.withLock { $0.map(\.record).filter { name == nil || $0.name == name } }
                let found = try own.isEmpty && name != nil ? beneath?.list(name) ?? [] : own
                return found.sorted { ($0.name, $0.version) < ($1.name, $1.version) }
            },
            read: { [self] name, version in
                let own = kept.withLock { kept in
                    kept.filter { $0.record.name == name && (version == nil || $0.record.version == version) }.last
                }
                if let own { return (own.record, own.bundle) }
                if let beneath { return try beneath.read(name, version) }
                throw Fault(
                    "R0205", "there is no release \(name)\(version.map { "@\($0)" } ?? "")",
                    remedy: "releases",
                    subject: name)
            })
    }
}
