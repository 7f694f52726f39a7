import RondoReport
import RondoSignature

/// The share of rows whose error is at most a share of the truth.
package enum ShareWithin: Metric {
    package static let signature = MetricSignature(
        "within", summary: "share of rows whose error is at most a share of the truth",
        parameter: ParameterShape(
            "share", .number(lower: 0, upper: 10, includesLower: false), default: "0.1",
            summary: "the largest error, as a share of the truth"),
        tasks: MetricSignature.regression, isBetterHigher: true, style: .percent)

    package static func value(_ input: MetricInput, parameter: Double?) throws -> MetricValue {
        let pairs = try NumberPairs(input, of: signature.name)
        guard !pairs.truth.isEmpty else { return MetricValue(.nan) }
        let share = parameter ?? 0.1
        let hits = zip(pairs.truth, pairs.predicted).reduce(0) { $0 + (($1.1 - $1.0).magnitude <= share * $1.0.magnitude ? 1 : 0) }
        return MetricValue(Double(hits) / Double(pairs.truth.count))
    }
}
