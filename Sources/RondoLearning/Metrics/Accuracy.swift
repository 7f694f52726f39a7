import RondoReport
import RondoSignature

/// The share of rows with the right class.
package enum Accuracy: Metric {
    package static let signature = MetricSignature(
        "accuracy", summary: "share of rows with the right class", tasks: MetricSignature.classification, isBetterHigher: true,
        style: .percent)

    package static func value(_ input: MetricInput, parameter: Double?) throws -> MetricValue {
        let pairs = try ClassPairs(input, of: signature.name)
        let counts = ConfusionCounts(pairs)
        return MetricValue(counts.total == 0 ? .nan : Double(counts.hits) / Double(counts.total))
    }
}
