package import RondoKernels

/// Learns a lasso model.
package struct LassoLearner: Learner {
    /// nil: a hundredth of the least penalty that leaves every coefficient 0.
    package let penalty: Double?

    package func fit(_ data: TrainingData, seed: UInt64, context: ComputeContext) throws -> any FittedModel {
        try data.requireRows()
        let target = try data.numberTarget(of: "lasso")
        let design = try DesignMatrix(data.features)
        var problem = try LassoProblem(design.columns, target: target, weights: data.weights, context: context)
        let greatest = problem.greatestPenalty
        let wanted = penalty ?? greatest / 100
        // On the way down from a penalty that leaves nothing every step begins near its end.
        var step = greatest
        while step > wanted * 4 {
            try problem.solve(penalty: step, context: context)
            step /= 4
        }
        try problem.solve(penalty: wanted, context: context)
        return LassoModel(
            names: design.names, intercept: problem.intercept, coefficients: problem.coefficients, deviations: problem.deviations,
            penalty: wanted)
    }
}
