package import RondoSignature

/// Random forest.
package enum ForestFamily: AveragedTreesFamily {
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
        parameters: parameters(leaf: "least drawn rows in a leaf"), needsNumbers: false, readable: "importances")
    package static let drawsCuts = false
}

/// Learns a random forest.
package typealias ForestLearner = AveragedTreesLearner<ForestFamily>

/// A fitted random forest.
package typealias ForestModel = AveragedTreesModel<ForestFamily>
