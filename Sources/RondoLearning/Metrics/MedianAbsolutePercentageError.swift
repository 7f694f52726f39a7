import RondoKernels
import RondoReport
import RondoSignature

/// The median of absolute errors as shares of the truth, targets of 0 left out and counted.
package enum MedianAbsolutePercentageError: Metric {
    package static let signature = MetricSignature(
        "median_ape", summary: "median of absolute errors as shares of the truth", tasks: MetricSignature.regression, isBetterHigher: false,
        style: .percent)

    package static func value(_ input: MetricInput, parameter: Double?) throws -> MetricValue {
        let pairs = try NumberPairs(input, of: signature.name)
        let errors = pairs.relativeErrors
        return MetricValue(errors.isEmpty ? .nan : Quantiles.median(errors), leftOut: pairs.truth.count - errors.count)
    }
}
