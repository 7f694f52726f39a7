import RondoReport
import RondoSignature

/// The harmonic mean of precision and recall (van Rijsbergen 1979).
package enum FScore: Metric {
    package static let signature = MetricSignature(
        "f1", summary: "harmonic mean of precision and recall", tasks: MetricSignature.classification, isBetterHigher: true, style: .percent
    )

    package static func value(_ input: MetricInput, parameter: Double?) throws -> MetricValue {
        let pairs = try ClassPairs(input, of: signature.name)
        return MetricValue(
            ConfusionCounts(pairs).macro { hits, truths, answers in
                truths + answers == 0 ? .nan : 2 * Double(hits) / Double(truths + answers)
            })
    }
}
