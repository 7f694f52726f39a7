import RondoLearning
import RondoSignature

/// Linear families on 28 standardised numbers a row: the first 400,000 rows train, the rest test.
enum HiggsTasks {
    private static let trainCount: Int32 = 400_000

    static let all: [BenchTask] = [
        fit("linreg_higgs", LinearFamily.self, [:], isClasses: false),
        fit("ridge_higgs", RidgeFamily.self, ["penalty": .number(1)], isClasses: false),
        fit("lasso_higgs", LassoFamily.self, ["penalty": .number(0.001)], isClasses: false),
        fit("logistic_higgs", LogisticFamily.self, ["penalty": .number(1)], isClasses: true),
    ]

    private static func fit(
        _ name: String, _ family: any ModelFamily.Type, _ options: [String: FamilyOptions.Value], isClasses: Bool
    ) -> BenchTask {
        BenchTask(name: name) { data in
            let (features, labels) = try data.rows("higgs_like.csv", target: "label")
            let trainRows = (0..<trainCount).map { $0 }
            let testRows = (trainCount..<Int32(labels.count)).map { $0 }
            let (train, test) = BenchData.standardised(features.gathering(trainRows), features.gathering(testRows))
            let classes = TargetValues.classes(labels.map { Int32($0) }, names: ["0", "1"])
            let target = isClasses ? classes : .numbers(labels)
            let training = TrainingData(features: train, target: target.gathering(trainRows))
            let truth = classes.gathering(testRows)
            let learner = try family.learner(FamilyOptions(options))
            return BenchWork({ try learner.fit(training, seed: 1, context: data.context) }) { model in
                let input = MetricInput(truth: truth, predictions: ranked(try model.predict(test, context: data.context)))
                return [BenchFigure("test_auc", try MetricChoice("roc_auc").value(input).value)]
            }
        }
    }

    /// Plain numbers as scores of the second class, for the area under the curve that asks for their order only.
    private static func ranked(_ predictions: Predictions) -> Predictions {
        guard case .numbers(let values) = predictions else { return predictions }
        return .probabilities([values.map { 1 - $0 }, values], names: ["0", "1"])
    }
}
