package import RondoKernels

/// Learns a lasso model.
package struct LassoLearner: Learner {
    /// nil: a hundredth of the least penalty that leaves every coefficient 0.
    package let penalty: Double?

    package func fit(_ data: TrainingData, seed: UInt64, context: ComputeContext) throws -> any FittedModel {
        try LassoModel(learning: data, penalty: penalty, mix: 1, context: context)
    }
}

extension PenalisedModel {
    /// Learns by coordinate descent.
    ///
    /// - Parameters:
    ///   - penalty: nil takes a hundredth of the least one that leaves every coefficient 0.
    ///   - mix: share of the penalty on magnitudes, above 0; the rest is on squares.
    init(learning data: TrainingData, penalty: Double?, mix: Double, context: ComputeContext) throws {
        try data.requireRows()
        let target = try data.numberTarget(of: Self.familyName)
        let design = try DesignMatrix(data.features)
        var problem = try LassoProblem(design.columns, target: target, weights: data.weights, context: context)
        let greatest = problem.greatestPenalty / mix
        let wanted = penalty ?? greatest / 100
        // On the way down from a penalty that leaves nothing every step begins near its end.
        var step = greatest
        while step > wanted * 4 {
            try problem.solve(penalty: step, mix: mix, context: context)
            step /= 4
        }
        try problem.solve(penalty: wanted, mix: mix, context: context)
        self.init(
            names: design.names, intercept: problem.intercept, coefficients: problem.coefficients, deviations: problem.deviations,
            dropped: zip(design.names, problem.deviations).filter { $0.1 == 0 }.map(\.0), penalty: wanted, mix: mix)
    }
}
