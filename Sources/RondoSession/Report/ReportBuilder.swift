import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
package import RondoReport
import RondoSignature

/// Makes a report of a session from what its cells recorded; nothing runs again and no clock is read.
package enum ReportBuilder {
    /// - Parameter versions: names and versions of the program and its libraries, shown among the facts.
    package static func document(of session: Session, versions: [ReportDocument.Fact] = []) -> ReportDocument {
        var document = ReportDocument(title: title(of: session), cells: cells(of: session), script: SessionFile.text(of: session))
        let workspace = session.workspace
        document.subtitle = workspace.settings.author.map { "by \($0)" } ?? ""
        document.goal = goal(of: session)
        document.facts = facts(of: session, versions: versions)
        document.files = files(of: session)
        document.ledger = ledger(of: workspace.tables)
        document.register = workspace.notes.map(entry)
        document.models = models(of: session)
        document.releases = releases(of: workspace)
        document.numbers = NumberText(digits: workspace.settings.digits, currency: workspace.goal?.unit)
        return document
    }

    /// The first heading of the notes, else the wish, else "Session".
    static func title(of session: Session) -> String {
        for case .note(let markdown, _) in session.items {
            for line in markdown.split(separator: "\n") where line.hasPrefix("#") {
                let words = line.drop { $0 == "#" }.trimmingBlanks
                if !words.isEmpty { return words }
            }
        }
        return session.workspace.goal?.text ?? "Session"
    }

    /// Cells and notes in order, without the time that they took.
    private static func cells(of session: Session) -> [CellReport] {
        session.items.compactMap { item in
            switch item {
            case .cell(let run):
                var report = run.report
                report.seconds = 0
                return report
            case .note(let markdown, let line): return CellReport(number: nil, line: line, source: "", blocks: [.note(markdown)])
            case .comment: return nil
            }
        }
    }

    // MARK: Goal

    private static func goal(of session: Session) -> ReportDocument.Goal? {
        guard let goal = session.workspace.goal else { return nil }
        let wish = goal.text ?? goal.target.map { "predict \($0.column.value)" } ?? goal.recommendation?.words ?? "look for groups"
        let model = session.workspace.defaultModel
        let scores = model.flatMap { RecordedScores(of: $0.name, in: session.runs) }
        let criteria = goal.success.map { Criterion.all(in: $0) } ?? []
        var lines = criteria.map { criterion -> ReportDocument.Goal.Line in
            guard let model, let scores, let value = scores.values[criterion.metric] else {
                return .init(criterion.words, isMet: nil, detail: model == nil ? "no model yet" : "not scored yet")
            }
            let style = style(of: criterion.metric)
            let reached = NumberText(digits: session.workspace.settings.digits, currency: goal.unit).text(Scalar(value), style)
            let gap = criterion.isMet(by: value) ? "" : ", not met"
            return .init(
                criterion.words, isMet: criterion.isMet(by: value),
                detail: "\(reached) on \(scores.part), \(model.name), cell \(scores.cell)\(gap)")
        }
        if let success = goal.success, criteria.count != 1, let whole = scores.flatMap({ $0.verdict(goal).isMet }) {
            lines.append(.init(success.text, isMet: whole, detail: "as a whole"))
        }
        if let latency = goal.latency {
            lines.append(.init("latency \(NumberText.seconds(latency))", isMet: nil, detail: "longest time of an answer"))
        }
        for business in goal.business {
            let share = NumberText().text(Scalar(business.by), .percent)
            lines.append(.init("\(business.name) \(business.rises ? "up" : "down") \(share)", isMet: nil, detail: "a business figure"))
        }
        return ReportDocument.Goal(text: wish, lines: lines)
    }

    /// How the values of a metric are shown, by its name with parameter.
    static func style(of metric: String) -> NumberStyle {
        let name = String(metric.prefix { $0 != "(" })
        let known = (try? MetricChoice(name))?.metric ?? Metrics.named(name)
        return known?.signature.style == .percent ? .percent : .number
    }

    // MARK: Facts, files, ledger, notes

    private static func facts(of session: Session, versions: [ReportDocument.Fact]) -> [ReportDocument.Fact] {
        let settings = session.workspace.settings
        var facts = [ReportDocument.Fact("language", "rondo \(SessionFile.version)")] + versions + [.init("seed", String(settings.seed))]
        if let goal = session.workspace.goal {
            let spoken = [("used", goal.used), ("budget", goal.budget), ("rules", goal.rules), ("scope", goal.scope?.text)]
            facts += spoken.compactMap { name, value in value.map { .init(name, $0) } }
        }
        facts += session.workspace.parameters.map {
            .init("$\($0.name)", session.givenParameters[$0.name] ?? ShownArgument.text($0.value))
        }
        let digest = CellDigest(session: session.runs.map(\.report))
        return facts + [.init("digest", digest.text)]
    }

    private static func files(of session: Session) -> [ReportDocument.DataFile] {
        var files: [ReportDocument.DataFile] = []
        for file in session.runs.flatMap(\.filesRead) {
            let entry = ReportDocument.DataFile(name: file.name, bytes: Int64(file.byteCount), sha256: file.sha256)
            if !files.contains(entry) { files.append(entry) }
        }
        return files
    }

    /// One table of all ledgers; with several tables each line names its own.
    private static func ledger(of tables: [Table]) -> TableBlock? {
        let told = tables.filter { !$0.ledger.entries.isEmpty }
        guard let first = told.first else { return nil }
        if told.count == 1 { return first.ledger.block(table: first.name, present: first.rows.rowCount) }
        let blocks = told.map { ($0.name, $0.ledger.block(table: $0.name, present: $0.rows.rowCount)) }
        return TableBlock(
            caption: "row ledger", columns: [.init("table", "text", .plain)] + blocks[0].1.columns,
            rows: blocks.flatMap { name, block in block.rows.map { [.text(name)] + $0 } })
    }

    private static func entry(_ note: RegisterNote) -> ReportDocument.RegisterEntry {
        let needsSettling = note.kind == "issue" || note.until != nil || note.settled != nil
        let settled = note.settled.map { " (settled: \($0))" } ?? ""
        return .init(
            kind: note.kind, text: note.text + settled, about: note.about, who: note.who,
            until: note.until.map { CivilCalendar.text(days: $0) },
            isSettled: needsSettling ? note.settled != nil : nil)
    }

    // MARK: Models and releases

    /// A line a model with the goal's metrics as recorded; nil when there is none.
    package static func models(of session: Session) -> TableBlock? {
        let workspace = session.workspace
        guard let first = workspace.models.first else { return nil }
        let scores = workspace.models.map { RecordedScores(of: $0.name, in: session.runs) }
        var metrics = workspace.goal?.success.map { Criterion.all(in: $0).map(\.metric) } ?? []
        if metrics.isEmpty { metrics = first.target.task.shownMetrics }
        metrics = metrics.filter { name in scores.contains { $0?.values[name] != nil } }
        let columns: [TableBlock.Column] =
            [
                .init("model", "text", .plain), .init("family", "text", .plain), .init("trained_on", "text", .plain),
                .init("rows", "integer", .count), .init("columns", "integer", .count),
            ] + metrics.map { .init($0, "number", style(of: $0)) } + [.init("judged_on", "text", .plain), .init("marks", "text", .plain)]
        let rows = zip(workspace.models, scores).map { model, scores -> [Scalar] in
            let marks = (workspace.chosenModel == model.name ? ["chosen"] : []) + model.marks
            return [
                .text(model.name), .text(model.family.name), .text(model.trainedOn), Scalar(model.trainingRows.count),
                Scalar(model.features.count),
            ] + metrics.map { name in scores?.values[name].map { Scalar($0) } ?? .missing } + [
                scores.map { .text($0.part) } ?? .missing, .text(marks.joined(separator: ", ")),
            ]
        }
        return TableBlock(caption: "models", columns: columns, rows: rows)
    }

    /// The releases that this session made; nil when there is none.
    package static func releases(of workspace: Workspace) -> TableBlock? {
        guard !workspace.releases.isEmpty else { return nil }
        return TableBlock(
            caption: "releases",
            columns: [
                .init("release", "text", .plain), .init("version", "integer", .plain, volatile: true), .init("model", "text", .plain),
                .init("family", "text", .plain), .init("digest", "text", .plain),
            ],
            rows: workspace.releases.map {
                [.text($0.name), Scalar($0.version), .text($0.bundle.model), .text($0.bundle.family), .text(String($0.digest.prefix(12)))]
            })
    }
}
