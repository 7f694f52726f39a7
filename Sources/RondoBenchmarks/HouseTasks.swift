import RondoKernels
import RondoLearning
import RondoSignature

/// Models of the prepared house prices: 23 numbers a row, the same for every program.
enum HouseTasks {
    static let all: [BenchTask] = [
        fit("linear_houses", LinearFamily.self, [:]),
        fit("tree_houses", TreeFamily.self, ["depth": .integer(12), "leaf": .integer(5)]),
        fit("rf_houses", ForestFamily.self, forest),
        fit("extra_houses", ExtraTreesFamily.self, forest),
        BenchTask(name: "score_1m_rf150") { data in
            let model = try forestModel(data)
            let rows = repeated(try data.rows("houses_test.csv", target: "price").features, to: 1_000_000)
            return BenchWork({ try model.predict(rows, context: data.context) }) { predictions in
                guard case .numbers(let values) = predictions else { return [] }
                return [BenchFigure("mean", Sums.compensated(values) / Double(values.count))]
            }
        },
    ]

    static let forest: [String: FamilyOptions.Value] = ["trees": .integer(150), "depth": .integer(25), "leaf": .integer(5)]

    /// The forest that scoring, importances and explanations take.
    static func forestModel(_ data: BenchData) throws -> any FittedModel {
        let (train, target) = try data.rows("houses_train.csv", target: "price")
        return try ForestFamily.learner(FamilyOptions(forest)).fit(
            TrainingData(features: train, target: .numbers(target)), seed: 1, context: data.context)
    }

    private static func fit(_ name: String, _ family: any ModelFamily.Type, _ options: [String: FamilyOptions.Value]) -> BenchTask {
        BenchTask(name: name) { data in
            let (train, target) = try data.rows("houses_train.csv", target: "price")
            let (test, truth) = try data.rows("houses_test.csv", target: "price")
            let learner = try family.learner(FamilyOptions(options))
            // New data each time: bins that are made already would be shared.
            return BenchWork({ try learner.fit(TrainingData(features: train, target: .numbers(target)), seed: 1, context: data.context) }) {
                model in
                let input = MetricInput(truth: .numbers(truth), predictions: try model.predict(test, context: data.context))
                return try ["rmse", "mape", "r2"].map { BenchFigure("test_\($0)", try MetricChoice($0).value(input).value) }
            }
        }
    }

    /// The rows over and over, the first column moved a little so that no two repeats are alike.
    private static func repeated(_ features: Features, to count: Int) -> Features {
        var random = RandomStream(seed: 7, purpose: "bench/rows")
        let moved = (0..<count).map { _ in random.uniform() * 80 - 40 }
        let list = features.features.enumerated().map { position, feature -> Features.Feature in
            guard case .numbers(let values) = feature.values else { return feature }
            let repeats = (0..<count).map { values[$0 % values.count] + (position == 0 ? moved[$0] : 0) }
            return Features.Feature(feature.name, .numbers(repeats))
        }
        return Features(list, rowCount: count)
    }
}
