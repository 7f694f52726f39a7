package import RondoSignature

/// Extremely randomised trees.
package enum ExtraTreesFamily: AveragedTreesFamily {
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
        parameters: parameters(leaf: "least rows in a leaf"), needsNumbers: false, readable: "importances")
    package static let drawsCuts = true
}

/// Learns extremely randomised trees.
package typealias ExtraTreesLearner = AveragedTreesLearner<ExtraTreesFamily>

/// Fitted extremely randomised trees.
package typealias ExtraTreesModel = AveragedTreesModel<ExtraTreesFamily>
