import RondoKernels

/// The naive prediction that every metric is compared with: the mean of the training targets, or the shares of their classes.
package struct Baseline: Sendable {
    private enum Answer: Sendable {
        case mean(Double)
        case shares([Double], names: [String])
    }
    private let answer: Answer

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

    /// `mean` for numbers, `most frequent` for classes.
    package var name: String {
        switch answer {
        case .mean: "mean"
        case .shares: "most frequent"
        }
    }

    /// The same answer for every row.
    package func predictions(rowCount: Int) -> Predictions {
        switch answer {
        case .mean(let value): .numbers([Double](repeating: value, count: rowCount))
        case .shares(let shares, let names):
            .probabilities(shares.map { [Double](repeating: $0, count: rowCount) }, names: names)
        }
    }
}
