import RondoFrame
import RondoKernels
package import RondoLearning
package import RondoRecipes
package import RondoSignature

/// A fitted model with everything it needs to answer for new rows.
package struct TrainedModel: Sendable {
    package var specification: FitSpecification
    /// The table it was fitted on.
    package let table: String
    package var predictor: Predictor
    /// Columns the model was given, before automatic steps.
    package let features: [String]
    /// Columns left out, each with its reason.
    package let leftOut: [TakeOutStep.Item]
    package let baseline: Baseline
    /// Indices into the rows it was fitted from, which `rowsIdentity` names.
    package let trainingRows: [Int32]
    package let rowsIdentity: Identity
    /// The split whose training part it was fitted on; nil when it was fitted on anything else.
    package let splitIdentity: Identity?
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
    /// What there is to read of it, short: `equation`, `equation of the log`.
    package var readable: String { fitted.readable + (predictor.logTarget == nil ? "" : " of the log") }

    /// Whether it has learned from rows of the table's validation part, as the table is split now.
    package func hasSeenValidation(of table: Table) -> Bool {
        guard let split = table.split, split.identity != splitIdentity, rowsIdentity == table.rowsIdentity else { return false }
        let seen = Set(trainingRows)
        return split.validationRows.contains { seen.contains($0) }
    }
}
