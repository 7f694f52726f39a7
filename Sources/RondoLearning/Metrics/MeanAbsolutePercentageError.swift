import RondoReport
import RondoSignature

/// The mean of absolute errors as shares of the truth, targets of 0 left out and counted.
package enum MeanAbsolutePercentageError: Metric {
    package static let signature = MetricSignature(
        "mape", summary: "mean of absolute errors as shares of the truth", tasks: MetricSignature.regression, isBetterHigher: false,
        style: .percent)

    package static func value(_ input: MetricInput, parameter: Double?) throws -> MetricValue {
        let pairs = try NumberPairs(input, of: signature.name)
        let errors = pairs.relativeErrors
        return MetricValue(NumberPairs.mean(errors), leftOut: pairs.truth.count - errors.count)
    }
}
