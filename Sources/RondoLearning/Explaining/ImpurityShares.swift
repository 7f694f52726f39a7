/// A model of trees that knows how much each feature lowered impurity or loss while it was grown.
package protocol ImpurityModel: FittedModel {
    /// Share of the whole decrease, one a feature in the order of training.
    var impurityShares: [Double] { get }
}

extension TreeModel: ImpurityModel {
    package var impurityShares: [Double] { importances }
}

extension ForestModel: ImpurityModel {
    package var impurityShares: [Double] { trees.ensemble.importances }
}

extension ExtraTreesModel: ImpurityModel {
    package var impurityShares: [Double] { trees.ensemble.importances }
}

extension BoostingModel: ImpurityModel {
    package var impurityShares: [Double] { ensemble.importances }
}
