import RondoReport
import RondoSignature

/// The mean of recall over the classes that occur (Brodersen et al. 2010).
package enum BalancedAccuracy: Metric {
    package static let signature = MetricSignature(
        "balanced_accuracy", summary: "mean over the classes of the share found", tasks: MetricSignature.classification,
        isBetterHigher: true, style: .percent)

    package static func value(_ input: MetricInput, parameter: Double?) throws -> MetricValue {
        let pairs = try ClassPairs(input, of: signature.name)
        let counts = ConfusionCounts(pairs)
        let recalls = (0..<pairs.classCount).compactMap { index in
            counts.truths(index) == 0 ? nil : Double(counts.counts[index][index]) / Double(counts.truths(index))
        }
        return MetricValue(NumberPairs.mean(recalls))
    }
}
