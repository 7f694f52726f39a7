import RondoKernels

/// The parts of a report's page in their order: head, contents, goal, warnings, data, ledger, notes, cells, models, release.
struct HTMLReportPage {
    private struct Entry {
        var anchor: String
        var text: String
        var level: Int
        var isCode = false
        var state: String?
    }

    private let document: ReportDocument
    private let cells: HTMLCellRenderer
    private var entries: [Entry] = []

    init(_ document: ReportDocument) {
        self.document = document
        cells = HTMLCellRenderer(numbers: document.numbers)
    }

    // MARK: head and contents

    func header(into builder: inout HTMLBuilder) {
        builder.element("header", [.class("top")]) { builder in
            builder.element("div", [.class("wrap")]) { builder in
                builder.element("h1", text: document.title)
                if !document.subtitle.isEmpty { builder.element("p", [.class("subtitle")], text: document.subtitle) }
                if !document.facts.isEmpty {
                    builder.element("dl", [.class("facts")]) { builder in
                        for fact in document.facts {
                            builder.element("div") { builder in
                                builder.element("dt", text: fact.name)
                                builder.element("dd", text: fact.value)
                            }
                        }
                    }
                }
            }
        }
        builder.line()
    }

    /// Call after `main`, which gathers the entries.
    func contents(into builder: inout HTMLBuilder) {
        builder.element("nav", [.class("contents"), .init("aria-label", "Contents")]) { builder in
            builder.element("p", [.class("label")], text: "Contents")
            builder.element("ul") { builder in
                for entry in entries {
                    builder.element("li", [.class("l\(entry.level)")]) { builder in
                        builder.element("a", [.init("href", "#\(entry.anchor)")]) { builder in
                            if entry.isCode { builder.element("code", text: entry.text) } else { builder.text(entry.text) }
                            if entry.state != nil { builder.text(" ") }
                            if let state = entry.state { builder.element("strong", text: state) }
                        }
                    }
                }
            }
        }
        builder.line()
    }

    // MARK: body

    /// The main part; gathers the entries of the contents on its way.
    mutating func main() -> String {
        var builder = HTMLBuilder()
        builder.element("main", [.id("main"), .init("tabindex", "-1")]) { builder in
            goal(into: &builder)
            attention(into: &builder)
            files(into: &builder)
            table(document.ledger, "ledger", "Row ledger", into: &builder)
            register(into: &builder)
            story(into: &builder)
            table(document.models, "models", "Models", into: &builder)
            table(document.releases, "releases", "Release", into: &builder)
            builder.element("footer") { builder in
                builder.element(
                    "p",
                    text: "This page carries its session: rondo replay with this file runs every cell again and compares each number. "
                        + "Tables show at most \(HTMLTable.rows) rows; the session inside is complete.")
            }
        }
        return builder.html
    }

    private mutating func section(
        _ anchor: String, _ title: String, into builder: inout HTMLBuilder, _ body: (inout HTMLReportPage, inout HTMLBuilder) -> Void
    ) {
        entries.append(Entry(anchor: anchor, text: title, level: 1))
        builder.element("section", [.id(anchor), .init("aria-labelledby", "\(anchor)-h")]) { builder in
            builder.element("h2", [.id("\(anchor)-h")], text: title)
            builder.line()
            body(&self, &builder)
        }
        builder.line()
    }

    private mutating func goal(into builder: inout HTMLBuilder) {
        guard let goal = document.goal else { return }
        section("goal", "Goal and verdict", into: &builder) { _, builder in
            let judged = goal.lines.compactMap(\.isMet)
            let verdict = judged.isEmpty ? "open" : judged.contains(false) ? "missed" : judged.count < goal.lines.count ? "open" : "met"
            let words = HTMLReportPage.verdict(verdict, met: judged.filter { $0 }.count, of: goal.lines.count)
            builder.element("div", [.class("verdict \(verdict)")]) { builder in
                builder.element("p", [.class("wish")], text: goal.text)
                builder.element("p", [.class("result")], text: words)
                if goal.lines.isEmpty { return }
                builder.element("ul") { builder in
                    for line in goal.lines {
                        let state = line.isMet.map { $0 ? "met" : "not met" } ?? "not judged"
                        builder.element("li", [.class(line.isMet.map { $0 ? "met" : "missed" } ?? "open")]) { builder in
                            builder.element("span", [.class("condition")], text: UnitJoining.joined(line.condition))
                            builder.text(" ")
                            builder.element("strong", text: state)
                            if !line.detail.isEmpty {
                                builder.element("span", [.class("detail")], text: " \(UnitJoining.joined(line.detail))")
                            }
                        }
                    }
                }
            }
        }
    }

