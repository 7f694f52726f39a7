package import RondoSignature

/// The registry of metrics: one line each, in the order in which they are shown.
package enum Metrics {
    package static let all: [any Metric.Type] = [
        MeanAbsoluteError.self,
        MeanSquaredError.self,
        RootMeanSquaredError.self,
        RootMeanSquaredLogError.self,
        MeanAbsolutePercentageError.self,
        MedianAbsolutePercentageError.self,
        ShareWithin.self,
        DeterminationCoefficient.self,
        Accuracy.self,
        BalancedAccuracy.self,
        Precision.self,
        Recall.self,
        FScore.self,
        AreaUnderROC.self,
        AreaUnderPrecisionRecall.self,
        LogLoss.self,
        BrierScore.self,
        MatthewsCorrelation.self,
        RankedPrecision.self,
        RankedRecall.self,
        RankedGain.self,
        RankedAveragePrecision.self,
        RankedReciprocalRank.self,
        RankedHitRate.self,
        RankedCoverage.self,
        RankedDiversity.self,
        RankedNovelty.self,
    ]

    package static func named(_ name: String) -> (any Metric.Type)? { all.first { $0.signature.name == name } }

    /// Every metric of a task with its usual parameter.
    package static func standard(for task: TaskKind) -> [MetricChoice] {
        all.filter { $0.signature.tasks.contains(task) }.map { metric in
            MetricChoice(metric, parameter: metric.signature.parameter?.defaultText.flatMap(Double.init))
        }
    }
}
