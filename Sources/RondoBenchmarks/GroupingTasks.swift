import RondoFrame
import RondoKernels
import RondoLearning

/// Families that look for groups and directions.
enum GroupingTasks {
    static let all: [BenchTask] = [
        // 400,000 rows of 28 standardised columns; 10 centres, first the first rows, 50 iterations.
        BenchTask(name: "kmeans_higgs") { data in
            let (features, labels) = try data.rows("higgs_like.csv", target: "label")
            let train = features.gathering((0..<Int32(min(400_000, labels.count))).map { $0 })
            let (scaled, _) = BenchData.standardised(train, train)
            var first: [Double] = []
            for row in 0..<10 {
                for feature in scaled.features { if case .numbers(let values) = feature.values { first.append(values[row]) } }
            }
            let learner = KMeansLearner(clusters: 10, from: first, iterations: 50)
            let training = TrainingData(features: scaled, target: .numbers([Double](repeating: 0, count: scaled.rowCount)))
            return BenchWork({ try learner.fit(training, seed: 1, context: data.context) }) { model in
                [BenchFigure("inertia", (model as? KMeansModel)?.inertia ?? .nan)]
            }
        },
        // 50 components of 20,000 rows and 300 columns.
        BenchTask(name: "pca50_wide") { data in
            let frame = try data.table("wide.csv")
            let features = Features(
                frame.names.compactMap { name in frame[name].map { Features.Feature(name, .numbers($0.numbers())) } },
                rowCount: frame.rowCount)
            let learner = PCALearner(components: 50)
            let training = TrainingData(features: features, target: .numbers([Double](repeating: 0, count: features.rowCount)))
            return BenchWork({ try learner.fit(training, seed: 1, context: data.context) }) { model in
                try (model as? any GroupingModel)?.measures(features, context: data.context).map { BenchFigure($0.name, $0.value) } ?? []
            }
        },
    ]
}