    private static func verdict(_ verdict: String, met: Int, of count: Int) -> String {
        switch verdict {
        case "met": "The goal is met."
        case "missed": "The goal is not met."
        default: met == 0 ? "The goal is not judged yet." : "The goal is not judged in full yet: \(met) of \(count) conditions are met."
        }
    }

    /// What a reader should look at first: failed and stale cells, and warnings, each with its cell.
    private mutating func attention(into builder: inout HTMLBuilder) {
        var found: [(cell: CellReport, text: String)] = []
        for cell in document.cells {
            if let error = cell.error { found.append((cell, "failed: \(error.message)")) }
            if cell.status == .stale { found.append((cell, "stale: something it read has changed since it ran")) }
            for case .text(let text) in cell.blocks where text.tone == .warning {
                found.append((cell, SlotFilling.fill(text.template, from: cell, numbers: document.numbers)))
            }
        }
        if found.isEmpty { return }
        section("attention", "Worth a look", into: &builder) { _, builder in
            builder.element("ul", [.class("attention")]) { builder in
                for item in found.prefix(30) {
                    builder.element("li") { builder in
                        builder.element(
                            "a", [.init("href", "#\(HTMLCellRenderer.anchor(item.cell))")],
                            text: item.cell.number.map { "Cell \($0)" } ?? "Note")
                        builder.text(" \(UnitJoining.joined(item.text))")
                    }
                }
                if found.count > 30 { builder.element("li", text: "and \(found.count - 30) more, marked at their cells") }
            }
        }
    }

    private mutating func files(into builder: inout HTMLBuilder) {
        if document.files.isEmpty { return }
        let hasRows = document.files.contains { $0.rows != nil }
        let columns =
            [TableBlock.Column("file", "text", .plain)] + (hasRows ? [TableBlock.Column("rows", "integer", .count)] : [])
            + [TableBlock.Column("bytes", "integer", .count), TableBlock.Column("sha256", "text", .plain)]
        let rows = document.files.map { file in
            [Scalar.text(file.name)] + (hasRows ? [file.rows.map { .integer($0) } ?? .missing] : []) + [
                .integer(file.bytes), .text(file.sha256),
            ]
        }
        table(TableBlock(caption: "Files that were read", columns: columns, rows: rows), "data", "Data", into: &builder)
    }

    private mutating func table(_ table: TableBlock?, _ anchor: String, _ title: String, into builder: inout HTMLBuilder) {
        guard let table else { return }
        section(anchor, title, into: &builder) { page, builder in
            HTMLTable(table: table, numbers: page.document.numbers).render(into: &builder)
        }
    }

    private mutating func register(into builder: inout HTMLBuilder) {
        if document.register.isEmpty { return }
        section("notes", "Notes", into: &builder) { page, builder in
            builder.element("ul", [.class("register")]) { builder in
                for entry in page.document.register {
                    builder.element("li") { builder in
                        builder.element("span", [.class("kind")], text: entry.kind)
                        builder.text(" \(entry.text)")
                        let details = [
                            entry.about.map { "about \($0)" }, entry.who.map { "by \($0)" }, entry.until.map { "until \($0)" },
                            entry.isSettled.map { $0 ? "settled" : "open" },
                        ].compactMap { $0 }
                        if !details.isEmpty { builder.element("span", [.class("detail")], text: " (\(details.joined(separator: ", ")))") }
                    }
                }
            }
        }
    }

    private mutating func story(into builder: inout HTMLBuilder) {
        section("cells", "Cells", into: &builder) { page, builder in
            if page.document.cells.isEmpty { builder.element("p", [.class("quiet")], text: "The session has no cells.") }
            for (index, cell) in page.document.cells.enumerated() {
                let anchor = cell.number == nil ? "note-\(index + 1)" : HTMLCellRenderer.anchor(cell)
                var notes = MarkdownNote(anchorPrefix: "h-\(index + 1)")
                if cell.number != nil {
                    let first = cell.source.split { $0.isNewline }.first.map(String.init) ?? ""
                    let text = DisplayWidth.cut(first, to: 44, ellipsis: "…")
                    page.entries.append(Entry(anchor: anchor, text: text, level: 3, isCode: true, state: HTMLCellRenderer.trouble(cell)))
                }
                page.cells.render(cell, anchor: anchor, notes: &notes, into: &builder)
                for heading in notes.headings where heading.level <= 3 {
                    page.entries.append(Entry(anchor: heading.anchor, text: heading.text, level: 2))
                }
            }
        }
    }
}
