import RondoKernels
package import RondoLanguage
import RondoLearning
import RondoLifecycle
package import RondoReport
package import RondoSession
package import RondoSignature

/// `choose forest because "meets the goal" threshold best f1 calibrate platt`: settles which model goes on, how it decides, and why.
package enum ChooseVerb: WorkspaceVerb {
    static let model = Operand("model", .model, "the model")
    static let threshold = Clause<ThresholdRule>(
        ClauseShape(
            "threshold",
            [
                Slot("value", .number, optional: true, summary: "from this probability on the positive class is answered"),
                Slot("best", .metric, optional: true, word: "best", summary: "a metric that the threshold should make best"),
                Slot("recall", .percent, optional: true, word: "recall", summary: "least share of positive rows to find"),
                Slot("cost", .number, optional: true, word: "cost", summary: "what a positive answer costs"),
                Slot("benefit", .number, optional: true, word: "benefit", summary: "what a right one brings"),
            ], summary: "when the positive class is answered: 0.4, best f1, recall 80%, cost 5 benefit 60 (the more probable class)"),
        read: ThresholdReading.rule)
    static let calibrate = Clause(
        "calibrate", .choice(ProbabilityCalibration.Method.allCases.map(\.rawValue)), "makes probabilities come true, learned on validation"
    )
    static let new = Clause("as", .newName, "name of a copy that decides so (the model itself)")

    package static let signature = Signature(
        "choose", phase: .judge, class: .judge,
        summary: "Chooses the model that later cells mean, how it decides, and keeps the reason.",
        details: """
            Threshold and calibration are learned on validation, or on five folds of the training rows without one, and travel into \
            releases. `cost 5 benefit 60` means that every positive answer costs 5 and every right one brings 60.
            """,
        searchWords: ["select model", "pick", "decide", "final", "cutoff", "platt", "isotonic", "calibration"],
        operands: [model], clauses: [SharedClauses.because, threshold, calibrate, new],
        examples: [
            Example(
                "choose linear because \"it explains itself\"",
                after: ["load demo \"house_sales\" as sales rows 500", "goal predict price", "split 60/20/20 by sold_on", "fit linear"],
                "With its reason."),
            Example(
                "choose logistic threshold recall 80% calibrate platt as careful",
                after: [
                    "load demo \"house_sales\" as sales rows 500", "derive is_condo = type = \"condo\"", "goal predict is_condo = true",
                    "split 60/20/20 by sold_on", "fit logistic using sqft, price",
                ], "A copy that finds four of five condos."),
        ], seeAlso: ["compare", "deploy", "note"])

    package static func faults(of call: Call) -> [Diagnostic] {
        guard let clause = call.cell.clause("threshold") else { return [] }
        return ThresholdReading.faults(clause)
    }

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let thing = try call.required(model)
        var model = try context.model(named: thing.name)
        var details: [Block] = []
        if call.cell.clause("threshold") != nil || call[calibrate] != nil { details = try decide(call, &model, in: &context) }
        if let name = call[new] { model.specification.name = name.value }
        let mark = "chosen after the test part was seen"
        if let split = context.workspace.table(model.table)?.split, context.effects.openings(of: split.seal) > 0 {
            if !model.marks.contains(mark) { model.marks.append(mark) }
            details.append(.text(TextBlock("\(mark): its test score is no longer clean", tone: .warning)))
        }
        // A model that stays as it was is not written, so that nothing that read it becomes stale.
        if call[new] != nil || model.marks != context.workspace.model(model.name)?.marks
            || model.predictor.decision != context.workspace.model(model.name)?.predictor.decision
        {
            context.set(model)
        }
        context.choose(model.name)
        var blocks: [Block] = [.text(TextBlock("\(SlotText.escaped(model.name)) is chosen"))] + details
        if let because = call[SharedClauses.because]?.value {
            var notes = context.notes()
            let name = "choice_of_\(model.name)"
            notes.removeAll { $0.name == name }
            notes.append(
                RegisterNote(
                    name: name, text: because, kind: "decision", about: model.name, who: nil, until: nil, unit: nil,
                    cell: context.cellNumber))
            context.set(notes)
            blocks.append(.text(TextBlock("because \(SlotText.escaped(because))")))
        }
        return blocks
    }

    /// Learns calibration and threshold on rows the model has not seen.
    private static func decide(_ call: Call, _ model: inout TrainedModel, in context: inout Context) throws -> [Block] {
        let rule = call[threshold]
        let task = model.target.task
        guard !model.target.classes.isEmpty, rule == nil || task == .binary else {
            let what =
                task == .multiclass ? "\(model.target.classes.count) classes: a threshold needs two" : "a number: it has no probabilities"
            throw Diagnostic(
                "R0810", "\(model.target.column) is \(what)",
                span: call.span(rule == nil ? calibrate.shape.keyword : threshold.shape.keyword),
                remedy: "choose \(NameText.written(model.name)) because \"…\"")
        }
        model.predictor.decision = nil
        let judgement = try Judgement(model, verb: "choose", part: nil, in: &context)
        guard case .probabilities(var columns, let names) = judgement.outcome.predictions,
            case .classes(let truth, let classes) = judgement.outcome.truth, classes == names
        else {
            throw Diagnostic(
                "R0812", "these rows hold classes that the model has never seen: nothing can be learned on them", span: nil,
                remedy: "score \(NameText.written(model.name))")
        }
        var decision = Decision(words: "")
        var blocks: [Block] = []
        var parts: [String] = []
        var figures: [Figure] = []
        if let method = call[calibrate].flatMap({ ProbabilityCalibration.Method(rawValue: $0.value) }) {
            let calibration = ProbabilityCalibration(method, probabilities: columns, truth: truth)
            let before = try MetricChoice("brier").value(judgement.outcome.input()).value
            columns = calibration.applied(to: columns)
            let after = try MetricChoice("brier").value(
                MetricInput(truth: judgement.outcome.truth, predictions: .probabilities(columns, names: names))
            ).value
            decision.calibration = calibration
            figures += [Figure("brier_before", Scalar(before)), Figure("brier", Scalar(after))]
            blocks.append(.text(TextBlock("calibrated by \(method.rawValue): brier {brier_before} before, {brier} now")))
            parts.append("calibrated by \(method.rawValue)")
        }
        if let rule {
            let finding = try rule.finding(columns[1], truth.map { $0 == 1 })
            decision.threshold = finding.threshold
            let positive = SlotText.escaped("\(model.target.column) = \(names[1])")
            figures += [
                Figure("threshold", Scalar(finding.threshold)), Figure("answered", Scalar(finding.share), .percent),
                Figure("reached", Scalar(finding.value), ThresholdReading.style(rule)),
            ]
            let reached = ThresholdReading.words(rule)
            blocks.append(
                .text(
                    TextBlock(
                        "threshold {threshold}\(reached.isEmpty ? "" : " (\(reached) {reached})"): says \(positive) for {answered} of the rows"
                    )))
            parts.append("threshold \(NumberText().text(.number(finding.threshold)))\(ThresholdReading.reason(rule))")
        }
        decision.words = "\(parts.joined(separator: "; ")), learned on \(judgement.part)"
        model.predictor.decision = decision
        blocks.append(.text(TextBlock("learned on \(judgement.part): scores there flatter from now on; the test part is the judge")))
        return [.figures(figures)] + blocks
    }
}

extension Call {
    /// Where a clause stands, by its keyword.
    fileprivate func span(_ keyword: String) -> Span? { cell.clause(keyword)?.span }
}
