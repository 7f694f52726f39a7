import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoReport
import RondoSession
import RondoSignature

/// The charts of a model: `plot roc of forest`, `plot learning of forest`.
struct ModelCharts {
    static let kinds = ["residuals", "roc", "pr", "calibration", "confusion", "importance", "dependence", "learning", "tree", "lift"]
    private static let mostPoints = 2_000
    private static let mostRules = 20

    let model: TrainedModel
    let part: Spanned<Part>?
    let condition: Expression?
    let over: Expression?
    let span: Span?

    func blocks(_ kind: String, in context: inout Context) throws -> [Block] {
        switch kind {
        case "tree": return try rules()
        case "importance": return try importance(in: &context)
        case "dependence": return try dependence(in: &context)
        case "learning": return try learning(in: &context)
        default: break
        }
        let judgement = try Judgement(model, verb: "plot", part: part, condition: condition, in: &context)
        let chart: [Block]
        switch kind {
        case "residuals": chart = try residuals(judgement)
        case "confusion": chart = try confusion(judgement)
        default: chart = try curves(kind, judgement)
        }
        return chart + judgement.remarks
    }

    private func refused(_ kind: String, _ reason: String) -> Diagnostic {
        let name = NameText.written(model.name)
        return Diagnostic(
            "R0817", "\(kind) \(reason)", span: span,
            remedy: model.target.classes.isEmpty ? "plot residuals of \(name)" : "plot confusion of \(name)")
    }

    // MARK: Numbers

    private func residuals(_ judgement: Judgement) throws -> [Block] {
        guard case .numbers(let truth) = judgement.outcome.truth, case .numbers(let predicted) = judgement.outcome.predictions else {
            throw refused("residuals", "need a number to predict")
        }
        let step = max(1, (truth.count + ModelCharts.mostPoints - 1) / ModelCharts.mostPoints)
        let places = stride(from: 0, to: truth.count, by: step)
        let series = ChartBlock.Series(name: "", x: places.map { predicted[$0] }, y: places.map { truth[$0] - predicted[$0] })
        return [
            .chart(
                ChartBlock(
                    title: "residuals of \(model.name) on \(judgement.part)", marks: .scatter([series]), xLabel: "prediction",
                    yLabel: "truth minus prediction"))
        ]
    }

    // MARK: Classes

    private func confusion(_ judgement: Judgement) throws -> [Block] {
        guard case .classes(let truth, let names) = judgement.outcome.truth,
            case .probabilities(let columns, _) = judgement.outcome.predictions
        else { throw refused("confusion", "needs classes to predict") }
        let answers = PredictedClass.codes(columns, threshold: judgement.outcome.threshold)
        var counts = Array(repeating: Array(repeating: 0, count: names.count), count: names.count)
        for (one, answer) in zip(truth, answers) where answer >= 0 { counts[Int(one)][Int(answer)] += 1 }
        let hits = names.indices.reduce(0) { $0 + counts[$1][$1] }
        let columnsOfTable =
            [TableBlock.Column("truth", "text", .plain)] + names.map { .init($0, "integer", .count) } + [.init("right", "number", .percent)]
        let rows = names.indices.map { index -> [Scalar] in
            let total = counts[index].reduce(0, +)
            return [.text(names[index])] + counts[index].map { Scalar($0) }
                + [total > 0 ? Scalar(Double(counts[index][index]) / Double(total)) : .missing]
        }
        return [
            .figures([Figure("right", Scalar(hits), .count), Figure("rows", Scalar(truth.count), .count)]),
            .text(TextBlock("\(SlotText.escaped(model.name)) answers {right} of {rows} rows right on \(judgement.part)")),
            .table(
                TableBlock(
                    caption: "truth down, answers of \(model.name) across, on \(judgement.part)", columns: columnsOfTable, rows: rows)),
        ]
    }

    private func curves(_ kind: String, _ judgement: Judgement) throws -> [Block] {
        guard case .classes(let truth, let names) = judgement.outcome.truth,
            case .probabilities(let columns, _) = judgement.outcome.predictions,
            columns.count <= names.count
        else { throw refused(kind, "needs classes to predict") }
        let shown = columns.count == 2 ? [1] : Array(columns.indices.prefix(6))
        let series = shown.map { index in
            let isPositive = truth.map { Int($0) == index }
            let name = shown.count == 1 && kind != "calibration" ? "" : names[index]
            return switch kind {
            case "roc": RankCurves.roc(columns[index], isPositive, name: name)
            case "pr": RankCurves.precisionRecall(columns[index], isPositive, name: name)
            case "lift": RankCurves.lift(columns[index], isPositive, name: name)
            default: RankCurves.calibration(columns[index], isPositive, name: name)
            }
        }
        let labels: (title: String, x: String, y: String) =
            switch kind {
            case "roc": ("ROC curve", "false positive rate", "true positive rate")
            case "pr": ("precision and recall", "recall", "precision")
            case "lift": ("lift", "share of rows, most probable first", "times as many hits as at random")
            default: ("calibration", "mean probability", "share that came true")
            }
        let diagonal =
            kind == "roc" || kind == "calibration"
            ? [ChartBlock.Series(name: kind == "roc" ? "chance" : "perfect", x: [0, 1], y: [0, 1])] : []
        var named = series
        if !diagonal.isEmpty { for index in named.indices where named[index].name.isEmpty { named[index].name = model.name } }
        var blocks: [Block] = [
            .chart(
                ChartBlock(
                    title: "\(labels.title) of \(model.name) on \(judgement.part)", marks: .line(named + diagonal), xLabel: labels.x,
                    yLabel: labels.y))
        ]
        let metric = ["roc": "roc_auc", "pr": "pr_auc", "calibration": "brier"][kind]
        if let metric, let value = try? MetricChoice(metric).value(judgement.outcome.input()).value {
            blocks = [.figures([Figure(metric, Scalar(value))])] + blocks + [.text(TextBlock("\(metric) {\(metric)}"))]
        }
        return blocks
    }

