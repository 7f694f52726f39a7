import RondoFrame
package import RondoKernels
import RondoLanguage
package import RondoLearning
import RondoRecipes
import RondoSignature

/// Judges models on rows they have not learned from.
package struct Scoring: Sendable {
    /// True values and predictions of the same rows.
    package struct Outcome: Sendable {
        package let truth: TargetValues
        package let predictions: Predictions
        /// Indices into the rows of the table.
        package let rows: [Int32]
        package let baseline: Baseline
        /// Seconds of prediction a row; volatile.
        package let secondsPerRow: Double
        /// Rows left out because the target was missing.
        package let withoutTarget: Int
        /// How many models judged the rows in turn; 1 when it was the model itself.
        package var foldCount = 1
        /// The model's threshold for the positive class of two; nil answers the more probable class.
        package var threshold: Double?
        /// The lists of a recommender, one a user; `rows` then holds a row of each user.
        package var ranking: RankedLists?

        /// The same for some of the rows.
        package func keeping(_ kept: Set<Int32>) -> Outcome {
            guard kept.count < rows.count else { return self }
            let positions = rows.indices.filter { kept.contains(rows[$0]) }.map { Int32($0) }
            return Outcome(
                truth: truth.gathering(positions), predictions: predictions.gathering(positions), rows: positions.map { rows[Int($0)] },
                baseline: baseline, secondsPerRow: secondsPerRow, withoutTarget: withoutTarget, foldCount: foldCount,
                threshold: threshold, ranking: ranking?.gathering(positions))
        }

        package func input(_ positions: [Int32]? = nil) -> MetricInput {
            let whole = MetricInput(truth: truth, predictions: predictions, threshold: threshold, ranking: ranking)
            return positions.map { whole.gathering($0) } ?? whole
        }
    }

    /// Predicts rows of a table with a fitted model.
    /// - Parameter elapsed: a clock for the time a row takes.
    package static func outcome(
        of model: TrainedModel, table: Table, prepared: PreparedTable, aim: Aim, rows: [Int32], elapsed: () -> Double,
        context: ComputeContext
    ) throws -> Outcome {
        switch aim {
        case .prediction(let target):
            try predicted(by: model, table: table, frame: prepared.frame, target: target, rows: rows, elapsed: elapsed, context: context)
        case .recommendation(let wish):
            try ranked(by: model, table: table, known: prepared.known, wish: wish, rows: rows, elapsed: elapsed, context: context)
        case .groups:
            throw Diagnostic("R0443", "the goal predicts nothing: there is nothing to score", span: nil, remedy: "goal predict COLUMN")
        }
    }

    private static func predicted(
        by model: TrainedModel, table: Table, frame: Frame, target: Target, rows: [Int32], elapsed: () -> Double, context: ComputeContext
    ) throws -> Outcome {
        let resolved = try ResolvedTarget(target, in: frame, table: table.name)
        guard resolved.description.task == model.target.task else {
            throw Diagnostic(
                "R0440", "\(model.name) was fitted for another kind of target", span: nil,
                remedy: "fit \(model.family.name)")
        }
        let known = rows.filter { resolved.isKnown(Int($0)) }
        guard !known.isEmpty else {
            throw Diagnostic(
                "R0441", "none of these rows has a value of \(resolved.column)", span: nil, remedy: "describe \(resolved.column) on all")
        }
        let started = elapsed()
        let answer = try model.predictor.predict(table.rows.gathering(known), context: context)
        let seconds = elapsed() - started
        return Outcome(
            truth: aligned(resolved.values(known), to: model.target.classes), predictions: answer, rows: known,
            baseline: model.baseline, secondsPerRow: seconds / Double(known.count), withoutTarget: rows.count - known.count,
            threshold: model.predictor.decision?.threshold)
    }

    private static func ranked(
        by model: TrainedModel, table: Table, known: Frame, wish: Recommendation, rows: [Int32], elapsed: () -> Double,
        context: ComputeContext
    ) throws -> Outcome {
        guard let ranking = model.fitted as? any RankingModel, model.target.column == wish.item.value else {
            throw Diagnostic(
                "R0440", "\(model.name) was fitted for another kind of target", span: nil, remedy: "fit popularity")
        }
        let truth = try RankingTruth(wish, table: table, known: known, rows: rows, learning: model.trainingRows, context: context)
        let started = elapsed()
        let lists = try truth.lists(of: ranking, context: context)
        let seconds = elapsed() - started
        let input = try truth.input(lists, of: ranking, context: context)
        return Outcome(
            truth: input.truth, predictions: input.predictions, rows: truth.firstRows, baseline: model.baseline,
            secondsPerRow: seconds / Double(max(1, lists.count)), withoutTarget: truth.unknown, ranking: input.ranking)
    }

    /// Classes of the truth by the model's order of classes; a class the model never saw becomes the last index and always counts as wrong.
    private static func aligned(_ truth: TargetValues, to classes: [String]) -> TargetValues {
        guard case .classes(let codes, let names) = truth, names != classes else { return truth }
        let unseen = names.filter { !classes.contains($0) }
        let all = classes + unseen
        let place = names.map { name in Int32(all.firstIndex(of: name) ?? 0) }
        return .classes(codes.map { place[Int($0)] }, names: all)
    }

    /// Predictions for every training row by models that have not seen it: the recipe is learned again inside each fold.
    package static func crossValidated(
        _ model: TrainedModel, table: Table, aim: Aim, folds: Int, seed: UInt64, elapsed: () -> Double, context: ComputeContext
    ) throws -> Outcome {
        let rows = model.trainingRows
        var parts = Array(repeating: Split.Part.none.rawValue, count: table.rows.rowCount)
        for row in rows { parts[Int(row)] = Split.Part.train.rawValue }
        // Folds of the split serve models of its training part; another model has rows beside them.
        let given = table.split.flatMap { split in split.foldCount > 1 ? split.folds : nil }.flatMap { folds in
            rows.allSatisfy { folds[Int($0)] >= 0 } ? folds : nil
        }
        let foldOf =
            try given
            ?? SplitMaker.folds(
                min(folds, rows.count), parts: parts, strata: table.split?.strata, groups: table.split?.groups, seed: seed)
        let count = (rows.map { foldOf[Int($0)] }.max() ?? 0) + 1
        var pieces: [(rows: [Int32], outcome: Outcome)] = []
        for fold in 0..<count {
            try context.cancellation.check()
            let held = rows.filter { foldOf[Int($0)] == fold }
            let learning = rows.filter { foldOf[Int($0)] != fold && foldOf[Int($0)] >= 0 }
            guard !held.isEmpty, !learning.isEmpty else { continue }
            let prepared = try PreparedTable(table, learningFrom: learning, context: context)
            var part = try Trainer.train(
                model.specification, table: table, prepared: prepared, aim: aim, rows: learning, trainedOn: "fold", context: context)
            part.predictor.decision = model.predictor.decision
            let outcome = try outcome(
                of: part, table: table, prepared: prepared, aim: aim, rows: held, elapsed: elapsed, context: context)
            pieces.append((held, outcome))
            context.progress(Progress(done: Int(fold) + 1, total: Int(count), label: "folds"))
        }
        var whole = try joined(pieces.map(\.outcome), baseline: model.baseline)
        whole.foldCount = pieces.count
        whole.threshold = model.predictor.decision?.threshold
        return whole
    }

    private static func joined(_ outcomes: [Outcome], baseline: Baseline) throws -> Outcome {
        guard let first = outcomes.first else {
            throw Diagnostic(
                "R0442", "there are too few training rows for folds", span: nil, remedy: "split 60/20/20")
        }
        let rows = outcomes.flatMap(\.rows)
        let seconds = outcomes.reduce(0) { $0 + $1.secondsPerRow * Double($1.rows.count) }
        return Outcome(
            truth: TargetValues.joined(outcomes.map(\.truth)) ?? first.truth,
            predictions: Predictions.joined(outcomes.map(\.predictions)) ?? first.predictions, rows: rows, baseline: baseline,
            secondsPerRow: rows.isEmpty ? 0 : seconds / Double(rows.count), withoutTarget: outcomes.reduce(0) { $0 + $1.withoutTarget },
            ranking: RankedLists.joined(outcomes.compactMap(\.ranking)))
    }
}

