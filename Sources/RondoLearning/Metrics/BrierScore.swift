import RondoReport
import RondoSignature

/// The mean squared error of the probability of the positive class; of several classes, the mean over the classes (Brier 1950).
package enum BrierScore: Metric {
    package static let signature = MetricSignature(
        "brier", summary: "mean squared error of the probabilities", tasks: MetricSignature.classification, isBetterHigher: false,
        style: .number)

    package static func value(_ input: MetricInput, parameter: Double?) throws -> MetricValue {
        let pairs = try ClassPairs(input, of: signature.name)
        return MetricValue(
            pairs.oneAgainstRestOfAll { isPositive, scores in
                NumberPairs.mean(
                    zip(isPositive, scores).map { isPositive, score in
                        let error = score - (isPositive ? 1 : 0)
                        return error * error
                    })
            })
    }
}
