import RondoReport
import RondoSignature

/// Average precision: the sum of precision times the step in recall over all thresholds, not interpolated.
package enum AreaUnderPrecisionRecall: Metric {
    package static let signature = MetricSignature(
        "pr_auc", summary: "average precision over the recall", tasks: MetricSignature.classification, isBetterHigher: true, style: .number)

    package static func value(_ input: MetricInput, parameter: Double?) throws -> MetricValue {
        let pairs = try ClassPairs(input, of: signature.name)
        return MetricValue(pairs.oneAgainstRest(RankedScores.averagePrecision))
    }
}
