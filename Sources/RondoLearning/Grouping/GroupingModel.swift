package import RondoKernels
package import RondoReport

/// A model without a target: groups, directions or oddity of rows.
///
/// Its answer is one number a row; `answer` says what the number is.
package protocol GroupingModel: FittedModel {
    /// What the number of a row is: `cluster`.
    static var answer: String { get }
    /// Whether that number alone says what a user wants to know of a row.
    static var isReleasable: Bool { get }
    /// What is to be said of a row with this number; nil of most rows.
    func remark(_ answer: Double) -> String?
    /// How well the model describes these rows, each figure by its name.
    func measures(_ features: Features, context: ComputeContext) throws -> [(name: String, value: Double)]
    /// The tables of `learned` for a model whose columns were scaled as (x - mean) / deviation, in the units before scaling.
    func originalUnits(_ scaling: FeatureScaling) -> [TableBlock]
}

extension GroupingModel {
    package static var isReleasable: Bool { true }
    package func remark(_ answer: Double) -> String? { nil }
    package var learned: [TableBlock] { originalUnits(.none(0)) }
}
