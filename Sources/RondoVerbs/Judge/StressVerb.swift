import RondoFrame
import RondoKernels
package import RondoLanguage
import RondoLearning
import RondoLifecycle
package import RondoReport
package import RondoSession
package import RondoSignature

/// `stress forest noise 10% missing 20% shift sqft by 5%`: how much worse a model gets when its inputs do.
package enum StressVerb: WorkspaceVerb {
    static let model = Operand("model", .model, "which model (the chosen, else the last)", optional: true)
    static let noise = Clause("noise", .percent, "noise of this share of the standard deviation; words change rows (10%)")
    static let missing = Clause("missing", .percent, "share of values that are missing (10%)")
    static let shift = Clause<(column: Name, amount: SpannedLiteral)>(
        ClauseShape(
            "shift",
            [
                Slot("column", .column, summary: "the column"),
                Slot("amount", .amount, word: "by", summary: "an amount, or a percent of the value"),
            ], repeatable: true, summary: "moves a number column by an amount or a percent")
    ) { clause in
        guard case .name(let column)? = clause.values["column"], case .literal(let amount)? = clause.values["amount"] else { return nil }
        return (column, amount)
    }
    static let unseen = Clause("unseen", .columns, "columns that hold only words never seen in training")

    package static let signature = Signature(
        "stress", phase: .judge, class: .judge,
        summary: "Makes inputs worse, one at a time, and ranks them by the damage done to the model.",
        details: """
            Rows are changed as they were loaded and go through the whole recipe. Without a clause: noise 10% and missing 10% for \
            every input. Judged by the goal's first metric.
            """,
        searchWords: ["robust", "perturb", "sensitivity", "noise", "what if"],
        operands: [model], clauses: [noise, missing, shift, unseen, SharedClauses.part, SharedClauses.seed],
        examples: [
            Example(
                "stress linear",
                after: [
                    "load demo \"house_sales\" as sales rows 500", "goal predict price succeed when mape < 20%",
                    "split 60/20/20 by sold_on", "fit linear",
                ],
                "Noise and gaps in every input."),
            Example(
                "stress tree shift sqft by 10% shift bedrooms by -1 unseen type",
                after: [
                    "load demo \"house_sales\" as sales rows 500", "goal predict price", "split 60/20/20 by sold_on", "fit tree depth 6",
                ], "Wrong units, wrong counts, a new word."),
        ], seeAlso: ["explain", "errors", "score"])

    package static func faults(of call: Call) -> [Diagnostic] {
        [noise, missing].compactMap { clause in
            guard let given = call[clause], let share = given.value.number, !(share > 0 && share <= 1) else { return nil }
            return Diagnostic(
                "R0814", "\(clause.shape.keyword) lies above 0% and up to 100%", span: given.span,
                remedy: "write \(clause.shape.keyword) 10%",
                mend: Mend(given.span, "10%"))
        }
    }

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let model = try context.model(call[model])
        let part = call[SharedClauses.part] ?? ExplainVerb.fallbackPart(model, in: context)
        let judgement = try Judgement(
            model, verb: "stress", part: part, includesSeen: part?.value == .train || part?.value == .all, in: &context)
        let choice = try judgement.goalMetrics().first ?? MetricChoice(model.target.task.searchMetric)
        let trials = try trials(call, model: model, judgement: judgement, in: &context)
        var deviations: [String: Double] = [:]
        for name in Set(trials.map(\.column)) {
            guard let column = judgement.table.rows[name], column.type.isNumeric else { continue }
            deviations[name] = Moments(column.gathering(model.trainingRows).numbers()).standardDeviation
        }
        let values = try StressTest.values(
            trials, of: model.predictor, rows: judgement.table.rows.gathering(judgement.outcome.rows), truth: judgement.outcome.truth,
            choice: choice, deviations: deviations, seed: context.seed(call[SharedClauses.seed]), context: context.compute)
        let base = try choice.value(judgement.outcome.input()).value
        return blocks(trials, values, base: base, choice: choice, judgement: judgement) + judgement.remarks
    }

    private static func trials(
        _ call: Call, model: TrainedModel, judgement: Judgement, in context: inout Context
    ) throws -> [StressTest.Trial] {
        let inputs = model.predictor.inputs
        var trials: [StressTest.Trial] = []
        let isPlain = call[noise] == nil && call[missing] == nil && call.all(shift).isEmpty && call[unseen] == nil
        var everywhere: [StressTest.Kind] = []
        if let share = call[noise]?.value.number ?? (isPlain ? 0.1 : nil) { everywhere.append(.noise(share)) }
        if let share = call[missing]?.value.number ?? (isPlain ? 0.1 : nil) { everywhere.append(.missing(share)) }
        for kind in everywhere {
            trials += inputs.filter { StressTest.applies(kind, to: $0.type) }.map { StressTest.Trial($0.name, kind) }
        }
        for (column, amount) in call.all(shift) {
            let isShare = if case .percent = amount.value { true } else { false }
            let kind = StressTest.Kind.shift(amount.value.number ?? 0, isShare: isShare)
            try check([column.value], kind, span: column.span, inputs: inputs, model: model, judgement: judgement, call: call)
            trials.append(StressTest.Trial(column.value, kind))
        }
        if let set = call[unseen] {
            let names = try context.columns(set, of: judgement.table, frame: judgement.table.rows)
            try check(names, .unseen, span: call.span(unseen), inputs: inputs, model: model, judgement: judgement, call: call)
            trials += names.map { StressTest.Trial($0, .unseen) }
        }
        return trials
    }

    private static func check(
        _ names: [String], _ kind: StressTest.Kind, span: Span?, inputs: [Predictor.InputColumn], model: TrainedModel, judgement: Judgement,
        call: Call
    ) throws {
        for name in names {
            guard let input = inputs.first(where: { $0.name == name }) else {
                let known = inputs.map(\.name)
                if judgement.table.rows[name] == nil, let span {
                    throw SessionNames.unknownColumn(
                        Name(name, span), table: judgement.table.name, known: judgement.table.rows.names, source: call.cell.source)
                }
                throw Diagnostic(
                    "R0815", "\(model.name) does not read \(name): nothing would happen", span: span,
                    remedy: "name one of \(known.prefix(8).joined(separator: ", "))")
            }
            guard StressTest.applies(kind, to: input.type) else {
                let words = kind == .unseen ? "holds no words" : "holds no numbers"
                throw Diagnostic(
                    "R0815", "\(name) \(words)", span: span, remedy: kind == .unseen ? "write shift \(name) by 10%" : "write unseen \(name)"
                )
            }
        }
    }

    private static func words(_ kind: StressTest.Kind) -> String {
        func percent(_ share: Double) -> String { NumberText().text(.number(share), .percent) }
        switch kind {
        case .noise(let share): return "noise \(percent(share))"
        case .missing(let share): return "missing \(percent(share))"
        case .shift(let amount, let isShare): return "shift by \(isShare ? percent(amount) : Scalar.plain(amount))"
        case .unseen: return "unseen words"
        }
    }

    private static func blocks(
        _ trials: [StressTest.Trial], _ values: [Double], base: Double, choice: MetricChoice, judgement: Judgement
    ) -> [Block] {
        let sign: Double = choice.metric.signature.isBetterHigher ? -1 : 1
        let style: NumberStyle = choice.metric.signature.style == .percent ? .percent : .number
        let order = trials.indices.filter { values[$0].isFinite }.sorted {
            (sign * (values[$1] - base), $0) < (sign * (values[$0] - base), $1)
        }
        let criterion = judgement.goal.success.flatMap { Criterion.all(in: $0).first { $0.metric == choice.name } }
        var columns: [TableBlock.Column] = [
            .init("input", "text", .plain), .init("stress", "text", .plain), .init(choice.name, "number", style),
            .init("damage", "number", style),
        ]
        if criterion != nil { columns.append(.init("goal", "text", .plain)) }
        let rows = order.map { index -> [Scalar] in
            let goal: [Scalar] = criterion.map { [.text($0.isMet(by: values[index]) ? "met" : "missed")] } ?? []
            return [
                .text(trials[index].column), .text(words(trials[index].kind)), Scalar(values[index]), Scalar(sign * (values[index] - base)),
            ] + goal
        }
        let table = TableBlock(
            caption: "\(judgement.model.name) on \(judgement.part), the most damage first", columns: columns, rows: rows)
        guard let first = order.first else { return [.table(table)] }
        let holds = criterion?.isMet(by: base) == true
        var figures = [
            Figure("before", Scalar(base), style), Figure("after", Scalar(values[first]), style),
        ]
        let name = SlotText.escaped(trials[first].column)
        var sentence = "most damage by \(words(trials[first].kind)) in \(name): \(choice.name) {before} becomes {after}"
        if let criterion, holds {
            figures += [
                Figure("stresses", Scalar(order.count), .count),
                Figure("missed", Scalar(order.filter { !criterion.isMet(by: values[$0]) }.count), .count),
            ]
            sentence += " · goal \(criterion.comparison.rawValue) \(criterion.boundWords) missed in {missed} of {stresses}"
        }
        return [.figures(figures), .text(TextBlock(sentence)), .table(table)]
    }
}
