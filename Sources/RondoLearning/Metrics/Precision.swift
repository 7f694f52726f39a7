import RondoReport
import RondoSignature

/// The share of answers that are right; 0 when a class that occurs is never answered.
package enum Precision: Metric {
    package static let signature = MetricSignature(
        "precision", summary: "share of positive answers that are right", tasks: MetricSignature.classification, isBetterHigher: true,
        style: .percent)

    package static func value(_ input: MetricInput, parameter: Double?) throws -> MetricValue {
        let pairs = try ClassPairs(input, of: signature.name)
        return MetricValue(
            ConfusionCounts(pairs).macro { hits, truths, answers in
                answers == 0 ? (truths == 0 ? .nan : 0) : Double(hits) / Double(answers)
            })
    }
}
