import RondoReport
import RondoSignature

/// The mean absolute error.
package enum MeanAbsoluteError: Metric {
    package static let signature = MetricSignature(
        "mae", summary: "mean absolute error", tasks: MetricSignature.regression, isBetterHigher: false, style: .money)

    package static func value(_ input: MetricInput, parameter: Double?) throws -> MetricValue {
        let pairs = try NumberPairs(input, of: signature.name)
        return MetricValue(NumberPairs.mean(pairs.absoluteErrors))
    }
}
