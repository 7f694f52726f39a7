import RondoKernels
import RondoLanguage
package import RondoReport
package import RondoSession
package import RondoSignature

/// `report "house_prices.html"`: the session as one page.
package enum ReportVerb: SessionVerb {
    static let file = Operand("file", .file, "the page: .html, .md or .ipynb")

    package static let signature = Signature(
        "report", phase: .shell, class: .shell,
        summary: "Writes the session as one page from what its cells answered: goal and verdict, cells, ledger, notes, models, releases.",
        details: "The HTML page needs no network and carries the whole session: `rondo replay page.html` checks it. Nothing runs again.",
        searchWords: ["html", "page", "publish", "share", "markdown", "document", "notebook", "ipynb", "jupyter"],
        operands: [file],
        examples: [
            Example(
                "report \"sales.html\"", after: ["load demo \"house_sales\" as sales rows 500", "describe", "plot price"],
                "One page to read in a browser."),
            Example("report \"sales.md\"", after: ["load demo \"house_sales\" as sales rows 500", "describe"], "The same as Markdown."),
            Example(
                "report \"sales.ipynb\"", after: ["load demo \"house_sales\" as sales rows 500", "plot price"],
                "The same as a notebook, to look at where notebooks are shown."),
        ], seeAlso: ["save", "replay", "note"])

    package static func run(_ call: Call, in session: inout Session) throws -> [Block] {
        let target = try call.required(file)
        let name = target.value
        var document = ReportBuilder.document(of: session)
        document.base = FolderPath.way(
            from: FolderPath.containing(session.path(name)), to: session.baseFolder, working: session.world.workingFolder)
        let text: String
        if name.lowercased().hasSuffix(".html") {
            text = try HTMLReport.render(document)
        } else if name.lowercased().hasSuffix(".md") {
            text = MarkdownReport.render(document)
        } else if name.lowercased().hasSuffix(".ipynb") {
            text = NotebookReport.render(
                document, opening: MarkdownReport.opening(document), closing: MarkdownReport.closing(document))
        } else {
            let stem = name.split(separator: "/").last?.split(separator: ".").first.map(String.init) ?? "report"
            throw Diagnostic(
                "R0565", "a report ends in .html, .md or .ipynb", span: target.span, remedy: "report \(TextLiteral.written(stem + ".html"))"
            )
        }
        let bytes = Array(text.utf8)
        try session.world.files.write(session.path(name), bytes)
        var blocks: [Block] = [
            .figures([Figure("cells", Scalar(session.runs.count), .count), Figure("bytes", Scalar(bytes.count), .bytes)]),
            .text(TextBlock("{cells} cells drawn in \(SlotText.escaped(name)), {bytes}", tone: .good)),
        ]
        let stale = session.runs.filter(\.isStale).count
        if stale > 0 {
            blocks.append(
                .text(
                    TextBlock("\(ShellRules.counted(stale, "stale cell")), marked so in it: rerun brings them up to date", tone: .warning)))
        }
        return blocks
    }
}
