import RondoKernels
import RondoLanguage
package import RondoReport
package import RondoSession
package import RondoSignature

/// `rerun`: runs the stale cells.
package enum RerunVerb: SessionVerb {
    package static let signature = Signature(
        "rerun", phase: .shell, class: .shell,
        summary: "Runs exactly the stale cells again, in order; the others stay as they are.",
        searchWords: ["run again", "refresh", "update", "stale", "recompute"],
        examples: [
            Example(
                "rerun", after: ["load demo \"house_sales\" as sales rows 500", "filter price > 1", "count", "edit 2 filter price > 1000"],
                "The edited filter and the count run."),
            Example("rerun", after: ["load demo \"house_sales\" as sales rows 500"], "Nothing is stale: nothing runs."),
        ], seeAlso: ["edit", "history", "status"])

    package static func run(_ call: Call, in session: inout Session) throws -> [Block] {
        try ShellRules.needsPrompt(call, in: session)
        let before = Dictionary(session.runs.map { ($0.number, $0.digest) }, uniquingKeysWith: { first, _ in first })
        let reports = try session.rerunWhole()
        guard !reports.isEmpty else { return [.text(TextBlock("nothing is stale"))] }
        let after = Dictionary(session.runs.map { ($0.number, $0.digest) }, uniquingKeysWith: { first, _ in first })
        let rows = reports.map { report -> [Scalar] in
            let number = report.number ?? 0
            return [
                Scalar(number), .text(ShellRules.line(report.source)),
                .text(before[number] == after[number] ? "same answer" : "another answer"),
            ]
        }
        return [
            .figures([Figure("cells", Scalar(reports.count), .count)]),
            .text(TextBlock(reports.count == 1 ? "1 cell ran" : "{cells} cells ran")),
            .table(
                TableBlock(
                    caption: "cells that ran",
                    columns: [.init("cell", "integer", .plain), .init("source", "text", .plain), .init("outcome", "text", .plain)],
                    rows: rows)),
        ]
    }
}
