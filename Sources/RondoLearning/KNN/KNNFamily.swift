package import RondoKernels
package import RondoSignature

/// k nearest neighbours: numbers and classes.
package enum KNNFamily: ModelFamily {
    package static let signature = FamilySignature(
        "knn",
        summary: "answers like the training rows that are most alike",
        details: """
            The answer is the mean of the targets, or the shares of the classes, of the nearest training rows, each counted alike or, with
            `weighting distance`, by one over its distance (a row at distance 0 then decides alone). The columns are standardised first by a
            step that the recipe shows, so that each counts alike in the distance. The neighbours are found exactly: by a k-d tree with up
            to 8 columns, else by comparison with every row; of equally near rows the earlier one is nearer. A case weight counts as that
            many copies of the row, the last neighbour only as far as it is needed. The model is its training rows: a release carries them.

            Source: Cover and Hart 1967, Nearest neighbor pattern classification, IEEE Transactions on Information Theory 13; Hastie,
            Tibshirani and Friedman, The Elements of Statistical Learning, 2nd edition, section 13.3; Friedman, Bentley and Finkel 1977, ACM
            TOMS 3, on the tree.
            """,
        searchWords: ["nearest", "neighbours", "similar", "distance", "regression", "classification"],
        tasks: [.regression, .binary, .multiclass],
        parameters: [
            ParameterShape("neighbors", .integer(lower: 1, upper: 100_000), default: "5", summary: "how many rows are asked"),
            ParameterShape(
                "weighting", .choice(["equal", "distance"]), default: "equal",
                summary: "whether each counts alike or by one over its distance"),
            ParameterShape(
                "distance", .choice(["euclidean", "manhattan"]), default: "euclidean",
                summary: "the root of the sum of squared differences, or the sum of absolute ones"),
        ],
        needsNumbers: true, needsScale: true, readable: "neighbours")

    package static func learner(_ options: FamilyOptions) throws -> any Learner {
        let checked = try CheckedOptions(options, for: signature)
        return KNNLearner(
            neighbours: checked.integer("neighbors") ?? 5, weighsByDistance: checked.word("weighting") == "distance",
            measure: checked.word("distance") == "manhattan" ? .manhattan : .euclidean)
    }

    package static func model(from archive: Archive) throws -> any FittedModel { try KNNModel(from: archive) }
}
