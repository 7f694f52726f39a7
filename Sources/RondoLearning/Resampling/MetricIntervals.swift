package import RondoKernels

/// Intervals of metrics by resampling rows: percentiles of the resampled values.
package struct MetricIntervals: Sendable, Hashable {
    package struct Interval: Sendable, Hashable {
        package let lower: Double
        package let upper: Double
    }
    /// One a metric; nil where too few resamples have a value.
    package let intervals: [Interval?]
    package let resamples: Int

    /// A thousand resamples, fewer for many rows, at least two hundred.
    package static func count(rows: Int) -> Int { min(1_000, max(200, 20_000_000 / max(1, rows))) }

    package init(_ choices: [MetricChoice], _ input: MetricInput, level: Double, seed: UInt64, context: ComputeContext) throws {
        let count = MetricIntervals.count(rows: input.truth.count)
        let sample = Resampling(input.truth, seed: seed, purpose: "confidence")
        // What was recommended to somebody does not change with who else is drawn: each person is judged once.
        let people = choices.map { input.ranking?.perPerson($0) }
        let values = try Parallel.map(count, context: context) { index in
            if index % 50 == 0 { context.progress(Progress(done: index, total: count, label: "resamples")) }
            let rows = sample.rows(index)
            if input.ranking != nil { return people.map { MetricIntervals.mean($0, of: rows) } }
            let drawn = input.gathering(rows)
            return try choices.map { try $0.value(drawn).value }
        }
        resamples = count
        intervals = choices.indices.map { place in
            let own = values.map { $0[place] }.filter(\.isFinite)
            guard own.count > count / 2 else { return nil }
            let ends = Quantiles.of(own, [(1 - level) / 2, (1 + level) / 2])
            return Interval(lower: ends[0], upper: ends[1])
        }
    }

    /// The mean over some people; NaN for a metric that is none: the catalogue that is covered shrinks with the people drawn, so that
    /// resamples say nothing of the whole.
    private static func mean(_ people: [Double]?, of rows: [Int32]) -> Double {
        guard let people else { return .nan }
        return NumberPairs.mean(rows.map { people[Int($0)] }.filter { !$0.isNaN })
    }
}
