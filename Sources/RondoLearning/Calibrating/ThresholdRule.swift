import RondoKernels

/// From which probability on the positive class is answered.
package enum ThresholdRule: Sendable, Hashable {
    case fixed(Double)
    /// The threshold with the best value of a metric that counts answers: f1, accuracy, mcc …
    case best(String)
    /// The highest threshold that finds at least this share of the positive rows.
    case recall(Double)
    /// The greatest gain: every positive answer costs something, every one that is right brings something.
    case gain(cost: Double, benefit: Double)

    /// Metrics that change with the threshold.
    package static let metrics = ["accuracy", "balanced_accuracy", "precision", "recall", "f1", "mcc"]

    /// What a threshold does on the rows it was found on.
    package struct Finding: Sendable, Hashable {
        package let threshold: Double
        /// Value of the metric, recall, or gain; NaN for a fixed threshold.
        package let value: Double
        /// Share of the rows that are answered with the positive class.
        package let share: Double
    }

    /// - Parameters:
    ///   - probabilities: of the positive class.
    ///   - isPositive: as long; with a positive row at least.
    /// - Throws: R0811 for a metric that does not change with the threshold, R0812 without positive rows.
    package func finding(_ probabilities: [Double], _ isPositive: [Bool]) throws -> Finding {
        if case .best(let name) = self, !ThresholdRule.metrics.contains(name) {
            throw Fault(
                "R0811", "\(name) does not change with the threshold", remedy: "write threshold best f1", subject: name)
        }
        let positives = isPositive.filter { $0 }.count
        let rows = isPositive.count
        if case .fixed(let threshold) = self {
            let answered = probabilities.filter { $0 >= threshold }.count
            return Finding(threshold: threshold, value: .nan, share: rows > 0 ? Double(answered) / Double(rows) : 0)
        }
        guard positives > 0, positives < rows else {
            throw Fault("R0812", "these rows hold one class only: no threshold can be found on them", remedy: "write threshold 0.5")
        }
        let order = probabilities.indices.sorted { (probabilities[$0], $0) > (probabilities[$1], $1) }
        var best: Finding?
        var (hits, answers, place) = (0, 0, 0)
        while place < order.count {
            let threshold = probabilities[order[place]]
            while place < order.count, probabilities[order[place]] == threshold {
                answers += 1
                if isPositive[order[place]] { hits += 1 }
                place += 1
            }
            let value = value(hits: hits, answers: answers, positives: positives, rows: rows)
            let found = Finding(threshold: threshold, value: value, share: Double(answers) / Double(rows))
            if case .recall(let wanted) = self {
                if value >= wanted { return found }
                continue
            }
            if value.isFinite, best.map({ value > $0.value }) ?? true { best = found }
        }
        guard let best else {
            throw Fault("R0812", "no threshold has a value on these rows", remedy: "write threshold 0.5")
        }
        return best
    }

    private func value(hits: Int, answers: Int, positives: Int, rows: Int) -> Double {
        let (tp, fp) = (Double(hits), Double(answers - hits))
        let (fn, tn) = (Double(positives - hits), Double(rows - positives - (answers - hits)))
        switch self {
        case .fixed: return .nan
        case .recall: return tp / (tp + fn)
        case .gain(let cost, let benefit): return benefit * tp - cost * (tp + fp)
        case .best(let name):
            switch name {
            case "accuracy": return (tp + tn) / Double(rows)
            case "balanced_accuracy": return (tp / (tp + fn) + tn / (tn + fp)) / 2
            case "precision": return tp / (tp + fp)
            case "recall": return tp / (tp + fn)
            case "f1": return 2 * tp / (2 * tp + fp + fn)
            default:
                let product = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)
                return product > 0 ? (tp * tn - fp * fn) / product.squareRoot() : .nan
            }
        }
    }
}
