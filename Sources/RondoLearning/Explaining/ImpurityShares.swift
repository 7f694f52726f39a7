/// A model of trees that knows how much each feature lowered impurity or loss while it was grown.
package protocol ImpurityModel: FittedModel {
    /// Share of the whole decrease, one a feature in the order of training.
    var impurityShares: [Double] { get }
    /// Nodes of all trees together: what explaining a row costs grows with them.
    var nodeCount: Int { get }
}

extension TreeModel: ImpurityModel {
    package var impurityShares: [Double] { importances }
    package var nodeCount: Int { nodes.count }
}

extension AveragedTreesModel: ImpurityModel {
    package var impurityShares: [Double] { trees.ensemble.importances }
    package var nodeCount: Int { trees.ensemble.nodes.count }
}

extension BoostingModel: ImpurityModel {
    package var impurityShares: [Double] { ensemble.importances }
    package var nodeCount: Int { ensemble.nodes.count }
}
