package import RondoKernels
package import RondoReport
package import RondoSignature

/// Isolation forest: which rows stand apart.
package enum IsolationForestFamily: ModelFamily {
    package static let signature = FamilySignature(
        "isolation_forest",
        summary: "how far each row stands apart from the others",
        details: """
            Trees cut small samples of rows at random; a row that is cut off early lies alone. An answer is the score of a row: near 1 it
            stands apart, below 0.5 it lies in the crowd. `outliers … forest` uses the same scores.

            Source: Liu, Ting and Zhou 2008, Isolation forest, ICDM.
            """,
        searchWords: ["anomaly", "outlier", "novelty", "unsupervised"],
        tasks: [.grouping],
        parameters: [ParameterShape("trees", .integer(lower: 1, upper: 10_000), default: "100", summary: "how many trees")],
        needsNumbers: true, readable: "scores")

    package static func learner(_ options: FamilyOptions) throws -> any Learner {
        FamilyLearner(trees: try CheckedOptions(options, for: signature).integer("trees") ?? 100)
    }

    package static func model(from archive: Archive) throws -> any FittedModel { try FittedIsolationForest(from: archive) }

    private struct FamilyLearner: Learner {
        let trees: Int

        func fit(_ data: TrainingData, seed: UInt64, context: ComputeContext) throws -> any FittedModel {
            try data.requireRows()
            let design = try DesignMatrix(data.features)
            // Rows without weight are not there; other weights do not change what stands apart.
            let rows = data.weights.map { weights in weights.indices.filter { weights[$0] > 0 } }
            let columns = rows.map { rows in design.columns.map { column in rows.map { column[$0] } } } ?? design.columns
            let forest = try IsolationForestLearner(trees: trees).fit(columns, seed: seed, context: context)
            return FittedIsolationForest(names: design.names, forest: forest)
        }
    }
}

/// An isolation forest as a model of a session.
package struct FittedIsolationForest: GroupingModel {
    package static let familyName = "isolation_forest"
    package static let answer = "anomaly score"

    let names: [String]
    let forest: IsolationForestModel

    /// Rows above this score stand apart.
    private static let limit = 0.6

    init(names: [String], forest: IsolationForestModel) {
        self.names = names
        self.forest = forest
    }

    package func predict(_ features: Features, context: ComputeContext) throws -> Predictions {
        .numbers(try scores(features, context))
    }

    private func scores(_ features: Features, _ context: ComputeContext) throws -> [Double] {
        let design = try DesignMatrix(features, trainedOn: names)
        guard !design.columns.isEmpty else { return [Double](repeating: 0.5, count: features.rowCount) }
        return try forest.scores(design.columns, context: context)
    }

    /// `mean_score`, and `apart`: the share of rows with a score above 0.6.
    package func measures(_ features: Features, context: ComputeContext) throws -> [(name: String, value: Double)] {
        let scores = try scores(features, context)
        guard !scores.isEmpty else { return [] }
        let apart = scores.reduce(0) { $0 + ($1 > Self.limit ? 1 : 0) }
        return [("mean_score", Sums.compensated(scores) / Double(scores.count)), ("apart", Double(apart) / Double(scores.count))]
    }

    package func remark(_ answer: Double) -> String? { answer > Self.limit ? "stands apart from the rows it was trained on" : nil }

    package var readable: String { "scores of \(forest.trees) trees" }

    package func originalUnits(_ scaling: FeatureScaling) -> [TableBlock] {
        [
            TableBlock(
                caption: "how it looks for rows that stand apart", columns: [.init("name", "text", .plain), .init("value", "number")],
                rows: [
                    [.text("trees"), Scalar(forest.trees)], [.text("rows drawn for a tree"), Scalar(forest.drawn)],
                    [.text("columns"), Scalar(names.count)], [.text("stands apart above"), Scalar(Self.limit)],
                ])
        ]
    }

    package func archive() -> Archive {
        var archive = Archive()
        archive["names"] = .words(names)
        archive.set("forest", forest.archive())
        return archive
    }

    /// - Throws: R0590 for damaged data.
    init(from archive: Archive) throws {
        names = try archive.words("names")
        forest = try IsolationForestModel(from: archive.archive("forest"))
        try archive.require(forest.width == names.count, "names")
    }
}
