import RondoKernels
package import RondoReport

/// A report as one Markdown file: goal and verdict, then the cells with their results, then models, releases, files and facts.
package enum MarkdownReport {
    package static func render(_ document: ReportDocument) -> String {
        let renderer = MarkdownRenderer(numbers: document.numbers)
        var text = opening(document) + "## Cells\n\n"
        for cell in document.cells { renderer.render(cell, into: &text) }
        return text + closing(document)
    }

    /// Title, goal with its verdict, and the notes kept.
    package static func opening(_ document: ReportDocument) -> String {
        func escaped(_ text: String) -> String { MarkdownRenderer.escaped(text) }
        var text = "# \(escaped(document.title))\n\n"
        if let goal = document.goal {
            text += "## Goal\n\n\(escaped(goal.text))\n\n"
            for line in goal.lines {
                let verdict = line.isMet.map { $0 ? "met" : "not met" } ?? "open"
                text += "- \(escaped(line.condition)): **\(verdict)**\(line.detail.isEmpty ? "" : " (\(escaped(line.detail)))")\n"
            }
            if !goal.lines.isEmpty { text += "\n" }
        }
        if !document.register.isEmpty {
            text += "## Notes kept\n\n"
            for entry in document.register {
                let details = [entry.about.map { "about \($0)" }, entry.who, entry.until.map { "until \($0)" }].compactMap { $0 }.joined(
                    separator: ", ")
                let open = entry.isSettled == false ? " (open)" : ""
                text += "- \(entry.kind): \(escaped(entry.text))\(open)\(details.isEmpty ? "" : " · \(escaped(details))")\n"
            }
            text += "\n"
        }
        return text
    }

    /// Ledger, models, releases, files and facts.
    package static func closing(_ document: ReportDocument) -> String {
        let renderer = MarkdownRenderer(numbers: document.numbers)
        var text = ""
        for (heading, table) in [("Row ledger", document.ledger), ("Models", document.models), ("Releases", document.releases)] {
            guard let table else { continue }
            text += "## \(heading)\n\n"
            renderer.render(CellReport(number: nil, line: 0, source: "", blocks: [.table(table)]), into: &text)
        }
        return text + facts(document)
    }

    private static func facts(_ document: ReportDocument) -> String {
        var text = "## Facts\n\n"
        for file in document.files {
            text += "- \(MarkdownRenderer.escaped(file.name)): \(NumberText.bytes(Double(file.bytes))), SHA-256 `\(file.sha256)`\n"
        }
        for fact in document.facts { text += "- \(MarkdownRenderer.escaped(fact.name)): \(MarkdownRenderer.escaped(fact.value))\n" }
        return text
    }
}
