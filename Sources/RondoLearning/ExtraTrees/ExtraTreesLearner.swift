package import RondoKernels

/// Learns extremely randomised trees.
package struct ExtraTreesLearner: Learner {
    package let trees: Int
    package let depth: Int?
    package let leaf: Int
    package let features: Int?

    package func fit(_ data: TrainingData, seed: UInt64, context: ComputeContext) throws -> any FittedModel {
        let recipe = TreesRecipe(family: "extra_trees", trees: trees, depth: depth, leaf: leaf, features: features, isRandomCut: true)
        return ExtraTreesModel(try recipe.fit(data, seed: seed, context: context))
    }
}
