import RondoKernels
import RondoLanguage
package import RondoReport
package import RondoSession
package import RondoSignature

/// `replay "house_prices.rondo"`: runs a saved session afresh and compares.
package enum ReplayVerb: SessionVerb {
    static let file = Operand("file", .file, "a session file or a report (this session)", optional: true)
    static let tolerance = Clause("tolerance", .number, "relative difference that counts as close (that of the session)")

    package static let signature = Signature(
        "replay", phase: .shell, class: .shell,
        summary:
            "Runs a session afresh beside this one and compares every answer with its record: same, close, moved, failed, data changed.",
        details: "Nothing outside is touched: files and releases that the cells write stay in a scratch workspace.",
        searchWords: ["reproduce", "verify", "check", "audit", "compare", "same numbers"],
        operands: [file], clauses: [tolerance],
        examples: [
            Example("replay", after: ["load demo \"house_sales\" as sales rows 500", "describe price"], "This session, run afresh."),
            Example(
                "replay \"first.rondo\" tolerance 1e-6", after: ["load demo \"house_sales\" as sales rows 500", "save \"first.rondo\""],
                "A saved session; small differences count as close."),
        ], seeAlso: ["save", "report", "rerun"])

    package static func run(_ call: Call, in session: inout Session) throws -> [Block] {
        let name = call[file]?.value
        let script = try RecordedScript(
            try name.map { try session.readText($0) } ?? SessionFile.text(of: session), name: name ?? "this session",
            registry: session.registry)
        let folder = name.map { script.folder(at: session.path($0), files: session.world.files) } ?? session.baseFolder
        var scratch = Session(registry: session.registry, world: .scratch(over: session.world), baseFolder: folder)
        if name == nil { scratch.givenParameters = session.givenParameters }
        let expected =
            name == nil ? Dictionary(session.runs.map { ($0.number, $0.blocks) }, uniquingKeysWith: { first, _ in first }) : script.blocks
        let replay = Replay(script.items, in: scratch, tolerance: call[tolerance]?.value.number, expected: expected)
        if replay.cells.contains(where: { $0.report.error?.code == "R0501" }) { throw Interrupted() }
        guard !replay.cells.isEmpty else { return [.text(TextBlock("there is no cell to replay"))] }
        return blocks(replay)
    }

    private static func blocks(_ replay: Replay) -> [Block] {
        let order: [ReplayVerdict] = [.same, .close, .moved, .dataChanged, .failed, .unrecorded]
        let counts = order.map { verdict in (verdict, replay.cells.count { $0.verdict == verdict }) }.filter { $0.1 > 0 }
        let tone: TextBlock.Tone = replay.verdict.exitCode == 0 ? .good : .warning
        var figures = counts.map { Figure($0.0.rawValue.replacing(" ", with: "_"), Scalar($0.1), .count) }
        figures.append(Figure("cells", Scalar(replay.cells.count), .count))
        let words = counts.map { "{\($0.0.rawValue.replacing(" ", with: "_"))} \($0.0.rawValue)" }.joined(separator: ", ")
        return [
            .figures(figures), .text(TextBlock("{cells} cells: \(words)", tone: tone)),
            .table(
                TableBlock(
                    caption: "replay",
                    columns: [
                        .init("cell", "integer", .plain), .init("source", "text", .plain), .init("verdict", "text", .plain),
                        .init("what", "text", .plain),
                    ],
                    rows: replay.cells.map {
                        [
                            Scalar($0.number), .text(ShellRules.line($0.source, limit: 48)), .text($0.verdict.rawValue),
                            .text($0.details.joined(separator: "; ")),
                        ]
                    })),
        ]
    }
}
