import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
package import RondoReport
package import RondoSession
package import RondoSignature

/// `status`: where the session stands.
package enum StatusVerb: SessionVerb {
    package static let signature = Signature(
        "status", phase: .shell, class: .shell,
        summary: "Says where the session stands: goal, tables, models, releases, what is stale, open or due, and what usually comes next.",
        searchWords: ["where am i", "overview", "summary", "progress", "next", "state"],
        examples: [
            Example("status", after: ["load demo \"house_sales\" as sales rows 500"], "A table and no goal yet."),
            Example(
                "status",
                after: [
                    "load demo \"house_sales\" as sales rows 500", "goal predict price succeed when mape < 20%",
                    "split 60/20/20 by sold_on", "fit linear",
                ],
                "A model, and how it stands against the goal."),
        ], seeAlso: ["history", "help", "ledger"])

    package static func run(_ call: Call, in session: inout Session) throws -> [Block] {
        var blocks = goal(of: session)
        if let tables = try tables(of: session) { blocks.append(.table(tables)) }
        if let models = ReportBuilder.models(of: session) { blocks.append(.table(models)) }
        if let releases = ReportBuilder.releases(of: session.workspace) { blocks.append(.table(releases)) }
        blocks += open(in: session)
        if let pitfall = StatusAdvice.pitfall(of: session) { blocks.append(.text(TextBlock(SlotText.escaped(pitfall), tone: .warning))) }
        blocks.append(.text(TextBlock(SlotText.escaped(StatusAdvice.next(in: session)))))
        return blocks
    }

    /// The wish, and how the chosen or last model stands.
    private static func goal(of session: Session) -> [Block] {
        guard let goal = ReportBuilder.document(of: session).goal else { return [.text(TextBlock("no goal yet"))] }
        var blocks: [Block] = [.text(TextBlock(SlotText.escaped("goal: \(goal.text)")))]
        for line in goal.lines {
            let tone: TextBlock.Tone = line.isMet.map { $0 ? .good : .warning } ?? .plain
            let verdict = line.isMet.map { $0 ? "met" : "not met" }
            let words = [verdict, line.detail.isEmpty ? nil : line.detail].compactMap { $0 }.joined(separator: ", ")
            blocks.append(.text(TextBlock(SlotText.escaped("\(line.condition): \(words)"), tone: tone)))
        }
        return blocks
    }

    private static func tables(of session: Session) throws -> TableBlock? {
        let workspace = session.workspace
        guard !workspace.tables.isEmpty else { return nil }
        let rows = try workspace.tables.map { table -> [Scalar] in
            let frame = try session.cache.prepared(table, context: session.world.compute).frame
            return [
                .text(table.name), .text(workspace.currentTable == table.name ? "current" : ""), Scalar(frame.rowCount),
                Scalar(frame.columns.count),
                Scalar(table.steps.count), .text(table.split.map { split($0, session.effects) } ?? "none"),
            ]
        }
        return TableBlock(
            caption: "tables",
            columns: [
                .init("table", "text", .plain), .init("in_use", "text", .plain), .init("rows", "integer", .count),
                .init("columns", "integer", .count),
                .init("steps", "integer", .count), .init("split", "text", .plain),
            ], rows: rows)
    }

    /// `train 300, validation 100, test 100 by sold_on, sealed`.
    private static func split(_ split: Split, _ effects: EffectLog) -> String {
        var words = ["train \(NumberText.count(split.trainRows.count))"]
        if !split.validationRows.isEmpty { words.append("validation \(NumberText.count(split.validationRows.count))") }
        guard !split.testRows.isEmpty else { return "\(words.joined(separator: ", ")) \(split.method)" }
        let openings = effects.openings(of: split.seal)
        let seal = openings == 0 ? "sealed" : openings == 1 ? "opened once" : "opened \(openings) times"
        return "\(words.joined(separator: ", ")), test \(NumberText.count(split.testRows.count)) \(split.method), \(seal)"
    }

    /// Stale cells, open issues, dates past.
    private static func open(in session: Session) -> [Block] {
        var blocks: [Block] = []
        let stale = session.runs.filter(\.isStale).map { String($0.number) }
        if !stale.isEmpty {
            blocks.append(.text(TextBlock("stale: \(stale.joined(separator: ", ")); rerun runs exactly these", tone: .warning)))
        }
        let today = CivilCalendar.split(session.world.now()).days
        for note in session.workspace.notes where note.settled == nil {
            let isPast = note.until.map { $0 < today } ?? false
            guard note.kind == "issue" || isPast else { continue }
            let who = note.who.map { ", \($0)" } ?? ""
            let until = note.until.map { ", \(isPast ? "was due" : "due") \(CivilCalendar.text(days: $0))" } ?? ""
            blocks.append(
                .text(
                    TextBlock(
                        SlotText.escaped("open \(note.kind) \(note.name): \(note.text)\(who)\(until)"), tone: isPast ? .warning : .plain)))
        }
        let lasting = session.undoneBranches.reduce(0) { $0 + $1.cells.filter(\.hasEffect).count }
        if lasting > 0 {
            blocks.append(.text(TextBlock("\(ShellRules.counted(lasting, "undone cell")) left an effect outside the session")))
        }
        return blocks
    }
}
