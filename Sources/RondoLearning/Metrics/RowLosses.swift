import RondoKernels

/// Losses row by row whose mean orders models as a metric does.
package enum RowLosses {
    /// NaN for rows that the metric leaves out; nil for a metric that is no mean over rows (medians, areas, f1 …).
    package static func losses(_ choice: MetricChoice, _ input: MetricInput) -> [Double]? {
        if let ranking = input.ranking { return ranking.perPerson(choice)?.map { -$0 } }
        let name = choice.metric.signature.name
        switch (input.truth, input.predictions) {
        case (.numbers(let truth), .numbers(let predicted)) where truth.count == predicted.count:
            return numbers(name, choice.parameter, truth, predicted)
        case (.classes, .probabilities):
            guard let pairs = try? ClassPairs(input, of: name) else { return nil }
            return classes(name, pairs)
        default: return nil
        }
    }

    private static func numbers(_ name: String, _ parameter: Double?, _ truth: [Double], _ predicted: [Double]) -> [Double]? {
        let pairs = zip(truth, predicted)
        switch name {
        case "mae": return pairs.map { ($1 - $0).magnitude }
        case "mse", "rmse": return pairs.map { ($1 - $0) * ($1 - $0) }
        case "mape": return pairs.map { $0 == 0 ? .nan : (($1 - $0) / $0).magnitude }
        case "within": return pairs.map { ($1 - $0).magnitude <= (parameter ?? 0.1) * $0.magnitude ? 0 : 1 }
        default: return nil
        }
    }

    private static func classes(_ name: String, _ pairs: ClassPairs) -> [Double]? {
        switch name {
        case "accuracy": return zip(pairs.truth, pairs.predicted).map { $0 == $1 ? 0 : 1 }
        case "log_loss":
            return pairs.truth.enumerated().map { row, truth in
                -Elementary.log(min(max(pairs.probabilities[Int(truth)][row], 0x1p-52), 1 - 0x1p-52))
            }
        case "brier" where pairs.isBinary:
            return pairs.truth.enumerated().map { row, truth in
                let gap = pairs.probabilities[1][row] - Double(truth)
                return gap * gap
            }
        default: return nil
        }
    }
}
