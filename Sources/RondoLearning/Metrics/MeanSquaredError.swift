import RondoReport
import RondoSignature

/// The mean squared error, in squared units of the target.
package enum MeanSquaredError: Metric {
    package static let signature = MetricSignature(
        "mse", summary: "mean squared error", tasks: MetricSignature.regression, isBetterHigher: false, style: .number)

    package static func value(_ input: MetricInput, parameter: Double?) throws -> MetricValue {
        let pairs = try NumberPairs(input, of: signature.name)
        return MetricValue(NumberPairs.mean(pairs.absoluteErrors.map { $0 * $0 }))
    }
}