    // MARK: What the model is made of

    private func rules() throws -> [Block] {
        let tables = model.readableTables
        guard model.fitted.readable.hasPrefix("rules"), !tables.isEmpty else {
            throw Diagnostic(
                "R0817", "\(model.name) is no single tree: \(model.fitted.readable) is what there is to read", span: span,
                remedy: "plot importance of \(NameText.written(model.name))")
        }
        return tables.map { table in
            var table = table
            let count = table.rows.count
            table.rows = Array(table.rows.prefix(ModelCharts.mostRules))
            table.caption =
                "\(model.name)\(model.predictor.logTarget == nil ? "" : ", values on the log scale"): "
                + (count > table.rows.count ? "\(table.rows.count) of \(count) " : "") + table.caption
            return .table(table)
        }
    }

    private func importance(in context: inout Context) throws -> [Block] {
        let part = part ?? ExplainVerb.fallbackPart(model, in: context)
        let judgement = try Judgement(
            model, verb: "plot", part: part, condition: condition, includesSeen: part?.value == .train || part?.value == .all, in: &context)
        let features = try model.predictor.features(of: judgement.table.rows.gathering(judgement.outcome.rows), context: context.compute)
        let choice = try judgement.goalMetrics().first ?? MetricChoice(model.target.task.searchMetric)
        let importance = try PermutationImportance(
            of: model.predictor.answering, features: features, truth: judgement.outcome.truth, groups: model.featureGroups, choice: choice,
            seed: context.seed(nil), context: context.compute)
        let top = importance.columns.enumerated().sorted { ($0.element.importance, -$0.offset) > ($1.element.importance, -$1.offset) }
            .prefix(20).map(\.element)
        return [
            .chart(
                ChartBlock(
                    title: "importance for \(model.name): rise of \(choice.name) when shuffled, \(judgement.part)",
                    marks: .bars(labels: top.map(\.name), groups: [""], values: [top.map { max(0, $0.importance) }]), xLabel: "column",
                    yLabel: "rise of \(choice.name)"))
        ] + judgement.remarks
    }

    private func dependence(in context: inout Context) throws -> [Block] {
        guard case .name(let column)? = over?.node else {
            throw Diagnostic(
                "R0817", "dependence runs along one column", span: over?.span ?? span,
                remedy:
                    "plot dependence of \(NameText.written(model.name)) over \(NameText.written(model.predictor.inputs.first?.name ?? "COLUMN"))"
            )
        }
        let found = try DependenceWords.dependence(column, of: model, in: &context)
        return [
            .chart(DependenceWords.chart(found, model: model)),
            .text(TextBlock(SlotText.escaped(DependenceWords.sentence(found, model, unit: context.goal()?.unit)))),
        ]
    }

    private func learning(in context: inout Context) throws -> [Block] {
        let goal = try context.requiredGoal(for: "plot")
        let judgement = try Judgement(model, verb: "plot", part: part, condition: condition, in: &context)
        guard let target = goal.target else {
            throw Diagnostic("R0443", "the goal predicts nothing: there is nothing to learn", span: nil, remedy: "goal predict COLUMN")
        }
        guard judgement.outcome.foldCount == 1 else {
            throw Diagnostic(
                "R0817", "a learning curve needs rows that the model has not seen", span: span, remedy: "split 60/20/20")
        }
        let choice = try judgement.goalMetrics().first ?? MetricChoice(model.target.task.searchMetric)
        let curve = try LearningCurve(
            model, table: judgement.table, aim: .prediction(target), held: judgement.outcome.rows, choice: choice, context: context.compute)
        let style: NumberStyle = choice.metric.signature.style == .percent ? .percent : .number
        let table = TableBlock(
            caption: "\(choice.name) of \(model.name) with part of its training rows",
            columns: [
                .init("share", "number", .percent), .init("rows", "integer", .count), .init("on_these_rows", "number", style),
                .init("on_\(judgement.part)", "number", style),
            ], rows: curve.points.map { [Scalar($0.share), Scalar($0.rows), Scalar($0.seen), Scalar($0.unseen)] })
        let rows = curve.points.map { Double($0.rows) }
        let chart = ChartBlock(
            title: "learning curve of \(model.name): \(choice.name)",
            marks: .line([.init(name: "", x: rows, y: curve.points.map(\.unseen))]), xLabel: "training rows",
            yLabel: "\(choice.name) on \(judgement.part)")
        var blocks: [Block] = [.chart(chart), .table(table)]
        if let gain = curve.lastGain(isBetterHigher: choice.metric.signature.isBetterHigher) {
            let share = Figure("gain", Scalar(gain), .percent)
            let words =
                gain > 0.02
                ? "more rows would probably help: the last doubling made \(choice.name) {gain} better"
                : "more rows would hardly help: the last doubling made \(choice.name) \(gain >= 0 ? "only {gain} better" : "no better")"
            blocks = [.figures([share]), .text(TextBlock(words))] + blocks
        }
        return blocks + judgement.remarks
    }
}
