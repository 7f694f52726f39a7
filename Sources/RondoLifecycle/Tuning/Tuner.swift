package import RondoFrame
package import RondoKernels
import RondoLanguage
package import RondoLearning
import RondoRecipes
package import RondoSignature

/// Tries combinations of parameters on rows that they have not learned from.
///
/// Recipe, automatic steps and design are learned again from the learning rows of each fold, once for all trials.
/// Source of halving: Jamieson and Talwalkar 2016, "Non-stochastic best arm identification and hyperparameter optimization".
package struct Tuner: Sendable {
    /// Rows to learn from and rows to be judged on.
    package struct Fold: Sendable {
        package let learning: [Int32]
        package let held: [Int32]

        package init(learning: [Int32], held: [Int32]) {
            self.learning = learning
            self.held = held
        }
    }
    package let table: Table
    package let aim: Aim
    package let specification: FitSpecification
    package let folds: [Fold]
    package let choice: MetricChoice
    /// How many trials in a row without progress end the search.
    package let patience: Int?
    package let halves: Bool
    /// A clock for the time that fits take.
    package let elapsed: @Sendable () -> Double

    package init(
        table: Table, aim: Aim, specification: FitSpecification, folds: [Fold], choice: MetricChoice, patience: Int? = nil,
        halves: Bool = false, elapsed: @escaping @Sendable () -> Double
    ) {
        self.table = table
        self.aim = aim
        self.specification = specification
        self.folds = folds
        self.choice = choice
        self.patience = patience
        self.halves = halves
        self.elapsed = elapsed
    }

    /// Fewest rows with which halving begins, per fold.
    package static let leastRows = 200
    /// Each round of halving keeps one trial in three and gives it three times the rows.
    package static let keptShare = 3

    /// All trials in the order of the grid; after `patience` those that were not reached are left out.
    package func trials(_ points: [FamilyOptions], context: ComputeContext) throws -> [TuningTrial] {
        var trials = points.enumerated().map { index, point in
            TuningTrial(number: index + 1, options: FamilyOptions(specification.options.values.merging(point.values) { $1 }))
        }
        var shares = [1.0]
        if halves {
            let rows = folds.map(\.learning.count).min() ?? 0
            var share = 1.0
            var left = trials.count
            while left > Tuner.keptShare, Double(rows) * share / Double(Tuner.keptShare) >= Double(Tuner.leastRows) {
                share /= Double(Tuner.keptShare)
                left = (left + Tuner.keptShare - 1) / Tuner.keptShare
                shares.insert(share, at: 0)
            }
        }
        var running = Array(trials.indices)
        for (round, share) in shares.enumerated() {
            let materials = try folds.enumerated().map { try material(of: $1, number: $0, share: share, context: context) }
            let tried = try tried(running.map { trials[$0] }, on: materials, share: share, context: context)
            for (index, trial) in zip(running, tried) { trials[index] = trial }
            if tried.count < running.count { return running.prefix(tried.count).map { trials[$0] } }
            guard round < shares.count - 1 else { break }
            let alive = running.filter { trials[$0].failure == nil && trials[$0].value.isFinite }
            let kept = (alive.count + Tuner.keptShare - 1) / Tuner.keptShare
            running = alive.sorted { isBetter(trials[$0], trials[$1]) }.prefix(kept).sorted()
        }
        return trials
    }

    private func isBetter(_ left: TuningTrial, _ right: TuningTrial) -> Bool {
        if left.value == right.value { return left.number < right.number }
        return choice.metric.signature.isBetterHigher ? left.value > right.value : left.value < right.value
    }

    // MARK: Folds

    /// What the trials of one fold share: what they learn from, and what they are judged on.
    package struct Material: Sendable {
        package let training: TrainingMaterial
        let judge: Judge

        enum Judge: Sendable {
            case rows(Features, truth: TargetValues)
            case lists(RankingTruth)
        }

        /// What a model of this fold answers beside the truth.
        func input(of model: TrainedModel, context: ComputeContext) throws -> MetricInput {
            switch judge {
            case .rows(let features, let truth):
                return MetricInput(truth: truth, predictions: try model.predictor.predictions(of: features, context: context))
            case .lists(let truth):
                guard let ranking = model.fitted as? any RankingModel else {
                    throw Fault("R0440", "\(model.name) does not recommend", remedy: "fit popularity", subject: model.name)
                }
                return try truth.input(truth.lists(of: ranking, context: context), of: ranking, context: context)
            }
        }
    }

    /// - Parameter share: of the learning rows, drawn by the seed; 1 takes all.
    package func material(of fold: Fold, number: Int, share: Double, context: ComputeContext) throws -> Material {
        try context.cancellation.check()
        var rows = fold.learning
        if share < 1 {
            var stream = RandomStream(seed: specification.seed, purpose: "halving", unit: UInt64(number))
            let count = max(1, Int((Double(rows.count) * share).rounded()))
            rows = stream.permutation(rows.count).prefix(count).sorted().map { rows[$0] }
        }
        let prepared = try PreparedTable(table, learningFrom: rows, context: context)
        let training = try Trainer.material(
            for: specification, table: table, prepared: prepared, aim: aim, rows: rows, trainedOn: "fold", context: context)
        return Material(training: training, judge: try judge(fold, training, prepared, learning: rows, context: context))
    }

    private func judge(
        _ fold: Fold, _ training: TrainingMaterial, _ prepared: PreparedTable, learning: [Int32], context: ComputeContext
    ) throws -> Material.Judge {
        if case .recommendation(let wish) = aim {
            return .lists(
                try RankingTruth(wish, table: table, known: prepared.known, rows: fold.held, learning: learning, context: context))
        }
        guard let target = aim.target else {
            throw Diagnostic("R0443", "the goal predicts nothing: there is nothing to tune", span: nil, remedy: "goal predict COLUMN")
        }
        let resolved = try ResolvedTarget(target, in: prepared.frame, table: table.name)
        let held = fold.held.filter { resolved.isKnown(Int($0)) }
        guard !held.isEmpty else {
            throw Diagnostic(
                "R0441", "none of these rows has a value of \(resolved.column)", span: nil, remedy: "describe \(resolved.column) on all")
        }
        return .rows(try training.features(of: table.rows.gathering(held), context: context), truth: resolved.values(held))
    }

    // MARK: Trials

    /// Trials run side by side, each on one thread where there are enough; with `patience` one after the other.
    private func tried(
        _ trials: [TuningTrial], on materials: [Material], share: Double, context: ComputeContext
    ) throws -> [TuningTrial] {
        guard let patience, share == 1 else {
            let watch = TrialProgress(total: trials.count, context: context)
            let series = TrialSeries.list(trials, of: specification)
            let inner = series.count < context.threads.value ? context : context.with(threads: .one)
            let done = try Parallel.map(series.count, context: context) { index in
                let done = try judged(series[index], of: trials, on: materials, share: share, context: inner.with(progress: { _ in }))
                for _ in done { watch.finishedOne() }
                return done
            }
            return done.joined().sorted { $0.number < $1.number }
        }
        var done: [TuningTrial] = []
        var best: TuningTrial?
        var waited = 0
        for trial in trials {
            let result = try judged(trial, on: materials, share: share, context: context.with(progress: { _ in }))
            done.append(result)
            context.progress(Progress(done: done.count, total: trials.count, label: "trials"))
            if result.failure == nil, result.value.isFinite, best.map({ isBetter(result, $0) }) ?? true {
                best = result
                waited = 0
            } else {
                waited += 1
                if waited >= patience, best != nil { break }
            }
        }
        return done
    }

    /// The trials of a series from one growth of the most trees.
    private func judged(
        _ series: TrialSeries, of trials: [TuningTrial], on materials: [Material], share: Double, context: ComputeContext
    ) throws -> [TuningTrial] {
        let members = series.trials.map { trials[$0] }
        var fits: [SeriesFit] = []
        if members.count > 1, let learner = series.learner, let family = ModelFamilies.named(specification.family.name) {
            do {
                fits = try materials.map { material in
                    let started = elapsed()
                    try context.cancellation.check()
                    let data = try material.training.data(for: family)
                    let models = try learner.fit(data, seed: specification.seed, counts: series.counts, context: context)
                    return SeriesFit(models: models, seconds: elapsed() - started)
                }
            } catch is Fault {
                // Each trial says for itself what is wrong.
                fits = []
            }
        }
        let most = Double(max(1, series.counts.max() ?? 1))
        return try members.enumerated().map { place, trial in
            let models = fits.map { $0.models[place] }
            var result = try judged(trial, models: models, on: materials, share: share, context: context)
            // What the fit would have taken alone: its share of the trees.
            if !fits.isEmpty { result.seconds += fits.reduce(0) { $0 + $1.seconds } * Double(series.counts[place]) / most }
            return result
        }
    }

    /// The models of a series for one fold.
    private struct SeriesFit {
        let models: [any FittedModel]
        let seconds: Double
    }

    /// - Parameter models: fitted already, one a fold; empty to fit here.
    private func judged(
        _ trial: TuningTrial, models: [any FittedModel] = [], on materials: [Material], share: Double, context: ComputeContext
    ) throws -> TuningTrial {
        var result = trial
        result.share = share
        result.bytes = 0
        let started = elapsed()
        do {
            var specification = specification
            specification.options = trial.options
            var values: [Double] = []
            var inputs: [MetricInput] = []
            for (fold, material) in materials.enumerated() {
                try context.cancellation.check()
                let model =
                    models.isEmpty
                    ? try Trainer.train(specification, on: material.training, context: context)
                    : Trainer.trained(specification, models[fold], on: material.training)
                let input = try material.input(of: model, context: context)
                result.bytes += model.fitted.archive().encoded().count
                values.append(try choice.value(input).value)
                inputs.append(input)
            }
            if let whole = MetricInput.joined(inputs) { result.value = try choice.value(whole).value }
            result.spread = values.count > 1 ? Moments(values).standardDeviation : .nan
            if !result.value.isFinite { result.failure = "\(choice.name) is not defined for its answers" }
        } catch let interrupted as Interrupted {
            throw interrupted
        } catch let fault as Fault {
            result.failure = fault.message
        } catch let fault as Diagnostic {
            result.failure = fault.message
        }
        result.seconds += elapsed() - started
        return result
    }
}

extension TrainingMaterial {
    /// The features of other rows as loaded, without their target.
    package func features(of rows: Frame, context: ComputeContext) throws -> Features {
        var remarks = StepRemarks(collects: false)
        let values = try recipe.apply(to: rows, skippingReachedFrom: targetInputs, remarks: &remarks, context: context)
        return try design.features(of: values.frame, remarks: &remarks, context: context)
    }
}

extension ComputeContext {
    /// The same with another listener.
    func with(progress: @escaping @Sendable (Progress) -> Void) -> ComputeContext {
        var copy = self
        copy.progress = progress
        return copy
    }
}
