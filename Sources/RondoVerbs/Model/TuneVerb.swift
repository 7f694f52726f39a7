import RondoFrame
import RondoKernels
package import RondoLanguage
import RondoLearning
import RondoLifecycle
package import RondoReport
package import RondoSession
package import RondoSignature

/// `tune forest trees [50, 100] depth 5..30 random 20`: tries parameters and fits the best of them.
package enum TuneVerb: WorkspaceVerb {
    static let folds = Clause("folds", .integer, "judge by this many folds of the training rows (validation, else folds of the split)")
    static let random = Clause("random", .integer, "draw this many combinations instead of trying all")
    static let halving = Clause("halving", .choice(["yes", "no"]), "yes begins with few rows and keeps the best third each time (no)")
    static let metric = Clause("metric", .metric, "the metric that judges the trials (the goal's first)")
    static let patience = Clause("patience", .integer, "stop after this many trials in a row without progress")
    static let pick = Clause<(rule: String, within: SpannedLiteral?)>(
        ClauseShape(
            "pick",
            [
                Slot("rule", .choice(TuningPick.allCases.map(\.rawValue)), summary: "which of the good trials is taken"),
                Slot("within", .percent, optional: true, word: "within", summary: "how much worse than the best it may be"),
            ], summary: "the best, or the smallest or fastest within 1% of it (best)")
    ) { clause in
        guard case .choice(let rule)? = clause.values["rule"] else { return nil }
        if case .literal(let within)? = clause.values["within"] { return (rule.value, within) }
        return (rule.value, nil)
    }

    package static let signature = Signature(
        "tune", phase: .model, class: .model,
        summary: "Tries parameters of a family on rows the trials have not learned from, and fits the best.",
        details: """
            Lists are tried in every combination; ranges such as `depth 5..30` need `random`. The recipe is learned again inside every \
            fold. Each trial is kept in `runs` and counts as a look at validation. `pick smallest` means the fewest bytes, `pick \
            fastest` the fewest trees: time itself would differ from run to run.
            """,
        searchWords: ["grid search", "hyperparameters", "optimise", "cross-validation", "search", "random search", "halving"],
        operands: [FitVerb.family],
        clauses: [
            FitVerb.using, FitVerb.without, FitVerb.weights, FitVerb.target, SharedClauses.condition, SharedClauses.part, folds, random,
            halving, metric,
            patience, pick, FitVerb.new, SharedClauses.seed, SharedClauses.from,
        ],
        examples: [
            Example(
                "tune tree depth [3, 5, 8] leaf [1, 5, 20]",
                after: [
                    "load demo \"house_sales\" as sales rows 500", "goal predict price succeed when mape < 20%",
                    "split 60/20/20 by sold_on",
                ],
                "Nine trees, judged on validation; the best is fitted."),
            Example(
                "tune ridge penalty 0.01..100 random 6 folds 3 pick smallest within 1% as steady",
                after: ["load demo \"house_sales\" as sales rows 500", "goal predict price", "split 80/20 by sold_on"],
                "Six draws from a range, three folds, under a name of its own."),
        ], seeAlso: ["fit", "runs", "compare"])

    package static func faults(of call: Call) -> [Diagnostic] {
        var faults: [Diagnostic] = []
        if let name = call[FitVerb.family], let family = ModelFamilies.named(name.value)?.signature {
            faults += GridReading.faults(of: call, family: family)
        }
        let limits: [(Clause<SpannedLiteral>, ClosedRange<Int64>, String)] = [
            (folds, 2...1_000, "5"), (random, 1...Int64(ParameterGrid.limit), "20"), (patience, 1...Int64(ParameterGrid.limit), "5"),
        ]
        for (clause, range, better) in limits {
            guard case .integer(let value)? = call[clause]?.value, !range.contains(value), let given = call[clause] else { continue }
            faults.append(
                Diagnostic(
                    "R0805",
                    "\(clause.shape.keyword) is a whole number from \(range.lowerBound) to \(NumberText.count(Int(range.upperBound)))",
                    span: given.span, remedy: "write \(clause.shape.keyword) \(better)", mend: Mend(given.span, better)))
        }
        return faults
    }

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let goal = try context.requiredGoal(for: "tune")
        guard goal.aim != .groups else {
            throw Diagnostic("R0443", "the goal predicts nothing: there is nothing to tune", span: nil, remedy: "goal predict COLUMN")
        }
        let table = try context.table(from: call[SharedClauses.from])
        let prepared = try context.prepared(table)
        let specification = try FitReading.specification(call, table: table, frame: prepared.frame, in: &context)
        let grid = try GridReading.grid(call, family: specification.family)
        let points: [FamilyOptions]
        if case .integer(let count)? = call[random]?.value {
            points = grid.draws(Int(clamping: count), seed: specification.seed)
        } else {
            points = try grid.combinations()
        }
        let (rows, part) = try FitReading.rows(call, table: table, prepared: prepared, goal: goal, in: &context)
        let task = try goal.target.map { try ResolvedTarget($0, in: prepared.frame, table: table.name).task } ?? .ranking
        let judge = try choice(call, goal: goal, task: task)
        let (folds, judgedOn) = try held(call, rows: rows, table: table, prepared: prepared, goal: goal, in: &context)
        let world = context.world
        let tuner = Tuner(
            table: table, aim: goal.aim, specification: specification, folds: folds, choice: judge,
            patience: call[patience].flatMap { if case .integer(let count) = $0.value { Int(clamping: count) } else { nil } },
            halves: call[halving]?.value == "yes", elapsed: world.elapsed)
        let trials = try tuner.trials(points, context: context.compute)
        let rule = call[pick].flatMap { TuningPick(rawValue: $0.rule) } ?? .best
        let within = call[pick]?.within?.value.number ?? 0.01
        guard let taken = rule.choice(of: trials, isBetterHigher: judge.metric.signature.isBetterHigher, within: within) else {
            throw Diagnostic(
                "R0803", "none of the \(trials.count) trials succeeded: \(trials.compactMap(\.failure).first ?? "no value")", span: nil,
                remedy: "fit \(specification.family.name)")
        }
        var final = specification
        final.options = taken.options
        let trained = try FitReading.prepared(table, prepared, rows: rows, part: call[SharedClauses.part]?.value, context: context.compute)
        let started = world.elapsed()
        var model = try Trainer.train(
            final, table: table, prepared: trained, aim: goal.aim, rows: rows, trainedOn: part, context: context.compute)
        model.fitSeconds = world.elapsed() - started
        if let split = table.split, context.effects.openings(of: split.seal) > 0 {
            model.marks.append("chosen after the test part was seen")
        }
        if judgedOn == "validation", let split = table.split {
            // The judgement of the fitted model is the last of these looks.
            for _ in trials.dropFirst() { context.effects.lookAtValidation(of: split.identity) }
        }
        let replaces = context.workspace.model(model.name) != nil
        context.set(model)
        context.record(TuneReport.runs(trials, taken: taken, model: model, metric: judge.name, part: judgedOn, cell: context.cellNumber))
        let judgement = judgedOn == "validation" ? try Judgement(model, verb: "tune", part: nil, takesLists: true, in: &context) : nil
        let report = TuneReport(
            judgement: judgement, trials: trials, taken: taken, model: model, choice: judge, rule: rule, within: within, grid: grid,
            judgedOn: judgedOn, goal: goal,
            table: table, planned: points.count, replaces: replaces)
        return try report.blocks(in: context) + report.leftOut
            + (goal.target.map { try FitReport.suspicions(model, table: table, prepared: trained, target: $0) } ?? [])
    }

    /// The metric of the cell, else the goal's first, else the one the task is usually tuned by.
    private static func choice(_ call: Call, goal: Goal, task: TaskKind) throws -> MetricChoice {
        let asked = call[metric].map { Criterion(metric: $0.fullName, comparison: .less, bound: 0, isPercent: false) }
        let first = goal.success.flatMap { Criterion.all(in: $0).first }
        let choice: MetricChoice
        do {
            choice = try (asked ?? first)?.choice() ?? MetricChoice(task.searchMetric)
        } catch let fault as Fault {
            guard let asked = call[metric], fault.code == "R0207" else { throw fault }
            throw SessionNames.unknownMetric(asked.name, known: Metrics.all.map { $0.signature.name }, source: call.cell.source)
        }
        guard choice.metric.signature.tasks.contains(task) else {
            throw Diagnostic(
                "R0447", "\(choice.name) does not judge this task", span: call.span(metric),
                remedy: "write metric \(task.shownMetrics.first ?? task.searchMetric)")
        }
        return choice
    }

    /// Which rows judge the trials: the validation part, or folds of the training rows.
    private static func held(
        _ call: Call, rows: [Int32], table: Table, prepared: PreparedTable, goal: Goal, in context: inout Context
    ) throws -> (folds: [Tuner.Fold], words: String) {
        let part = call[SharedClauses.part]?.value ?? .train
        if call[folds] == nil, part == .train, let split = table.split, !split.validationRows.isEmpty {
            var held = split.validationRows
            for condition in [goal.scope, call[SharedClauses.condition]] {
                held = try context.keeping(held, where: condition, of: table, prepared).rows
            }
            guard !held.isEmpty else { throw Diagnostic("R0446", "no row is left to judge", span: nil, remedy: "count") }
            return ([Tuner.Fold(learning: rows, held: held)], "validation")
        }
        var wanted: Int?
        if case .integer(let count)? = call[folds]?.value { wanted = Int(clamping: count) }
        let made = try TuningFolds.folds(of: rows, table: table, count: wanted, seed: context.seed(call[SharedClauses.seed]))
        return (made, "\(made.count) folds")
    }
}
