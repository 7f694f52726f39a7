import RondoKernels
import RondoLearning
import RondoSignature

/// What training costs as rows grow, and how much memory it takes: 28 numbers a row, 50 boosted trees or a forest of 10.
enum GrowthTasks {
    static let all: [BenchTask] = [30_000, 100_000, 300_000, 1_000_000].flatMap { rows in
        [
            task("boost_\(rows / 1000)k", BoostingFamily.self, ["trees": .integer(50)], rows: rows),
            task("forest_\(rows / 1000)k", ForestFamily.self, ["trees": .integer(10), "leaf": .integer(20)], rows: rows),
        ]
    }

    private static func task(
        _ name: String, _ family: any ModelFamily.Type, _ options: [String: FamilyOptions.Value], rows: Int
    ) -> BenchTask {
        BenchTask(name: name) { data in
            let (features, labels) = try data.rows("higgs_like.csv", target: "label")
            let places = (0..<rows).map { Int32($0 % labels.count) }
            let (part, target) = (
                features.gathering(places), TargetValues.classes(places.map { Int32(labels[Int($0)]) }, names: ["0", "1"])
            )
            let learner = try family.learner(FamilyOptions(options))
            BenchMemory.forgetPeak()
            let before = BenchMemory.resident
            return BenchWork({ try learner.fit(TrainingData(features: part, target: target), seed: 1, context: data.context) }) { model in
                let codes = Double(rows * features.features.count) / 1_000_000
                return [
                    BenchFigure("rows", Double(rows)), BenchFigure("codes_mb", codes),
                    BenchFigure("model_mb", Double(model.archive().encoded().count) / 1_000_000),
                    BenchFigure("extra_peak_mb", BenchMemory.peak - before),
                ]
            }
        }
    }
}
