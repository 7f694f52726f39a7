import RondoKernels
import RondoLanguage
import RondoLifecycle
package import RondoReport
package import RondoSession
package import RondoSignature

/// `save "house_prices.rondo"`: the session as a file.
package enum SaveVerb: SessionVerb {
    static let file = Operand("file", .file, "the session file (the one last saved or opened)", optional: true)

    package static let signature = Signature(
        "save", phase: .shell, class: .shell,
        summary: "Writes the session to a file: the cells as typed, each with a record of its answer.",
        details:
            "The file is plain text; `rondo run FILE` runs it, `rondo replay FILE` runs it afresh and compares every answer with its record.",
        searchWords: ["write", "store", "session", "file", "keep"],
        operands: [file],
        examples: [
            Example(
                "save \"first.rondo\"", after: ["load demo \"house_sales\" as sales rows 500", "describe"], "The session under a name."),
            Example(
                "save", after: ["load demo \"house_sales\" as sales rows 500", "save \"first.rondo\"", "describe"],
                "Again, under the same name."),
        ], seeAlso: ["open", "replay", "report"])

    package static func run(_ call: Call, in session: inout Session) throws -> [Block] {
        guard let name = call[file]?.value ?? session.savedFile else {
            throw Diagnostic("R0563", "the session has no name yet", span: call.cell.verb.span, remedy: "save \"session.rondo\"")
        }
        if let other = [".html", ".md", ".ipynb"].first(where: name.lowercased().hasSuffix) {
            throw Diagnostic(
                "R0568", "\(other) is the ending of a report, not of a session", span: call[file]?.span,
                remedy: "report \(TextLiteral.written(name))")
        }
        let bytes = try session.save(as: name)
        let cells = session.runs.count
        var blocks: [Block] = [
            .figures([Figure("cells", Scalar(cells), .count), Figure("bytes", Scalar(bytes), .bytes)]),
            .text(TextBlock("{cells} cells saved in \(SlotText.escaped(name)), {bytes}", tone: .good)),
        ]
        let stale = session.runs.filter(\.isStale).count
        if stale > 0 {
            blocks.append(
                .text(TextBlock("\(ShellRules.counted(stale, "stale cell")) without a record: rerun first to keep one", tone: .warning)))
        }
        if name.contains("/"),
            session.runs.contains(where: { run in run.filesRead.contains { !$0.name.hasPrefix("/") && !$0.name.contains("@") } })
        {
            blocks.append(
                .text(TextBlock("its cells name files from this folder: move the session file here before it is run", tone: .warning)))
        }
        return blocks
    }
}
