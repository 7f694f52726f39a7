package import RondoKernels
package import RondoSignature

/// Random forest.
package enum ForestFamily: ModelFamily {
    package static let signature = FamilySignature(
        "forest",
        summary: "the average of many trees, each grown on rows drawn at random",
        details: """
            Each tree is grown on as many rows as there are, drawn with replacement (with weights: in proportion to them), by the split that
            lowers squared error (numbers) or Gini impurity (classes) most among `features` columns drawn anew at each split. Predictions
            are the mean over the trees, of values or of class shares in the leaves. Numbers are first put into at most 255 bins; categories
            are split into two groups of levels, missing values go to the side that fits better. Of a column of more than 255
            levels, those with about the same mean response are put together.

            For several classes, levels are ordered by the share of one class against the rest, for each class in turn.

            Source: Breiman 2001, Random forests, Machine Learning 45; Fisher 1958, On grouping for maximum homogeneity.
            """,
        searchWords: ["random forest", "trees", "bagging", "ensemble"],
        tasks: [.regression, .binary, .multiclass],
        parameters: [
            ParameterShape("trees", .integer(lower: 1, upper: 100_000), default: "100", summary: "how many trees"),
            ParameterShape("depth", .integer(lower: 1, upper: 10_000), default: nil, summary: "most splits from root to leaf; not limited"),
            ParameterShape("leaf", .integer(lower: 1, upper: 1_000_000_000), default: "1", summary: "least drawn rows in a leaf"),
            ParameterShape(
                "features", .integer(lower: 1, upper: 1_000_000), default: nil,
                summary: "columns tried at each split; all for numbers, the square root of their number for classes"),
        ],
        needsNumbers: false, readable: "importances")
    /// Zeros take a byte as codes.
    package static let takesSparse = true

    package static func learner(_ options: FamilyOptions) throws -> any Learner {
        let checked = try CheckedOptions(options, for: signature)
        return ForestLearner(
            trees: checked.integer("trees") ?? 100, depth: checked.integer("depth"), leaf: checked.integer("leaf") ?? 1,
            features: checked.integer("features"))
    }

    package static func model(from archive: Archive) throws -> any FittedModel { try ForestModel(from: archive) }
}
