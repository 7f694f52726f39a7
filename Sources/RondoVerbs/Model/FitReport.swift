import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoRecipes
import RondoReport
import RondoSession
import RondoSignature

/// What `fit` says about a model.
enum FitReport {
    static func blocks(
        _ model: TrainedModel, table: Table, prepared: PreparedTable, target: Target?, replaces: Bool, run: inout ModelRun,
        in context: inout Context
    ) throws -> [Block] {
        var figures = [
            Figure("training_rows", Scalar(model.trainingRows.count), .count), Figure("features", Scalar(model.features.count), .count),
            Figure("fit_seconds", .number(model.fitSeconds), .seconds, volatile: true),
        ]
        var lines: [Block] = []
        if model.fitted is any GroupingModel {
            lines += try GroupingReport.measures(model, part: model.trainedOn, rows: table.rows.gathering(model.trainingRows), in: context)
        } else if table.split?.validationRows.isEmpty == false, !model.hasSeenValidation(of: table) {
            let judgement = try Judgement(model, verb: "fit", part: nil, takesLists: true, in: &context)
            let report = try judgement.report()
            let shown = try MetricWords.shown(judgement, report: report)
            run.part = "validation"
            run.metrics = shown.compactMap { choice in report.line(choice.name).map { .init(choice.name, $0.value.value) } }
            figures += MetricWords.figures(shown, report: report, unit: judgement.goal.unit).filter { figure in
                !figure.name.hasPrefix("baseline_") || figure.name == "baseline_\(shown.first?.name ?? "")"
            }
            lines.append(
                .text(
                    TextBlock(
                        "\(SlotText.escaped(model.name)): \(MetricWords.sentence(shown, judgement.verdict(report))) on validation",
                        tone: MetricWords.tone(judgement.verdict(report)))))
            if let first = shown.first {
                lines.append(
                    .text(
                        TextBlock(
                            "baseline {baseline_\(first.name)} · {training_rows} training rows, {features} columns, {fit_seconds} · \(SlotText.escaped(model.readable))"
                        )))
            }
            lines += judgement.remarks
        } else {
            lines.append(
                .text(
                    TextBlock(
                        "\(SlotText.escaped(model.name)): {training_rows} rows (\(SlotText.escaped(model.trainedOn))), {features} columns, {fit_seconds} · \(SlotText.escaped(model.readable))"
                    )))
        }
        var blocks: [Block] = [.figures(figures)] + lines
        if !model.leftOut.isEmpty { blocks.append(.text(TextBlock("left out: \(SlotText.escaped(leftOut(model)))"))) }
        let moments = model.predictor.design.moments
        if !moments.isEmpty {
            let words =
                "\(moments.joined(separator: ", ")) counts as a point in time: what lies after the training rows is taken for their end"
            blocks.append(.text(TextBlock(SlotText.escaped(words))))
        }
        let automatic = model.recipe.entries.filter { $0.specification.origin != .cell }
        if !automatic.isEmpty {
            blocks.append(
                .text(
                    TextBlock(
                        "added: \(automatic.count) \(automatic.count == 1 ? "step" : "steps") that \(model.family.name) needs; recipe model \(SlotText.escaped(NameText.written(model.name))) shows them"
                    )))
        }
        if let logTarget = model.predictor.logTarget {
            blocks.append(.text(TextBlock(SlotText.escaped(logTarget.words))))
            if let warning = logTarget.warning { blocks.append(.text(TextBlock(SlotText.escaped(warning), tone: .warning))) }
        }
        blocks += balanced(model)
        if model.withoutTarget > 0 { blocks.append(.text(TextBlock("\(model.withoutTarget) training rows without a target are left out"))) }
        if let target { blocks += try suspicions(model, table: table, prepared: prepared, target: target) }
        blocks += model.marks.map { .text(TextBlock(SlotText.escaped($0), tone: .warning)) }
        if replaces { blocks.append(.text(TextBlock("the earlier \(SlotText.escaped(model.name)) is replaced"))) }
        return blocks
    }

    private static func balanced(_ model: TrainedModel) -> [Block] {
        guard let balance = model.recipe.balance else { return [] }
        guard balance.evens(model.target.column) else {
            let column = SlotText.escaped(balance.step.target.column)
            return [.text(TextBlock("learned from rows as they are: the balance evens out \(column), which is not predicted now"))]
        }
        let words = "\(balance.step.method.rawValue), \(balance.summary ?? "")"
        return [.text(TextBlock("learned from balanced rows: \(SlotText.escaped(words))"))]
    }

    private static func leftOut(_ model: TrainedModel) -> String {
        let words = model.leftOut.prefix(4).map { "\($0.column) (\($0.reason))" }.joined(separator: ", ")
        return words + (model.leftOut.count > 4 ? " and \(model.leftOut.count - 4) more: recipe model \(model.name)" : "")
    }

    static func suspicions(_ model: TrainedModel, table: Table, prepared: PreparedTable, target: Target) throws -> [Block] {
        let resolved = try ResolvedTarget(target, in: prepared.frame, table: table.name)
        return Suspicion.findings(prepared.frame, features: model.features, target: resolved, rows: model.trainingRows).map { finding in
            let share = NumberText().text(.number(finding.share), .percent)
            let words =
                "\(finding.column) alone explains \(share) of \(resolved.column): too good to be true? If it is known only afterwards, fit … without \(NameText.written(finding.column))"
            return .text(TextBlock(SlotText.escaped(words), tone: .warning))
        }
    }
}
