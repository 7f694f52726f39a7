import RondoLearning
package import RondoLifecycle
package import RondoSignature

/// One experiment: a model fitted, or one trial of a search, and how it did.
package struct ModelRun: Sendable {
    package enum Kind: String, Sendable, Hashable { case fit, trial }
    package let kind: Kind
    /// The cell that made it.
    package let cell: Int
    /// Place inside its cell, from 1.
    package let number: Int
    package let model: String
    package let family: String
    package let table: String
    /// The options given or tried; defaults are not among them.
    package let options: FamilyOptions
    package let target: String
    /// Tells this run from every other, one made again by the same cell included.
    package let identity = Identity()
    /// Metrics that judged it, with their parameters; empty when nothing judged it or it failed.
    package var metrics: [Metric] = []
    /// `validation`, `5 folds`; empty when nothing judged it.
    package var part = ""
    /// Seconds of fitting; volatile.
    package var seconds = 0.0
    /// Why it failed, stopped early or was taken; may be empty.
    package var remark = ""

    package struct Metric: Sendable, Hashable {
        package let name: String
        package let value: Double

        package init(_ name: String, _ value: Double) {
            self.name = name
            self.value = value
        }
    }

    package init(kind: Kind, cell: Int, number: Int, model: String, family: String, table: String, options: FamilyOptions, target: String) {
        self.kind = kind
        self.cell = cell
        self.number = number
        self.model = model
        self.family = family
        self.table = table
        self.options = options
        self.target = target
    }

    /// The options as typed, by name: `depth 20 leaf 5 trees 100`.
    package var parameters: String {
        options.values.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.text)" }.joined(separator: " ")
    }
}
