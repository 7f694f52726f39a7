package import RondoKernels
package import RondoReport
package import RondoSignature

/// A family of models: its declaration, how its learner is made and how its models are read back.
///
/// One folder a family, one line in `ModelFamilies.all`.
package protocol ModelFamily: Sendable {
    static var signature: FamilySignature { get }
    /// Whether learner and model take sparse features as they are; the others are given them with all zeros written out.
    static var takesSparse: Bool { get }
    /// Checks the options against the declaration; throws a `Fault` that names parameter, limits and value.
    static func learner(_ options: FamilyOptions) throws -> any Learner
    /// Reads a model back; throws a `Fault` for damaged data.
    static func model(from archive: Archive) throws -> any FittedModel
}

extension ModelFamily {
    package static var takesSparse: Bool { false }
}

/// A family with checked options, ready to learn.
package protocol Learner: Sendable {
    /// - Parameters:
    ///   - seed: stream seed of the cell; one stream a unit (tree, fold) is drawn from it.
    ///   - context: threads, cancellation (checked at least every 100 ms) and progress.
    /// - Throws: `Fault` for data it cannot learn from, `Interrupted` when cancelled.
    func fit(_ data: TrainingData, seed: UInt64, context: ComputeContext) throws -> any FittedModel
}

/// A learner of trees one after the other, whose models with fewer trees are the beginnings of the one with more.
package protocol GrowingLearner: Learner {
    /// How many trees `fit` grows; nil for a number that goes with the rows.
    var treeCount: Int? { get }
    /// Whether a fit with these parameters grows the first trees whatever their number.
    var growsInOrder: Bool { get }
    /// The models of learners that differ in the number of trees only, from one growth of the most.
    func fit(_ data: TrainingData, seed: UInt64, counts: [Int], context: ComputeContext) throws -> [any FittedModel]
}

extension GrowingLearner {
    package var growsInOrder: Bool { true }
}

/// A learned model: immutable data.
package protocol FittedModel: Sendable {
    /// Name of the family.
    static var familyName: String { get }
    /// Predicts features of the same names, kinds and level lists as in training.
    func predict(_ features: Features, context: ComputeContext) throws -> Predictions
    /// What it learned, as tables people can read (coefficients, rules, importances); may be empty.
    var learned: [TableBlock] { get }
    /// What there is to read, short: `equation`, `rules, 214 leaves`, `importances`.
    var readable: String { get }
    func archive() -> Archive
}
