import RondoKernels
package import RondoLanguage
import RondoLearning
import RondoLifecycle
package import RondoReport
package import RondoSession
package import RondoSignature

/// `score forest`, `score forest on test`: all metrics against goal and baseline.
package enum ScoreVerb: WorkspaceVerb {
    static let models = Operand("models", .models, "which models (the chosen, else the last)", optional: true)
    static let confidence = Clause("confidence", .percent, "adds the range of each metric that so many resamples of the rows give")
    static let including = Clause("including", .choice(["seen"]), "seen allows rows that the model learned from")

    package static let signature = Signature(
        "score", phase: .judge, class: .judge,
        summary: "Judges models by every metric of the task, beside the naive baseline and the goal.",
        details: """
            Means validation, or five folds of the training rows without one. `on test` breaks the seal: once, on the record. \
            `confidence 95%` resamples the rows (percentile bootstrap, classes in their numbers). Where the model was released, its \
            range is held against these rows too: a range that is too narrow is said unasked.
            """,
        searchWords: ["evaluate", "metrics", "accuracy", "error", "rmse", "auc", "test"],
        operands: [models], clauses: [SharedClauses.part, SharedClauses.condition, confidence, including],
        examples: [
            Example(
                "score",
                after: [
                    "load demo \"house_sales\" as sales rows 500", "goal predict price succeed when mape < 20%",
                    "split 60/20/20 by sold_on", "fit linear",
                ],
                "On validation."),
            Example(
                "score linear on test",
                after: ["load demo \"house_sales\" as sales rows 500", "goal predict price", "split 60/20/20 by sold_on", "fit linear"],
                "The one honest look at the sealed rows."),
            Example(
                "score linear confidence 90%",
                after: ["load demo \"house_sales\" as sales rows 500", "goal predict price", "split 60/20/20 by sold_on", "fit linear"],
                "How far the figures could lie from the truth."),
        ], seeAlso: ["compare", "errors", "explain"])

    package static func faults(of call: Call) -> [Diagnostic] {
        guard let given = call[confidence], let level = given.value.number, level <= 0 || level >= 1 else { return [] }
        return [
            Diagnostic(
                "R0232", "confidence lies between 0% and 100%", span: given.span, remedy: "write confidence 95%",
                mend: Mend(given.span, "95%"))
        ]
    }

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let named = call[models] ?? []
        let chosen = try named.isEmpty ? [context.model(nil)] : named.map { try context.model(named: $0.name) }
        var blocks: [Block] = []
        for model in chosen {
            if model.fitted is any GroupingModel {
                blocks += try GroupingReport.score(
                    model, part: call[SharedClauses.part], condition: call[SharedClauses.condition], in: &context)
                continue
            }
            let judgement = try Judgement(
                model, verb: "score", part: call[SharedClauses.part], condition: call[SharedClauses.condition],
                includesSeen: call[including] != nil, takesLists: true, in: &context)
            let report = try judgement.report()
            var intervals: MetricIntervals?
            let level = call[confidence]?.value.number
            if let level {
                intervals = try MetricIntervals(
                    report.lines.map(\.choice), judgement.outcome.input(), level: level, seed: context.workspace.settings.seed,
                    context: context.compute)
            }
            blocks += try blocksOf(judgement, report, intervals, level: level ?? 0, isSingle: chosen.count == 1)
            blocks += RangeCoverage(judgement, in: &context)?.blocks ?? []
            keepLimitations(judgement, in: &context)
        }
        return blocks
    }

    private static func blocksOf(
        _ judgement: Judgement, _ report: MetricReport, _ intervals: MetricIntervals?, level: Double, isSingle: Bool
    ) throws -> [Block] {
        let verdict = judgement.verdict(report)
        let shown = try MetricWords.shown(judgement, report: report)
        let name = SlotText.escaped(judgement.model.name)
        let unit = judgement.outcome.ranking == nil ? "rows" : "users"
        var figures = report.figures(unit: judgement.goal.unit) + [Figure("rows", Scalar(judgement.outcome.rows.count), .count)]
        var range = ""
        if let intervals, let first = shown.first, let place = report.lines.firstIndex(where: { $0.choice.name == first.name }),
            let interval = intervals.intervals[place], let style = figures.first(where: { $0.name == first.name })
        {
            figures += [
                Figure("lower", Scalar(interval.lower), style.style, unit: style.unit),
                Figure("upper", Scalar(interval.upper), style.style, unit: style.unit), Figure("level", Scalar(level), .percent),
                Figure("resamples", Scalar(intervals.resamples), .count),
            ]
            range = "\(first.name) between {lower} and {upper} for {level} ({resamples} resamples of the \(unit), percentiles)"
        }
        var blocks: [Block] = []
        if isSingle {
            blocks.append(.figures(figures))
            blocks.append(
                .text(
                    TextBlock(
                        "\(name) on \(judgement.part), {rows} \(unit): \(MetricWords.sentence(shown, verdict))",
                        tone: MetricWords.tone(verdict))))
            if !range.isEmpty { blocks.append(.text(TextBlock(range))) }
            if let first = shown.first {
                blocks.append(.text(TextBlock("baseline (\(judgement.outcome.baseline.name)): \(first.name) {baseline_\(first.name)}")))
            }
        }
        blocks.append(.table(table(report, intervals, name: judgement.model.name, part: judgement.part)))
        blocks += try segments(judgement)
        for line in report.lines where line.value.leftOut > 0 {
            blocks.append(.text(TextBlock("\(line.choice.name) leaves out \(line.value.leftOut) rows whose true value is 0")))
        }
        if let decision = judgement.model.predictor.decision { blocks.append(.text(TextBlock(SlotText.escaped(decision.words)))) }
        blocks += judgement.remarks
        return blocks + judgement.model.marks.map { .text(TextBlock(SlotText.escaped($0), tone: .warning)) }
    }

    private static func table(_ report: MetricReport, _ intervals: MetricIntervals?, name: String, part: String) -> TableBlock {
        var table = TableBlock(
            caption: "\(name) on \(part)",
            columns: [
                .init("metric", "text", .plain), .init("value", "number"), .init("baseline", "number"), .init("better", "text", .plain),
            ],
            rows: report.lines.map { line in
                [
                    .text(line.choice.name), Scalar(line.value.value), Scalar(line.baseline.value),
                    .text(line.choice.metric.signature.isBetterHigher ? "higher" : "lower"),
                ]
            })
        guard let intervals else { return table }
        table.columns.insert(contentsOf: [.init("lower", "number"), .init("upper", "number")], at: 2)
        for (row, interval) in intervals.intervals.enumerated() where row < table.rows.count {
            table.rows[row].insert(contentsOf: [Scalar(interval?.lower ?? .nan), Scalar(interval?.upper ?? .nan)], at: 2)
        }
        return table
    }

    /// Segments too small to judge: fewer than 200 rows or 1 % of all.
    private static func small(_ judgement: Judgement) -> [Segments.Segment] {
        let least = max(200, judgement.outcome.rows.count / 100)
        return Segments.flags(of: judgement.table, frame: judgement.frame, rows: judgement.outcome.rows).filter {
            !$0.positions.isEmpty && $0.positions.count < least
        }
    }

    /// A limitation of the register for each segment with few rows, which goes with the model into card and report.
    private static func keepLimitations(_ judgement: Judgement, in context: inout Context) {
        let small = small(judgement)
        guard !small.isEmpty else { return }
        var notes = context.notes()
        for segment in small {
            let name = "few_rows_of_\(segment.name)_for_\(judgement.model.name)"
            let text = "\(segment.name) was judged on \(segment.positions.count) rows (\(judgement.part)): its figures are rough"
            if notes.contains(where: { $0.name == name && $0.text == text }) { continue }
            notes.removeAll { $0.name == name }
            notes.append(
                RegisterNote(
                    name: name, text: text, kind: "limitation", about: judgement.model.name, who: nil, until: nil, unit: nil,
                    cell: context.cellNumber))
        }
        if notes != context.workspace.notes { context.set(notes) }
    }

    /// A line a flag; fewer than 200 rows or 1 % of all are a stated limitation.
    private static func segments(_ judgement: Judgement) throws -> [Block] {
        let all = Segments.flags(of: judgement.table, frame: judgement.frame, rows: judgement.outcome.rows)
        let flags = all.filter { !$0.positions.isEmpty }
        let empty = all.filter(\.positions.isEmpty).map(\.name)
        let without: [Block] =
            empty.isEmpty ? [] : [.text(TextBlock(SlotText.escaped("no rows of \(empty.joined(separator: ", ")) among them")))]
        guard !flags.isEmpty else { return without }
        let whole = try judgement.report()
        let choices = try MetricWords.shown(judgement, report: whole)
        var rows: [[Scalar]] = []
        let small = small(judgement).map(\.name)
        for flag in flags {
            let report = try judgement.report(flag.positions)
            let values = choices.map { Scalar(report.line($0.name)?.value.value ?? .nan) }
            rows.append([.text(flag.name), Scalar(flag.positions.count)] + values)
        }
        let columns = choices.map { TableBlock.Column($0.name, "number", $0.metric.signature.style == .percent ? .percent : .number) }
        var blocks: [Block] = [
            .table(
                TableBlock(
                    caption: "segments of \(judgement.model.name)",
                    columns: [.init("segment", "text", .plain), .init("rows", "integer", .count)] + columns, rows: rows))
        ]
        if !small.isEmpty {
            blocks.append(
                .text(TextBlock(SlotText.escaped("few rows: \(NameList.words(small)); their figures are rough (kept as a limitation)"))))
        }
        return blocks + without
    }
}
