import RondoKernels
import RondoLanguage
package import RondoReport
package import RondoSession
package import RondoSignature

/// `quit`: ends the shell.
package enum QuitVerb: SessionVerb {
    package static let signature = Signature(
        "quit", phase: .shell, class: .shell,
        summary: "Ends the shell; what was entered stays in the journal, and `open last` brings it back.",
        searchWords: ["exit", "leave", "bye", "close", "end"],
        examples: [
            Example("quit", after: ["load demo \"house_sales\" as sales rows 500"], "Leaves; `open last` brings the session back."),
            Example("quit", "Leaves an empty session."),
        ], seeAlso: ["save", "open"])

    package static func run(_ call: Call, in session: inout Session) throws -> [Block] {
        try ShellRules.needsPrompt(call, in: session)
        session.isFinished = true
        guard session.savedFile == nil, !session.runs.isEmpty, session.journal != nil else { return [] }
        return [.text(TextBlock("not saved under a name; open last brings it back"))]
    }
}
