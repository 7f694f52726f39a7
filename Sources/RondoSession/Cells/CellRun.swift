package import RondoLanguage
package import RondoLifecycle
package import RondoReport

/// An accepted cell with everything it did.
package struct CellRun: Sendable {
    /// From 1.
    package var number: Int
    package let syntax: CellSyntax
    package var blocks: [Block]
    package var seconds: Double
    package var reads: Set<Dependency>
    package var writes: Set<Dependency>
    package var filesRead: [Table.SourceFile]
    package var filesWritten: [Table.SourceFile]
    /// Whether something it read has changed since it ran, or its text was edited.
    package var isStale: Bool
    /// The workspace as this cell found and left it; unchanged columns are shared.
    package var before: Workspace
    package var after: Workspace

    package var source: String { syntax.source }
    package var digest: CellDigest { CellDigest(blocks) }

    package var report: CellReport {
        CellReport(
            number: number, line: syntax.line, source: source, status: isStale ? .stale : .ok, seconds: seconds, blocks: blocks)
    }
}

/// One item of a session, in order.
package enum SessionItem: Sendable {
    case cell(CellRun)
    case note(markdown: String, line: Int)
    case comment(String, line: Int)

    package var run: CellRun? { if case .cell(let run) = self { run } else { nil } }
}
