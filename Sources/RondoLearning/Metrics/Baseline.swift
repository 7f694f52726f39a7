import RondoKernels

/// The naive prediction that every metric is compared with: the mean of the training targets, or the shares of their classes.
package struct Baseline: Sendable {
    private enum Answer: Sendable {
        case mean(Double)
        case shares([Double], names: [String])
        case popular
    }
    private let answer: Answer

    private init(_ answer: Answer) { self.answer = answer }

    /// What everybody likes: the baseline of recommenders, which the lists themselves carry.
    package static let mostPopular = Baseline(.popular)

    /// What is learned from training targets; weights count each row that often. Without rows the mean is 0 and all classes are equal.
    package init(_ target: TargetValues, weights: [Double]? = nil) {
        switch target {
        case .numbers(let values):
            let spread = ColumnSpread(values, weights: weights, totalWeight: weights.map { Sums.compensated($0) } ?? Double(values.count))
            answer = .mean(spread.mean.isFinite ? spread.mean : 0)
        case .classes(let codes, let names):
            var totals = [Double](repeating: 0, count: names.count)
            for (row, code) in codes.enumerated() where code >= 0 && Int(code) < names.count { totals[Int(code)] += weights?[row] ?? 1 }
            let total = Sums.compensated(totals)
            answer = .shares(totals.map { total > 0 ? $0 / total : 1 / Double(names.count) }, names: names)
        }
    }

    /// `mean` for numbers, `most frequent` for classes, `most popular` for lists.
    package var name: String {
        switch answer {
        case .mean: "mean"
        case .shares: "most frequent"
        case .popular: "most popular"
        }
    }

    /// The naive answer in place of a model's.
    package func input(for input: MetricInput) -> MetricInput {
        let count = input.truth.count
        switch answer {
        case .mean(let value):
            return MetricInput(truth: input.truth, predictions: .numbers([Double](repeating: value, count: count)))
        case .shares(let shares, let names):
            let columns = shares.map { [Double](repeating: $0, count: count) }
            return MetricInput(truth: input.truth, predictions: .probabilities(columns, names: names))
        case .popular:
            return MetricInput(truth: input.truth, predictions: input.predictions, ranking: input.ranking?.baseline)
        }
    }
}
