package import RondoFrame
package import RondoKernels
package import RondoLearning
import RondoSignature

/// What moved the answers of a model from their mean, by columns of the user: the pieces that a column was encoded into added up.
package struct ShapExplanation: Sendable {
    package enum Method: Sendable, Hashable {
        /// Exact, from the ways of the training rows through the trees.
        case trees
        /// Exact: coefficient times distance from the mean.
        case coefficients
        /// Every subset of the columns, the others taken from so many training rows.
        case subsets(rows: Int)
        /// So many random orders of the columns; the largest standard error of a value.
        case orders(Int, standardError: Double)
    }
    package let values: ShapValues
    package let method: Method
    /// What the model answers for the rows, before any calibration.
    package let predictions: Predictions

    /// Most training rows that a model is asked about beside the explained ones.
    package static let backgroundRows = 1_000

    /// - Parameters:
    ///   - rows: rows as loaded.
    ///   - background: training rows as loaded; asked for only where the family needs them.
    ///   - orders: pairs of random orders for families without an exact way and more than eight columns.
    /// - Throws: what preparing and predicting throw; `Interrupted`.
    package init(
        _ model: TrainedModel, rows: Frame, background: () throws -> Frame, orders: Int, context: ComputeContext
    ) throws {
        let predictor = model.predictor
        let features = try predictor.features(of: rows, context: context)
        predictions = try predictor.predictions(of: features, context: context)
        let groups = model.featureGroups
        if let trees = model.fitted as? any ShapModel {
            method = .trees
            values = try trees.shapValues(features.densified(for: model.family.name), context: context).summed(groups)
            return
        }
        if let sums = model.fitted as? any WeightedSumModel {
            let learned = try predictor.features(of: background(), context: context)
            method = .coefficients
            values = try LinearShap.values(of: sums, features, background: learned, context: context).summed(groups)
            return
        }
        let frame = try background()
        let places = BackgroundShap.evenly(frame.rowCount, ShapExplanation.backgroundRows).map { Int32($0) }
        let learned = try predictor.features(of: frame.gathering(places), context: context)
        let found = try BackgroundShap(
            features.densified(for: model.family.name), background: learned.densified(for: model.family.name), groups: groups,
            orders: orders, seed: model.specification.seed, context: context
        ) { try predictor.predictions(of: $0, context: $1) }
        method = found.isExact ? .subsets(rows: found.draws) : .orders(found.draws, standardError: found.standardError)
        values = found.values
    }

    /// How the values were made, in words.
    package var words: String {
        switch method {
        case .trees: "exact Shapley values of the trees"
        case .coefficients: "exact Shapley values: coefficient times distance from the mean of training"
        case .subsets(let rows): "exact Shapley values over all subsets of columns, others taken from \(rows) training rows"
        case .orders(let count, _): "Shapley values from \(count) random orders of the columns"
        }
    }
}
