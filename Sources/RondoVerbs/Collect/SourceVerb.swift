import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
import RondoRecipes
package import RondoReport
package import RondoSession
package import RondoSignature

/// `source sales owner "Town hall" privacy personal private name, phone`: facts about a table that stay with it.
package enum SourceVerb: WorkspaceVerb {
    static let table = Operand("table", .table, "the table that the facts are about")
    static let owner = Clause("owner", .text, "who answers for the data")
    static let license = Clause("license", .text, "on what terms they may be used")
    static let cost = Clause("cost", .text, "what they cost")
    static let address = Clause("address", .text, "where they can be had again")
    static let collected = Clause("collected", .text, "how they were collected, and by whom")
    static let kind = Clause("kind", .choice(["file", "database", "api", "log", "survey", "sensor", "scraped"]), "what they come from")
    static let covers = Clause("covers", .interval, "the time they are about: 2019-01-01..2024-12-31")
    static let privacy = Clause("privacy", .choice(["public", "internal", "personal"]), "who may see them")
    static let hidden = Clause(
        "private", .columns, "columns that are never features and stay out of heads and files", scope: .otherTable)

    package static let signature = Signature(
        "source", phase: .collect, class: .setting,
        summary: "Keeps where a table comes from, on what terms, and which columns are private; it goes into card and report.",
        details: """
            Private columns, and columns made of them, are never features. `head` leaves them out, and so do `export` and `predict to`; \
            `export … including private` writes them. Facts can be given in several cells; a later one replaces an earlier one of its \
            kind, private columns add up.
            """,
        searchWords: ["provenance", "owner", "license", "licence", "privacy", "gdpr", "personal data", "lineage", "datasheet"],
        operands: [table], clauses: [owner, license, cost, address, collected, kind, covers, privacy, hidden],
        examples: [
            Example(
                "source sales owner \"Town hall\" license \"CC BY 4.0\" covers 2019-01-01..2024-12-31 privacy public",
                after: ["load demo \"house_sales\" as sales rows 200"], "Facts that the report and the card of a release carry."),
            Example(
                "source sales privacy personal private address", after: ["load demo \"house_sales\" as sales rows 200"],
                "Addresses are never a feature and are not exported."),
        ], seeAlso: ["load", "export", "note"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        var table = try context.table(named: try call.required(table))
        var facts = table.facts
        facts.owner = call[owner]?.value ?? facts.owner
        facts.license = call[license]?.value ?? facts.license
        facts.cost = call[cost]?.value ?? facts.cost
        facts.address = call[address]?.value ?? facts.address
        facts.collected = call[collected]?.value ?? facts.collected
        facts.kind = call[kind]?.value ?? facts.kind
        facts.covers = call[covers].map { ArgumentText.written(.interval($0)) } ?? facts.covers
        facts.privacy = call[privacy]?.value ?? facts.privacy
        if let set = call[hidden] {
            // Columns as they were loaded, or as the steps have made them.
            let names =
                try (try? ColumnBinding.resolve(set, in: table.rows, table: table.name, target: nil, source: call.cell.source))
                ?? ColumnBinding.resolve(
                    set, in: try context.prepared(table).frame, table: table.name, target: nil, source: call.cell.source)
            try checkNames(names, call, table)
            facts.keepPrivate(names)
        }
        if facts != table.facts {
            table.facts = facts
            context.set(table)
        }
        return blocks(table)
    }

    /// Columns whose values are names of columns by now are private too late.
    private static func checkNames(_ names: [String], _ call: Call, _ table: Table) throws {
        for entry in table.recipe.entries {
            let spread = (entry.step as? EncodeOneHotStep)?.columns ?? (entry.step as? EncodeWordsStep)?.columns ?? []
            guard let name = spread.first(where: names.contains) else { continue }
            throw Diagnostic(
                "R0671", "\(name) cannot be private any more: its values are names of columns", span: call.span(hidden),
                note: "made by \(entry.text)", remedy: "undo")
        }
    }

    /// All that is known, files with their digests too.
    private static func blocks(_ table: Table) -> [Block] {
        var rows = table.facts.lines.map { [Scalar.text($0.label), Scalar.text($0.value)] }
        for file in table.sources {
            let words = "\(file.name), \(NumberText.count(file.byteCount)) bytes, sha256 \(file.sha256.prefix(16))…"
            rows.append([.text("read from"), .text(words)])
        }
        guard !rows.isEmpty else {
            return [.text(TextBlock(SlotText.escaped("nothing is known about where \(table.name) comes from")))]
        }
        return [
            .table(
                TableBlock(
                    caption: "source of \(table.name)", columns: [.init("what", "text", .plain), .init("value", "text", .plain)],
                    rows: rows))
        ]
    }
}
