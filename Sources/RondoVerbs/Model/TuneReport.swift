import RondoKernels
import RondoLearning
import RondoLifecycle
import RondoRecipes
import RondoReport
import RondoSession
import RondoSignature

/// What `tune` says: the trial taken, where it stands, the best trials.
struct TuneReport {
    /// Of the fitted model on validation; nil when folds judged the trials.
    let judgement: Judgement?
    let trials: [TuningTrial]
    let taken: TuningTrial
    let model: TrainedModel
    let choice: MetricChoice
    let rule: TuningPick
    let within: Double
    let grid: ParameterGrid
    /// `validation`, `5 folds`.
    let judgedOn: String
    let goal: Goal
    let table: Table
    /// How many trials there would have been without `patience`.
    let planned: Int
    let replaces: Bool
    private static let mostShown = 8

    func blocks(in context: Context) throws -> [Block] {
        let best = TuningPick.best.choice(of: trials, isBetterHigher: choice.metric.signature.isBetterHigher, within: 0) ?? taken
        let style = choice.metric.signature.style
        let shown: NumberStyle = style == .money && goal.unit == nil ? .number : style
        let unit = style == .money ? goal.unit : nil
        var figures = [
            Figure("trials", Scalar(trials.count), .count),
            Figure("tune_seconds", .number(trials.reduce(0) { $0 + $1.seconds }), .seconds, volatile: true),
        ]
        if rule != .best { figures.append(Figure("best", Scalar(best.value), shown, unit: unit)) }
        var baseline = ""
        var choices = [choice]
        var verdict = Verdict(goal) { $0 == choice.name ? taken.value : nil }
        if let judgement {
            let report = try judgement.report()
            choices += try judgement.goalMetrics().filter { $0.name != choice.name }
            figures += MetricWords.figures(choices, report: report, unit: goal.unit).filter { figure in
                !figure.name.hasPrefix("baseline_") || figure.name == "baseline_\(choice.name)"
            }
            baseline = " · baseline {baseline_\(choice.name)}"
            verdict = judgement.verdict(report)
        } else {
            figures.append(Figure(choice.name, Scalar(taken.value), shown, unit: unit))
        }
        let name = SlotText.escaped(model.name)
        let settings = TuneReport.settings(taken, grid: grid)
        let stands = MetricWords.sentence(choices, verdict)
        var blocks: [Block] = [
            .text(
                TextBlock(
                    "\(name): \(SlotText.escaped(settings)) · \(stands) on \(judgedOn)",
                    tone: verdict.lines.isEmpty ? .plain : verdict.lines.allSatisfy(\.isMet) ? .good : .warning)),
            .text(TextBlock(ruleWords + extent + baseline)),
            .table(self.table(style: style)),
        ]
        blocks += failures
        if let hint = edge(best) { blocks.append(.text(TextBlock(SlotText.escaped(hint)))) }
        if judgedOn == "validation", let split = table.split {
            figures.append(Figure("looks", Scalar(context.effects.looks(of: split.identity)), .count, volatile: true))
            blocks.append(.text(TextBlock("looks at validation so far: {looks} · runs lists every trial")))
        }
        blocks += model.marks.map { .text(TextBlock(SlotText.escaped($0), tone: .warning)) }
        if replaces { blocks.append(.text(TextBlock("the earlier \(name) is replaced"))) }
        return [.figures(figures)] + blocks
    }

    /// `the best of {trials} trials`, `the smallest within 1 % of the best ({best}) of {trials} trials`.
    private var ruleWords: String {
        if rule == .best { return "the best of {trials} trials" }
        let share = NumberText().text(.number(within), .percent)
        return "the \(rule.rawValue) within \(share) of the best ({best}) of {trials} trials"
    }

    private var extent: String {
        var words = " in {tune_seconds}"
        if trials.count < planned { words += "; no progress any more, \(planned - trials.count) were not tried" }
        let stopped = trials.filter { $0.share < 1 && $0.failure == nil }.count
        if stopped > 0 { words += "; \(stopped) stopped early by halving" }
        return words
    }

    /// Columns that no trial was given, each with its reason.
    var leftOut: [Block] {
        guard !model.leftOut.isEmpty else { return [] }
        let names = model.leftOut.prefix(4).map { "\($0.column) (\($0.reason))" } + (model.leftOut.count > 4 ? ["…"] : [])
        return [.text(TextBlock(SlotText.escaped("left out: \(names.joined(separator: ", "))")))]
    }

