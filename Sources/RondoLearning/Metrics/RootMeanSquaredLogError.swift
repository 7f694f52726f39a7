import RondoKernels
import RondoReport
import RondoSignature

/// The root of the mean squared error of log(1 + value); negative predictions count as 0, a negative target makes it undefined.
package enum RootMeanSquaredLogError: Metric {
    package static let signature = MetricSignature(
        "rmsle", summary: "root of the mean squared error of log(1 + value)", tasks: MetricSignature.regression, isBetterHigher: false,
        style: .number)

    package static func value(_ input: MetricInput, parameter: Double?) throws -> MetricValue {
        let pairs = try NumberPairs(input, of: signature.name)
        guard pairs.truth.allSatisfy({ $0 >= 0 }) else { return MetricValue(.nan) }
        let squares = zip(pairs.truth, pairs.predicted).map { truth, predicted in
            let difference = Elementary.log1p(predicted < 0 ? 0 : predicted) - Elementary.log1p(truth)
            return difference * difference
        }
        return MetricValue(NumberPairs.mean(squares).squareRoot())
    }
}