extension Predictions {
    /// The answers for some positions, in this order.
    package func gathering(_ positions: [Int32]) -> Predictions {
        switch self {
        case .numbers(let values): .numbers(positions.map { values[Int($0)] })
        case .probabilities(let columns, let names):
            .probabilities(columns.map { column in positions.map { column[Int($0)] } }, names: names)
        }
    }

    /// One after the other; nil when they are of different kinds.
    static func joined(_ parts: [Predictions]) -> Predictions? {
        var numbers: [Double] = []
        var columns: [[Double]] = []
        var classes: [String] = []
        for part in parts {
            switch part {
            case .numbers(let values): numbers += values
            case .probabilities(let values, let names):
                if columns.isEmpty {
                    columns = values
                    classes = names
                } else if names == classes {
                    for index in columns.indices { columns[index] += values[index] }
                } else {
                    return nil
                }
            }
        }
        return columns.isEmpty ? .numbers(numbers) : .probabilities(columns, names: classes)
    }
}

extension MetricInput {
    /// One after the other; nil when they are of different kinds.
    static func joined(_ parts: [MetricInput]) -> MetricInput? {
        guard let truth = TargetValues.joined(parts.map(\.truth)), let predictions = Predictions.joined(parts.map(\.predictions)) else {
            return nil
        }
        return MetricInput(truth: truth, predictions: predictions, ranking: RankedLists.joined(parts.compactMap(\.ranking)))
    }
}

extension TargetValues {
    /// One after the other; nil when classes differ.
    static func joined(_ parts: [TargetValues]) -> TargetValues? {
        var numbers: [Double] = []
        var all: [Int32] = []
        var classes: [String]?
        for part in parts {
            switch part {
            case .numbers(let values): numbers += values
            case .classes(let codes, let names):
                if let classes, classes != names { return nil }
                classes = names
                all += codes
            }
        }
        return classes.map { .classes(all, names: $0) } ?? .numbers(numbers)
    }
}
