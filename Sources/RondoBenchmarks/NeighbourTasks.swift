import RondoLearning
import RondoSignature

/// Nearest neighbours: fitting and answering are timed together.
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
    ]
}
