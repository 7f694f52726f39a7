package import RondoLearning
package import RondoRecipes
import RondoSignature

/// What a family learns from: rows through recipe and design, and what the finished model must remember of them.
package struct TrainingMaterial: Sendable {
    package let table: Table
    package let data: TrainingData
    /// From the rows as they are, before any balance.
    package let baseline: Baseline
    /// The user's steps and the automatic ones, learned from `rows`.
    package let recipe: FittedRecipe
    package let design: FittedDesign
    /// Nil for a family that looks for groups: what stands in its place is known once the model is.
    package let target: ResolvedTarget.Description?
    package let inputs: [Predictor.InputColumn]
    package let targetInputs: Set<String>
    /// Columns the model is given, before automatic steps.
    package let features: [String]
    package let leftOut: [TakeOutStep.Item]
    /// Rows of the table with a target, in the order of `data`.
    package let rows: [Int32]
    /// Rows left out because the target was missing.
    package let withoutTarget: Int
    /// `train`, `all`, `last 6 months`, `fold`.
    package let trainedOn: String

    /// The rows as this family takes them: sparse features written out where it needs that.
    package func data(for family: any ModelFamily.Type) throws -> TrainingData {
        guard !family.takesSparse else { return data }
        return TrainingData(
            features: try data.features.densified(for: family.signature.name), target: data.target, weights: data.weights, ages: data.ages)
    }
}
