import RondoFrame
import RondoKernels
package import RondoLearning
package import RondoRecipes
package import RondoSignature

/// A fitted model with everything it needs to answer for new rows.
package struct TrainedModel: Sendable {
    package let specification: FitSpecification
    /// The table it was fitted on.
    package let table: String
    package let predictor: Predictor
    /// Columns the model was given, before automatic steps.
    package let features: [String]
    /// Columns left out, each with its reason.
    package let leftOut: [TakeOutStep.Item]
    package let baseline: Baseline
    /// Indices into the rows it was fitted from, which `rowsIdentity` names.
    package let trainingRows: [Int32]
    package let rowsIdentity: Identity
    /// `train`, `all`, `last 6 months`.
    package let trainedOn: String
    /// Warnings that go with the model: `chosen after the test part was seen`.
    package var marks: [String]
    /// Training rows left out because the target was missing.
    package let withoutTarget: Int
    /// How long fitting took; volatile.
    package var fitSeconds: Double

    package var name: String { specification.name }
    package var family: FamilySignature { specification.family }

    package var target: ResolvedTarget.Description { predictor.target }
    package var fitted: any FittedModel { predictor.fitted }
    package var recipe: FittedRecipe { predictor.recipe }
}
