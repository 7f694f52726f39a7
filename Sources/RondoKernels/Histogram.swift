/// Counts of values in bins of equal width with round edges.
public struct Histogram: Hashable, Sendable {
    /// Edges in increasing order, one more than bins; bin i holds edges[i] <= x < edges[i + 1], the last one also its upper edge.
    public let edges: [Double]
    /// How many finite values fall into each bin.
    public let counts: [Int]
    /// How many values were NaN or infinite.
    public let leftOut: Int

    /// A histogram with about `bins` bins, or as many as Freedman and Diaconis (1981) suggest, at most 100; nil without finite values.
    public init?(_ values: [Double], bins: Int? = nil) {
        let finite = values.filter(\.isFinite)
        guard let first = finite.first else { return nil }
        var (low, high) = (first, first)
        for value in finite {
            low = min(low, value)
            high = max(high, value)
        }
        let wanted = min(max(bins ?? Histogram.suggestedBins(finite, low, high), 1), 1000)
        edges = Histogram.niceEdges(from: low, to: high, bins: wanted)
        counts = Histogram.counts(finite, edges: edges)
        leftOut = values.count - finite.count
    }

    private static func suggestedBins(_ values: [Double], _ low: Double, _ high: Double) -> Int {
        let quartiles = Quantiles.of(values, [0.25, 0.75])
        let width = 2 * (quartiles[1] - quartiles[0]) / Elementary.pow(Double(values.count), 1.0 / 3)
        // Sturges' rule where the middle half is one value.
        let ratio = width > 0 ? (high - low) / width : Elementary.log2(Double(values.count)) + 1
        return ratio.isFinite ? min(max(Int(min(ratio, 1e6).rounded(.up)), 1), 100) : 100
    }

    /// A round step (1, 2, 2.5 or 5 times a power of ten) that cuts the range into about `count` parts.
    public static func niceStep(range: Double, count: Int) -> Double {
        let raw = range / Double(max(count, 1))
        guard raw > 0, raw.isFinite else { return 1 }
        let exponent = Elementary.log10(raw).rounded(.down)
        let power = Elementary.pow(10, exponent)
        guard power > 0, power.isFinite else { return raw }
        let step = [1.0, 2, 2.5, 5, 10].first { $0 * power >= raw * (1 - 1e-9) } ?? 10
        return exponent < 0 ? step / Elementary.pow(10, -exponent) : step * power
    }

    /// Round edges that cover the range; an interval around the value when there is only one.
    public static func niceEdges(from low: Double, to high: Double, bins: Int) -> [Double] {
        guard low.isFinite, high.isFinite, low < high else {
            let value = low.isFinite ? low : 0
            let reach = max(value.magnitude * 0x1p-40, 0.5)
            return [value - reach, value + reach]
        }
        let step = niceStep(range: high - low, count: bins)
        let first = (low / step).rounded(.down)
        let last = (high / step).rounded(.up)
        // Steps too fine for the magnitude of the values would make equal edges.
        guard last - first < 2000, last > first, last.magnitude < 0x1p50, first.magnitude < 0x1p50 else { return [low, high] }
        let inverse = (1 / step).rounded()
        let useInverse = step < 1 && (inverse * step - 1).magnitude < 1e-12
        return (0...Int(last - first)).map { index in
            let multiple = first + Double(index)
            return useInverse ? multiple / inverse : multiple * step
        }
    }

    /// How many values fall between the edges; values outside are left out. Empty for fewer than two edges.
    public static func counts(_ values: [Double], edges: [Double]) -> [Int] {
        guard edges.count > 1, let low = edges.first, let high = edges.last else { return [] }
        let bins = edges.count - 1
        var counts = [Int](repeating: 0, count: bins)
        let factor = Double(bins) / (high - low)
        for value in values where value >= low && value <= high {
            let guess = (value - low) * factor
            var bin = guess.isFinite ? min(max(Int(guess), 0), bins - 1) : 0
            // Rounding can put a value next to an edge into the neighbour.
            while bin > 0 && value < edges[bin] { bin -= 1 }
            while bin < bins - 1 && value >= edges[bin + 1] { bin += 1 }
            counts[bin] += 1
        }
        return counts
    }
}
