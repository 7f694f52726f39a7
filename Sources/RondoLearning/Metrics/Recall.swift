import RondoReport
import RondoSignature

/// The share of a class that is found; 0 for several classes when one is answered but never occurs.
package enum Recall: Metric {
    package static let signature = MetricSignature(
        "recall", summary: "share of positive rows that are found", tasks: MetricSignature.classification, isBetterHigher: true,
        style: .percent)

    package static func value(_ input: MetricInput, parameter: Double?) throws -> MetricValue {
        let pairs = try ClassPairs(input, of: signature.name)
        let isBinary = pairs.isBinary
        return MetricValue(
            ConfusionCounts(pairs).macro { hits, truths, _ in
                truths == 0 ? (isBinary ? .nan : 0) : Double(hits) / Double(truths)
            })
    }
}
