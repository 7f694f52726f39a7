import RondoFrame
import RondoKernels
import RondoLearning
import RondoSignature

/// Nearest neighbours, centres and directions: what is timed is fitting, and for neighbours the answers too.
enum NeighbourTasks {
    static let all: [BenchTask] = [
        BenchTask(name: "knn_houses") { data in
            let (train, target) = try data.rows("houses_train.csv", target: "price")
            let (test, truth) = try data.rows("houses_test.csv", target: "price")
            let (scaled, others) = BenchData.standardised(train, test)
            let learner = try KNNFamily.learner(FamilyOptions(["neighbors": .integer(10)]))
            let training = TrainingData(features: scaled, target: .numbers(target))
            return BenchWork({
                try learner.fit(training, seed: 1, context: data.context).predict(others, context: data.context)
            }) { predictions in
                let input = MetricInput(truth: .numbers(truth), predictions: predictions)
                return try ["rmse", "mape", "r2"].map { BenchFigure("test_\($0)", try MetricChoice($0).value(input).value) }
            }
        },
        BenchTask(name: "knn_higgs_100k_x_5k") { data in
            let (features, labels) = try data.rows("higgs_like.csv", target: "label")
            let classes = TargetValues.classes(labels.map { Int32($0) }, names: ["0", "1"])
            let (trainRows, testRows) = ((0..<Int32(100_000)).map { $0 }, (400_000..<Int32(405_000)).map { $0 })
            let (train, test) = BenchData.standardised(features.gathering(trainRows), features.gathering(testRows))
            let learner = try KNNFamily.learner(FamilyOptions(["neighbors": .integer(15)]))
            let training = TrainingData(features: train, target: classes.gathering(trainRows))
            return BenchWork({
                try learner.fit(training, seed: 1, context: data.context).predict(test, context: data.context)
            }) { predictions in
                let input = MetricInput(truth: classes.gathering(testRows), predictions: predictions)
                return [BenchFigure("test_auc", try MetricChoice("roc_auc").value(input).value)]
            }
        },
        BenchTask(name: "pca50_wide") { data in
            let frame = try data.table("wide.csv")
            let features = Features(
                frame.names.compactMap { name in frame[name].map { Features.Feature(name, .numbers($0.numbers())) } }, rowCount: frame.rowCount)
            let learner = try PCAFamily.learner(FamilyOptions(["components": .integer(50)]))
            let training = TrainingData(features: features, target: .numbers([Double](repeating: 0, count: frame.rowCount)))
            return BenchWork({ try learner.fit(training, seed: 1, context: data.context) }) { model in
                let measures = try (model as? any GroupingModel)?.measures(features, context: data.context) ?? []
                return measures.map { BenchFigure($0.name, $0.value) }
            }
        },
    ]
}
