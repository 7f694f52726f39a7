import RondoKernels
import RondoReport
import RondoSignature

/// The mean negative logarithm of the probability of the truth, probabilities clipped to [2^-52, 1 - 2^-52].
package enum LogLoss: Metric {
    package static let signature = MetricSignature(
        "log_loss", summary: "mean negative log probability of the truth", tasks: MetricSignature.classification, isBetterHigher: false,
        style: .number)

    package static func value(_ input: MetricInput, parameter: Double?) throws -> MetricValue {
        let pairs = try ClassPairs(input, of: signature.name)
        let losses = pairs.truth.enumerated().map { row, truth in
            -Elementary.log(min(max(pairs.probabilities[Int(truth)][row], 0x1p-52), 1 - 0x1p-52))
        }
        return MetricValue(NumberPairs.mean(losses))
    }
}
