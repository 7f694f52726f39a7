import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
package import RondoReport
package import RondoSession
package import RondoSignature

/// `score forest`, `score forest on test`: all metrics against goal and baseline.
package enum ScoreVerb: WorkspaceVerb {
    static let models = Operand("models", .models, "which models (the chosen, else the last)", optional: true)
    static let including = Clause("including", .choice(["seen"]), "seen allows rows that the model learned from")

    package static let signature = Signature(
        "score", phase: .judge, class: .judge,
        summary: "Judges models by every metric of the task, beside the naive baseline and the goal.",
        details: "Means validation, or five folds of the training rows without one. `on test` breaks the seal: once, on the record.",
        searchWords: ["evaluate", "metrics", "accuracy", "error", "rmse", "auc", "test"],
        operands: [models], clauses: [SharedClauses.part, SharedClauses.condition, including],
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
        ], seeAlso: ["compare", "errors", "explain"])

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
                includesSeen: call[including] != nil,
                in: &context)
            blocks += try blocksOf(judgement, isSingle: chosen.count == 1)
        }
        return blocks
    }

    private static func blocksOf(_ judgement: Judgement, isSingle: Bool) throws -> [Block] {
        let report = try judgement.report()
        let verdict = judgement.verdict(report)
        let shown = try MetricWords.shown(judgement, report: report)
        let name = SlotText.escaped(judgement.model.name)
        let figures = report.figures(unit: judgement.goal.unit) + [Figure("rows", Scalar(judgement.outcome.rows.count), .count)]
        var blocks: [Block] = []
        if isSingle {
            blocks.append(.figures(figures))
            blocks.append(
                .text(
                    TextBlock(
                        "\(name) on \(judgement.part), {rows} rows: \(MetricWords.sentence(shown, verdict))",
                        tone: MetricWords.tone(verdict))))
            if let first = shown.first {
                blocks.append(.text(TextBlock("baseline (\(judgement.outcome.baseline.name)): \(first.name) {baseline_\(first.name)}")))
            }
        }
        blocks.append(.table(table(report, name: judgement.model.name, part: judgement.part)))
        blocks += try segments(judgement)
        for line in report.lines where line.value.leftOut > 0 {
            blocks.append(.text(TextBlock("\(line.choice.name) leaves out \(line.value.leftOut) rows whose true value is 0")))
        }
        blocks += judgement.remarks
        return blocks + judgement.model.marks.map { .text(TextBlock($0, tone: .warning)) }
    }

    private static func table(_ report: MetricReport, name: String, part: String) -> TableBlock {
        TableBlock(
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
        var small: [String] = []
        for flag in flags {
            let report = try judgement.report(flag.positions)
            let values = choices.map { Scalar(report.line($0.name)?.value.value ?? .nan) }
            rows.append([.text(flag.name), Scalar(flag.positions.count)] + values)
            if flag.positions.count < max(200, judgement.outcome.rows.count / 100) { small.append(flag.name) }
        }
        let columns = choices.map { TableBlock.Column($0.name, "number", $0.metric.signature.style == .percent ? .percent : .number) }
        var blocks: [Block] = [
            .table(
                TableBlock(
                    caption: "segments of \(judgement.model.name)",
                    columns: [.init("segment", "text", .plain), .init("rows", "integer", .count)] + columns, rows: rows))
        ]
        if !small.isEmpty {
            blocks.append(.text(TextBlock(SlotText.escaped("few rows: \(NameList.words(small)); their figures are rough"))))
        }
        return blocks + without
    }
}
