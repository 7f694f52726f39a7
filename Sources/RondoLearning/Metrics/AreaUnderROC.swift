import RondoReport
import RondoSignature

/// The chance that a positive row has a higher score than a negative one, ties counted half (Hanley and McNeil 1982).
package enum AreaUnderROC: Metric {
    package static let signature = MetricSignature(
        "roc_auc", summary: "chance that a positive row is ranked above a negative one", tasks: MetricSignature.classification,
        isBetterHigher: true, style: .number)

    package static func value(_ input: MetricInput, parameter: Double?) throws -> MetricValue {
        let pairs = try ClassPairs(input, of: signature.name)
        return MetricValue(pairs.oneAgainstRest(RankedScores.areaUnderROC))
    }
}
