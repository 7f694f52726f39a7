package import RondoKernels

/// Learns extremely randomised trees.
package struct ExtraTreesLearner: GrowingLearner {
    package let trees: Int
    package let depth: Int?
    package let leaf: Int
    package let features: Int?

    package var treeCount: Int? { trees }

    package func fit(_ data: TrainingData, seed: UInt64, context: ComputeContext) throws -> any FittedModel {
        ExtraTreesModel(try recipe.fit(data, seed: seed, context: context))
    }

    package func fit(_ data: TrainingData, seed: UInt64, counts: [Int], context: ComputeContext) throws -> [any FittedModel] {
        try recipe.fit(data, seed: seed, counts: counts, context: context).map { ExtraTreesModel($0) }
    }

    private var recipe: TreesRecipe {
        TreesRecipe(family: "extra_trees", trees: trees, depth: depth, leaf: leaf, features: features, isRandomCut: true)
    }
}
