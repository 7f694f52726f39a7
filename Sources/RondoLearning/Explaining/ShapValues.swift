package import RondoKernels

/// What each column adds to the answer for a row, in the sense of Shapley (1953).
///
/// Base and values of a row add up to the model's output for it. Columns that are away count with the rows of training that went each
/// way in the trees (path dependent: Lundberg, Erion and Lee 2018, Consistent individualized feature attribution for tree ensembles).
package struct ShapValues: Sendable, Hashable {
    /// What is explained.
    package enum Unit: String, Sendable, Hashable {
        /// The number that is predicted.
        case target
        /// The share of a class.
        case share
        /// A score before it becomes an answer: log odds, or the log of a mean.
        case score
    }
    package let features: [String]
    /// One name an output: empty text for numbers, the second of two classes, else every class.
    package let outputs: [String]
    package let unit: Unit
    /// Mean output by output.
    package let base: [Double]
    /// `[output][feature][row]`
    package let values: [[[Double]]]

    package init(features: [String], outputs: [String], unit: Unit, base: [Double], values: [[[Double]]]) {
        self.features = features
        self.outputs = outputs
        self.unit = unit
        self.base = base
        self.values = values
    }
}

/// A model whose Shapley values are computed exactly.
package protocol ShapModel: FittedModel {
    /// - Parameter features: those of training, in their order.
    /// - Throws: R0514 for other features, `Interrupted` when cancelled.
    func shapValues(_ features: Features, context: ComputeContext) throws -> ShapValues
}
