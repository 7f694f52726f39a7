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
        let values = try Parallel.map(count, context: context) { index in
            if index % 50 == 0 { context.progress(Progress(done: index, total: count, label: "resamples")) }
            let drawn = input.gathering(sample.rows(index))
            return try choices.map { try $0.value(drawn).value }
        }
        resamples = count
        intervals = choices.indices.map { place in
            // The catalogue that is covered shrinks with the people drawn: resamples say nothing of the whole.
            if let ranking = input.ranking, ranking.perPerson(choices[place]) == nil { return nil }
            let own = values.map { $0[place] }.filter(\.isFinite)
            guard own.count > count / 2 else { return nil }
            let ends = Quantiles.of(own, [(1 - level) / 2, (1 + level) / 2])
            return Interval(lower: ends[0], upper: ends[1])
        }
    }
}
