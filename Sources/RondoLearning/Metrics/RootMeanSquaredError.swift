import RondoReport
import RondoSignature

/// The root of the mean squared error.
package enum RootMeanSquaredError: Metric {
    package static let signature = MetricSignature(
        "rmse", summary: "root of the mean squared error", tasks: MetricSignature.regression, isBetterHigher: false, style: .money)

    package static func value(_ input: MetricInput, parameter: Double?) throws -> MetricValue {
        let pairs = try NumberPairs(input, of: signature.name)
        let errors = pairs.absoluteErrors
        // Errors are divided by the largest, so that squares of huge ones do not overflow.
        guard let largest = errors.max() else { return MetricValue(.nan) }
        guard largest > 0 else { return MetricValue(0) }
        return MetricValue(
            largest
                * NumberPairs.mean(
                    errors.map {
                        let share = $0 / largest
                        return share * share
                    }
                ).squareRoot())
    }
}
