import RondoExpressions
import RondoFrame
import RondoKernels
package import RondoLanguage
import RondoLearning
import RondoLifecycle
import Synchronization

/// What a session knows by name, for completion; the shell puts the session in before it reads a line.
package final class WorkspaceNames: Sendable {
    private let session = Mutex<Session?>(nil)

    package init() {}

    /// Names come from this session from now on.
    package func look(at session: Session) { self.session.withLock { $0 = session } }

    package var source: NameSource {
        NameSource(
            columns: { [self] in columns($0) },
            tables: { [self] in current?.workspace.tables.map { .init($0.name, "table") } ?? [] },
            models: { [self] in current?.workspace.models.map { .init($0.name, "model") } ?? [] },
            releases: { [self] in releases },
            parameters: { [self] in
                current?.workspace.parameters.map { .init($0.name, $0.about ?? ArgumentText.written($0.value)) } ?? []
            },
            metrics: { Metrics.all.map { .init($0.signature.name, $0.signature.summary) } },
            functions: { Functions.all.map { .init($0.name, $0.summary) } },
            files: { [self] in files($0) })
    }

    private var current: Session? { session.withLock { $0 } }

    /// Columns with type and share of missing values, as the table is now.
    private func columns(_ name: String?) -> [NameSource.Entry] {
        guard let session = current, let table = (name ?? session.workspace.currentTable).flatMap(session.workspace.table) else {
            return []
        }
        let frame = (try? session.cache.prepared(table, context: session.world.compute))?.frame ?? table.rows
        return zip(frame.names, frame.columns).map { name, column in
            let share = column.count == 0 ? 0 : Double(column.missingCount) / Double(column.count)
            let gaps = share == 0 ? "" : share < 0.001 ? ", < 0.1 % missing" : ", \((share * 1000).rounded() / 10) % missing"
            return .init(name, column.type.rawValue + gaps)
        }
    }

    /// Releases of this session, then those of the folder.
    private var releases: [NameSource.Entry] {
        guard let session = current else { return [] }
        let own = session.workspace.releases.map { NameSource.Entry($0.name, "release \($0.version)") }
        let others = (try? session.world.releases.list(nil)) ?? []
        var seen = Set(own.map(\.name))
        return own + others.reversed().filter { seen.insert($0.name).inserted }.map { .init($0.name, "release \($0.version)") }
    }

    /// Files and folders whose path begins with the text; hidden ones only when their dot is typed.
    private func files(_ beginning: String) -> [NameSource.Entry] {
        guard let session = current else { return [] }
        let slash = beginning.lastIndex(of: "/")
        let folder = slash.map { String(beginning[...$0]) } ?? ""
        let start = slash.map { beginning[beginning.index(after: $0)...] } ?? beginning[...]
        let place = session.baseFolder.isEmpty || folder.hasPrefix("/") ? folder : session.baseFolder + "/" + folder
        return session.world.files.list(place.isEmpty ? "." : place).filter {
            $0.hasPrefix(start) && (start.hasPrefix(".") || !$0.hasPrefix("."))
        }
        .map { .init(folder + $0, $0.hasSuffix("/") ? "folder" : "") }
    }
}
