import RondoKernels
import RondoReport
import RondoSignature

/// One minus squared errors over squared deviations from the mean; undefined for a constant target.
package enum DeterminationCoefficient: Metric {
    package static let signature = MetricSignature(
        "r2", summary: "share of the variance that is explained", tasks: MetricSignature.regression, isBetterHigher: true, style: .number)

    package static func value(_ input: MetricInput, parameter: Double?) throws -> MetricValue {
        let pairs = try NumberPairs(input, of: signature.name)
        let mean = NumberPairs.mean(pairs.truth)
        let deviations = Sums.compensated(pairs.truth.map { ($0 - mean) * ($0 - mean) })
        guard deviations > 0 else { return MetricValue(.nan) }
        return MetricValue(1 - Sums.compensated(pairs.absoluteErrors.map { $0 * $0 }) / deviations)
    }
}
