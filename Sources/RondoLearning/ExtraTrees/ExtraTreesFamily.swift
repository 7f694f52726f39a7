package import RondoKernels
package import RondoSignature

/// Extremely randomised trees.
package enum ExtraTreesFamily: ModelFamily {
    package static let signature = FamilySignature(
        "extra_trees",
        summary: "the average of many trees whose cuts are drawn at random",
        details: """
            Each tree is grown on all rows. At each split `features` columns are drawn, and for each of them one cut, evenly between the
            least and the greatest value of the node, or one random group of its levels; the best of these splits is taken. Predictions are
            the mean over the trees, of values or of class shares in the leaves. Numbers are first put into at most 255 bins; missing values
            go to the side that fits better. Whole weights count as copies; with other weights rows are drawn in proportion to them.

            Source: Geurts, Ernst and Wehenkel 2006, Extremely randomized trees, Machine Learning 63.
            """,
        searchWords: ["extremely randomized trees", "trees", "ensemble"],
        tasks: [.regression, .binary, .multiclass],
        parameters: [
            ParameterShape("trees", .integer(lower: 1, upper: 100_000), default: "100", summary: "how many trees"),
            ParameterShape("depth", .integer(lower: 1, upper: 10_000), default: nil, summary: "most splits from root to leaf; not limited"),
            ParameterShape("leaf", .integer(lower: 1, upper: 1_000_000_000), default: "1", summary: "least rows in a leaf"),
            ParameterShape(
                "features", .integer(lower: 1, upper: 1_000_000), default: nil,
                summary: "columns tried at each split; all for numbers, the square root of their number for classes"),
        ],
        needsNumbers: false, readable: "importances")
    /// Zeros take a byte as codes.
    package static let takesSparse = true

    package static func learner(_ options: FamilyOptions) throws -> any Learner {
        let checked = try CheckedOptions(options, for: signature)
        return ExtraTreesLearner(
            trees: checked.integer("trees") ?? 100, depth: checked.integer("depth"), leaf: checked.integer("leaf") ?? 1,
            features: checked.integer("features"))
    }

    package static func model(from archive: Archive) throws -> any FittedModel { try ExtraTreesModel(from: archive) }
}