    private var failures: [Block] {
        let failed = trials.filter { $0.failure != nil }
        guard let first = failed.first, let reason = first.failure else { return [] }
        let count = failed.count == 1 ? "1 trial failed" : "\(failed.count) trials failed"
        return [
            .text(
                TextBlock(
                    SlotText.escaped("\(count), for example \(TuneReport.settings(first, grid: grid)): \(reason)"), tone: .warning))
        ]
    }

    private func table(style: NumberStyle) -> TableBlock {
        let tuned = grid.parameters.map(\.name)
        let isHigher = choice.metric.signature.isBetterHigher
        var order = trials.filter { $0.failure == nil }.sorted { left, right in
            if left.isComplete != right.isComplete { return left.isComplete }
            if left.value == right.value { return left.number < right.number }
            return isHigher ? left.value > right.value : left.value < right.value
        }
        let count = order.count
        order = Array(order.prefix(TuneReport.mostShown))
        if !order.contains(where: { $0.number == taken.number }) { order[order.count - 1] = taken }
        let hasSpread = order.contains { $0.spread.isFinite }
        let hasShare = order.contains { $0.share < 1 }
        var columns: [TableBlock.Column] = [.init("trial", "integer", .plain)]
        columns += tuned.map { .init($0, TuneReport.isWord($0, in: trials) ? "text" : "number", .plain) }
        columns.append(.init(choice.name, "number", style == .percent ? .percent : .number))
        if hasSpread { columns.append(.init("sd", "number", style == .percent ? .percent : .number)) }
        if hasShare { columns.append(.init("rows", "number", .percent)) }
        columns += [.init("size", "integer", .bytes), .init("fit", "number", .seconds, volatile: true), .init("taken", "text", .plain)]
        let rows = order.map { trial -> [Scalar] in
            var row: [Scalar] = [Scalar(trial.number)] + tuned.map { TuneReport.scalar(trial.options.values[$0]) } + [Scalar(trial.value)]
            if hasSpread { row.append(Scalar(trial.spread)) }
            if hasShare { row.append(Scalar(trial.share)) }
            return row + [Scalar(trial.bytes), .number(trial.seconds), .text(trial.number == taken.number ? "taken" : "")]
        }
        let words = count > rows.count ? "best \(rows.count) of \(count) trials" : "trials"
        return TableBlock(caption: "\(words) on \(judgedOn)", columns: columns, rows: rows)
    }

    /// The best trial lies at the end of a list of numbers: what lies beyond may be better.
    private func edge(_ best: TuningTrial) -> String? {
        for parameter in grid.parameters {
            guard case .values(let values) = parameter.axis, values.count > 2,
                let value = TuneReport.scalar(best.options.values[parameter.name]).number
            else { continue }
            let numbers = values.compactMap { TuneReport.scalar($0).number }
            guard let low = numbers.min(), let high = numbers.max(), low < high else { continue }
            if value == high { return "\(parameter.name) \(Scalar.plain(value)) is the greatest that was tried: more may be better" }
        }
        return nil
    }

    /// The tuned parameters as typed: `trees 100 depth 20`.
    static func settings(_ trial: TuningTrial, grid: ParameterGrid) -> String {
        let words = grid.parameters.compactMap { parameter in
            trial.options.values[parameter.name].map { "\(parameter.name) \($0.text)" }
        }
        return words.isEmpty ? "as it is by default" : words.joined(separator: " ")
    }

    private static func isWord(_ name: String, in trials: [TuningTrial]) -> Bool {
        trials.contains { if case .word? = $0.options.values[name] { true } else { false } }
    }

    static func scalar(_ value: FamilyOptions.Value?) -> Scalar {
        switch value {
        case .integer(let whole)?: .integer(whole)
        case .number(let number)?: Scalar(number)
        case .word(let word)?: .text(word)
        case nil: .missing
        }
    }

    /// One run a trial, for the record.
    static func runs(
        _ trials: [TuningTrial], taken: TuningTrial, model: TrainedModel, metric: String, part: String, cell: Int
    ) -> [ModelRun] {
        trials.map { trial in
            var run = ModelRun(
                kind: .trial, cell: cell, number: trial.number, model: model.name, family: model.family.name, table: model.table,
                options: trial.options, target: model.target.column)
            if trial.value.isFinite { run.metrics = [.init(metric, trial.value)] }
            run.part = part
            run.seconds = trial.seconds
            if trial.number == taken.number { run.remark = "taken" }
            if trial.share < 1 { run.remark = "stopped at \(NumberText().text(.number(trial.share), .percent)) of the rows" }
            if let failure = trial.failure { run.remark = "failed: \(failure)" }
            return run
        }
    }
}
