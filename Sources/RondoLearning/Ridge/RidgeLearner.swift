package import RondoKernels

/// Learns a ridge model.
package struct RidgeLearner: Learner {
    package let penalty: Double

    package func fit(_ data: TrainingData, seed: UInt64, context: ComputeContext) throws -> any FittedModel {
        try data.requireRows()
        let target = try data.numberTarget(of: "ridge")
        if data.features.favorsSparse(coefficients: data.features.features.count, atLeast: 50) {
            let columns = try NumericColumns(data.features)
            let fit = try SparseLeastSquares(columns, target: target, weights: data.weights, penalty: penalty, context: context)
            return RidgeModel(
                names: columns.names, intercept: fit.intercept, coefficients: fit.coefficients, deviations: fit.deviations,
                dropped: fit.dropped.map { columns.names[$0] }, penalty: penalty, mix: 0)
        }
        let design = try DesignMatrix(data.features.densified(for: "ridge"))
        let fit = try WeightedLeastSquares(
            design, target: target, weights: data.weights, penalty: penalty, intercept: true, context: context)
        return RidgeModel(
            names: design.names, intercept: fit.intercept, coefficients: fit.coefficients, deviations: fit.deviations,
            dropped: fit.dropped.map { design.names[$0] }, penalty: penalty, mix: 0)
    }
}
