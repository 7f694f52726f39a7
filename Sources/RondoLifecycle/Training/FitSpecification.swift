import RondoLearning
package import RondoSignature

/// What a `fit` asks for, apart from the rows.
package struct FitSpecification: Sendable {
    package var name: String
    package var family: FamilySignature
    package var options: FamilyOptions
    /// Features named by the user; nil takes every column that may be one.
    package var using: [String]?
    package var without: Set<String>
    /// Column of case weights.
    package var weights: String?
    /// Whether the family learns the logarithm of the target.
    package var learnsLog: Bool
    package var seed: UInt64

    package init(
        name: String, family: FamilySignature, options: FamilyOptions = FamilyOptions(), using: [String]? = nil, without: Set<String> = [],
        weights: String? = nil, learnsLog: Bool = false, seed: UInt64
    ) {
        self.name = name
        self.family = family
        self.options = options
        self.using = using
        self.without = without
        self.weights = weights
        self.learnsLog = learnsLog
        self.seed = seed
    }
}
