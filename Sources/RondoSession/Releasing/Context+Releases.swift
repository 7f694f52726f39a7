import RondoKernels
package import RondoLanguage
import RondoLifecycle

extension Context {
    /// A release by name and version: of this session, else of the workspace (read only, and recorded).
    package mutating func release(_ thing: Thing?, verb: String) throws -> Workspace.Release {
        guard let name = thing?.name ?? workspace.releases.last.map({ Name($0.name, Span(0, 0)) }) else {
            throw Diagnostic(
                "R0553", "there is no release yet", span: nil, remedy: "deploy \(workspace.defaultModel?.name ?? "MODEL") as house_price")
        }
        read(.release(name.value))
        let version = thing?.version.flatMap(Int.init)
        if let own = workspace.release(name.value), version == nil || own.version == version { return own }
        guard try !world.releases.list(name.value).isEmpty else {
            let known = Set(try world.releases.list(nil).map(\.name) + workspace.releases.map(\.name)).sorted()
            throw SessionNames.unknownRelease(name, known: known, source: source)
        }
        let (record, bytes) = try world.releases.read(name.value, version)
        let bundle = try bytes.withUnsafeBytes { try Bundle(bytes: $0) }
        recordRead(Table.SourceFile(name: "\(record.name)@\(record.version)", byteCount: bytes.count, sha256: record.digest))
        return Workspace.Release(name: record.name, version: record.version, digest: record.digest, bundle: bundle)
    }
}
