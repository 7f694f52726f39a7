package import RondoSignature

/// One combination of parameters, and how well it did.
package struct TuningTrial: Sendable, Hashable {
    /// From 1, in the order of the grid.
    package let number: Int
    /// All options of the fit, those of the grid included.
    package let options: FamilyOptions
    /// Value of the metric; NaN for a trial that failed.
    package var value = Double.nan
    /// Standard deviation of the metric over the folds, divisor n - 1; NaN without folds.
    package var spread = Double.nan
    /// Share of the training rows it was last tried with; below 1 when halving stopped it.
    package var share = 1.0
    /// Bytes of the model, all folds together; the same in every run.
    package var bytes = 0
    /// Seconds of fitting, all folds together; volatile.
    package var seconds = 0.0
    /// Why it failed, in words.
    package var failure: String?

    package init(number: Int, options: FamilyOptions) {
        self.number = number
        self.options = options
    }

    /// Whether it was judged with all training rows.
    package var isComplete: Bool { failure == nil && share == 1 && value.isFinite }
}

/// Which of the trials that do about as well is taken.
package enum TuningPick: String, Sendable, Hashable, CaseIterable {
    /// The best value of the metric.
    case best
    /// The fewest bytes.
    case smallest
    /// The fewest trees, then the fewest bytes: time itself would differ from run to run.
    case fastest

    /// The trial taken, the earlier one of equals; nil when none is complete.
    /// - Parameter within: relative loss against the best that is accepted, 0.01 for 1 %.
    package func choice(of trials: [TuningTrial], isBetterHigher: Bool, within: Double) -> TuningTrial? {
        let complete = trials.filter(\.isComplete)
        guard let best = complete.min(by: { isBetterHigher ? $0.value > $1.value : $0.value < $1.value }) else { return nil }
        if self == .best { return best }
        let slack = best.value.magnitude * within
        let close = complete.filter { isBetterHigher ? $0.value >= best.value - slack : $0.value <= best.value + slack }
        return close.min { left, right in
            if self == .fastest, left.trees != right.trees { return left.trees < right.trees }
            if left.bytes != right.bytes { return left.bytes < right.bytes }
            return left.number < right.number
        }
    }
}

extension TuningTrial {
    fileprivate var trees: Int64 {
        if case .integer(let count)? = options.values["trees"] { return count }
        return 0
    }
}
