import RondoKernels
import RondoLanguage
package import RondoReport
package import RondoSession
package import RondoSignature

/// `more`: the last answer, all of it.
package enum MoreVerb: SessionVerb {
    package static let signature = Signature(
        "more", phase: .shell, class: .shell,
        summary: "Shows the last answer again, whole: every row and column, in the pager of a terminal.",
        searchWords: ["all rows", "pager", "less", "full", "everything"],
        examples: [
            Example("more", after: ["load demo \"house_sales\" as sales rows 500", "head 100"], "All hundred rows."),
            Example("more", after: ["load demo \"house_sales\" as sales rows 500", "describe"], "Every column."),
        ], seeAlso: ["head", "describe", "history"])

    package static func run(_ call: Call, in session: inout Session) throws -> [Block] {
        try ShellRules.needsPrompt(call, in: session)
        guard let last = session.lastReport, !last.blocks.isEmpty else {
            throw Diagnostic("R0561", "there is no answer to show yet", span: call.cell.verb.span, remedy: "describe")
        }
        return last.blocks
    }
}
