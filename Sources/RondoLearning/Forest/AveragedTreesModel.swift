package import RondoKernels
package import RondoReport
import RondoSignature

/// A fitted model whose answers are the mean of many trees.
package struct AveragedTreesModel<Family: AveragedTreesFamily>: FittedModel {
    package static var familyName: String { Family.signature.name }

    let trees: AveragedTrees

    /// Empty for numbers.
    package var classNames: [String] { trees.classNames }
    /// Share of each feature in the decrease of impurity, mean over the trees.
    package var importances: [Double] { trees.ensemble.importances }

    init(_ trees: AveragedTrees) { self.trees = trees }

    package func predict(_ features: Features, context: ComputeContext) throws -> Predictions {
        try trees.predict(features, context: context)
    }

    package var learned: [TableBlock] { [trees.ensemble.importanceTable] }

    package var readable: String { "importances" }

    package func archive() -> Archive { trees.archive() }

    /// - Throws: R0590 for damaged data.
    package init(from archive: Archive) throws { trees = try AveragedTrees(from: archive) }
}
