import RondoKernels
import RondoLearning
import RondoSignature

/// Boosted trees: on the prepared house prices, on 28 numbers a row, and on flights with categories.
enum BoostingTasks {
    static let all: [BenchTask] = [
        BenchTask(name: "gbdt_houses") { data in
            let (train, target) = try data.rows("houses_train.csv", target: "price")
            let (test, truth) = try data.rows("houses_test.csv", target: "price")
            let learner = try learner(trees: 200)
            // New data each time: bins that are made already would be shared.
            return BenchWork({ try learner.fit(TrainingData(features: train, target: .numbers(target)), seed: 1, context: data.context) }) {
                model in
                let input = MetricInput(truth: .numbers(truth), predictions: try model.predict(test, context: data.context))
                return try ["rmse", "mape", "r2"].map { BenchFigure("test_\($0)", try MetricChoice($0).value(input).value) }
            }
        },
        BenchTask(name: "gbdt_higgs") { data in
            let (features, labels) = try data.rows("higgs_like.csv", target: "label")
            let classes = TargetValues.classes(labels.map { Int32($0) }, names: ["0", "1"])
            return try Self.classes(data, features, classes, train: 400_000, trees: 200)
        },
        BenchTask(name: "gbdt_airline_categorical") { data in
            let (features, classes) = try data.mixed("airline_like.csv", target: "delayed_15min")
            return try Self.classes(data, features, classes, train: 800_000, trees: 100)
        },
        BenchTask(name: "score_1m_gbdt200") { data in
            let (model, features) = try higgsModel(data)
            let repeats = features.gathering((0..<1_000_000).map { Int32($0 % features.rowCount) })
            return BenchWork({ try model.predict(repeats, context: data.context) }) { predictions in
                guard case .probabilities(let columns, _) = predictions else { return [] }
                return [BenchFigure("mean", Sums.compensated(columns[1]) / Double(columns[1].count))]
            }
        },
    ]

    /// The model that scoring and explanations take, and all rows.
    static func higgsModel(_ data: BenchData) throws -> (model: any FittedModel, features: Features) {
        let (features, labels) = try data.rows("higgs_like.csv", target: "label")
        let classes = TargetValues.classes(labels.map { Int32($0) }, names: ["0", "1"])
        let rows = (0..<Int32(400_000)).map { $0 }
        let training = TrainingData(features: features.gathering(rows), target: classes.gathering(rows))
        return (try learner(trees: 200).fit(training, seed: 1, context: data.context), features)
    }

    private static func learner(trees: Int64) throws -> any Learner { try BoostingFamily.learner(FamilyOptions(options(trees: trees))) }

    /// What the peers are given too.
    static func options(trees: Int64) -> [String: FamilyOptions.Value] {
        ["trees": .integer(trees), "leaves": .integer(31), "leaf": .integer(20), "rate": .number(0.1), "features": .number(1)]
    }

    /// Fits the first rows and judges the others.
    private static func classes(
        _ data: BenchData, _ features: Features, _ classes: TargetValues, train: Int32, trees: Int64
    ) throws -> BenchWork {
        let trainRows = (0..<train).map { $0 }
        let testRows = (train..<Int32(classes.count)).map { $0 }
        let (train, target) = (features.gathering(trainRows), classes.gathering(trainRows))
        let (test, truth) = (features.gathering(testRows), classes.gathering(testRows))
        let learner = try learner(trees: trees)
        return BenchWork({ try learner.fit(TrainingData(features: train, target: target), seed: 1, context: data.context) }) { model in
            let input = MetricInput(truth: truth, predictions: try model.predict(test, context: data.context))
            return [BenchFigure("test_auc", try MetricChoice("roc_auc").value(input).value)]
        }
    }
}
