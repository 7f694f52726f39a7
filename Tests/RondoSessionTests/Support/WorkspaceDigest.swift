import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoRecipes
import RondoReport
import RondoSession

/// Everything a workspace holds, in lines that can be compared.
struct WorkspaceDigest: Equatable {
    let lines: [String]

    init(_ workspace: Workspace) {
        var lines = [
            "current \(workspace.currentTable ?? "")", "chosen \(workspace.chosenModel ?? "")",
            "goal \(String(describing: workspace.goal))",
        ]
        lines += workspace.tables.map(WorkspaceDigest.line)
        lines += workspace.models.map {
            "model \($0.name) \(WorkspaceDigest.hash($0.predictor.archive())) \($0.marks) \($0.trainingRows.count)"
        }
        lines += workspace.parameters.map { "parameter \($0.name) \(ArgumentText.written($0.value))" }
        lines += workspace.notes.map { "note \($0)" }
        lines += workspace.releases.map { "release \($0.name) \($0.version) \($0.digest)" }
        lines.append("settings \(workspace.settings)")
        self.lines = lines
    }

    private static func line(_ table: Table) -> String {
        var hasher = ValueHasher()
        for (name, column) in zip(table.rows.names, table.rows.columns) {
            hasher.combine(name)
            for row in 0..<column.count { hasher.combine(column[row].plainText) }
        }
        let steps = table.recipe.entries.map { String(describing: $0.text) }
        return
            "table \(table.name) \(hasher.value) \(steps) \(table.split?.parts.count ?? 0) \(table.flags) \(table.checks) \(table.ledger.entries)"
    }

    static func hash(_ archive: Archive) -> String { hash(archive.encoded()) }

    static func hash(_ bytes: [UInt8]) -> String {
        (try? bytes.withUnsafeBytes { try SHA256Digest.hex(of: $0) }) ?? "no digest"
    }
}
