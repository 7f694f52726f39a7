import RondoKernels
import RondoLanguage
package import RondoReport
package import RondoSession
package import RondoSignature

/// `history 10`, `history like "fit"`: the cells of the session.
package enum HistoryVerb: SessionVerb {
    static let count = Operand("count", .integer, "how many of the last cells (all)", optional: true)
    static let like = Clause("like", .text, "only cells that contain this text; * stands for anything")

    package static let signature = Signature(
        "history", phase: .shell, class: .shell,
        summary: "Lists the cells of the session with their numbers: what ran, what is stale, how long it took.",
        searchWords: ["cells", "commands", "log", "list", "earlier"],
        operands: [count], clauses: [like],
        examples: [
            Example("history", after: ["load demo \"house_sales\" as sales rows 500", "describe"], "All cells."),
            Example(
                "history 5 like \"drop\"", after: ["load demo \"house_sales\" as sales rows 500", "drop lot_size"],
                "Those of the last that drop something."),
        ], seeAlso: ["edit", "undo", "status"])

    package static func run(_ call: Call, in session: inout Session) throws -> [Block] {
        var runs = session.runs
        if let pattern = call[like]?.value {
            let isWild = pattern.contains("*") || pattern.contains("?")
            runs = runs.filter { isWild ? Wildcard.matches($0.source, pattern: "*\(pattern)*") : $0.source.contains(pattern) }
        }
        runs = Array(runs.suffix(try ShellRules.count(call, count, default: Int.max)))
        guard !runs.isEmpty else { return [.text(TextBlock(session.runs.isEmpty ? "no cells yet" : "no such cell"))] }
        var blocks: [Block] = [
            .table(
                TableBlock(
                    caption: "cells",
                    columns: [
                        .init("cell", "integer", .plain), .init("source", "text", .plain), .init("state", "text", .plain),
                        .init("seconds", "number", .seconds, volatile: true),
                    ],
                    rows: runs.map {
                        [Scalar($0.number), .text(ShellRules.line($0.source)), .text($0.isStale ? "stale" : "ok"), Scalar($0.seconds)]
                    }))
        ]
        if !session.undone.isEmpty { blocks.append(.text(TextBlock("redo puts back \(ShellRules.counted(session.undone.count, "cell"))"))) }
        return blocks
    }
}
