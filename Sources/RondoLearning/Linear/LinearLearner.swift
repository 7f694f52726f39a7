package import RondoKernels

/// Learns an ordinary least squares model.
package struct LinearLearner: Learner {
    package let hasIntercept: Bool

    package func fit(_ data: TrainingData, seed: UInt64, context: ComputeContext) throws -> any FittedModel {
        try data.requireRows()
        let target = try data.numberTarget(of: "linear")
        let design = try DesignMatrix(data.features.densified(for: "linear"))
        let fit = try WeightedLeastSquares(
            design, target: target, weights: data.weights, penalty: 0, intercept: hasIntercept, context: context)
        return LinearModel(design.names, fit: fit, hasIntercept: hasIntercept)
    }
}
