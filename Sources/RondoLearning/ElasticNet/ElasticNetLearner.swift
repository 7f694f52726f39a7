package import RondoKernels

/// Learns an elastic net.
package struct ElasticNetLearner: Learner {
    /// nil: a hundredth of the least penalty that leaves every coefficient 0.
    package let penalty: Double?
    /// Share of the penalty on magnitudes, above 0 and at most 1.
    package let mix: Double

    package func fit(_ data: TrainingData, seed: UInt64, context: ComputeContext) throws -> any FittedModel {
        try ElasticNetModel(learning: data, penalty: penalty, mix: mix, context: context)
    }
}
