package import RondoKernels

/// Whether two models differ on the same rows, beyond chance.
///
/// For metrics that are means over rows: the t interval of the row by row difference of losses. For others (areas, f1, medians): the
/// percentile interval of the difference of the metric over resamples of the rows, the same rows for both.
package struct PairedDifference: Sendable, Hashable {
    package enum Method: String, Sendable, Hashable {
        case paired = "paired t"
        case bootstrap = "paired bootstrap"
    }
    package let method: Method
    /// First minus second, in losses of rows or in the metric.
    package let mean: Double
    package let lower: Double
    package let upper: Double

    package var isDifferent: Bool { lower > 0 || upper < 0 }

    /// Half the width of the interval in units of the metric, when the metric itself differs by this much.
    ///
    /// Losses of rows need not be in its units (squares for rmse): their interval is scaled as their mean is (delta method).
    package func halfWidth(behind distance: Double) -> Double {
        let own = (upper - lower) / 2
        guard method == .paired, mean != 0, distance.isFinite else { return own }
        return own * (distance / mean).magnitude
    }

    /// Four hundred resamples, fewer for many rows, at least one hundred.
    package static func resamples(rows: Int) -> Int { min(400, max(100, 2_000_000 / max(1, rows))) }

    /// - Returns: nil with fewer than 30 common rows, or where the metric has no value.
    package init?(
        _ choice: MetricChoice, _ first: MetricInput, _ second: MetricInput, level: Double = 0.95, seed: UInt64, context: ComputeContext
    ) throws {
        if let one = RowLosses.losses(choice, first), let other = RowLosses.losses(choice, second), one.count == other.count {
            let moments = Moments(zip(one, other).map { $0 - $1 })
            guard moments.count >= 30 else { return nil }
            method = .paired
            mean = moments.mean
            let error = (moments.variance / Double(moments.count)).squareRoot()
            let factor = Distributions.studentTCritical(twoSided: 1 - level, degreesOfFreedom: Double(moments.count - 1))
            lower = mean - factor * error
            upper = mean + factor * error
            return
        }
        guard first.truth.count >= 30, first.truth.count == second.truth.count else { return nil }
        let sample = Resampling(first.truth, seed: seed, purpose: "compare")
        let count = PairedDifference.resamples(rows: first.truth.count)
        let gaps = try Parallel.map(count, context: context) { index in
            let rows = sample.rows(index)
            let one = try choice.value(first.gathering(rows)).value
            return one - (try choice.value(second.gathering(rows)).value)
        }.filter(\.isFinite)
        guard gaps.count > count / 2 else { return nil }
        method = .bootstrap
        mean = try choice.value(first).value - choice.value(second).value
        let ends = Quantiles.of(gaps, [(1 - level) / 2, (1 + level) / 2])
        (lower, upper) = (ends[0], ends[1])
    }
}

extension MetricInput {
    /// Some of the rows, in this order.
    package func gathering(_ rows: [Int32]) -> MetricInput {
        let answers: Predictions =
            switch predictions {
            case .numbers(let values): .numbers(rows.map { values[Int($0)] })
            case .probabilities(let columns, let names):
                .probabilities(columns.map { column in rows.map { column[Int($0)] } }, names: names)
            }
        return MetricInput(truth: truth.gathering(rows), predictions: answers, threshold: threshold, ranking: ranking?.gathering(rows))
    }
}
