import RondoKernels

/// Finds the edges that cut numbers into bands.
enum BandLearner {
    /// Edges that cut the values into bands of equal counts: values of the data.
    static func quantileEdges(_ values: [Double], bands: Int) -> [Double] {
        let sorted = values.filter { !$0.isNaN }.sorted()
        guard !sorted.isEmpty else { return [] }
        return (1..<max(bands, 2)).map { sorted[min(sorted.count - 1, $0 * sorted.count / bands)] }
    }

    /// Edges that cut the reach of the values into bands of equal width, rounded to a hundredth of it.
    static func equalEdges(_ values: [Double], bands: Int) -> [Double] {
        let moments = Moments(values)
        let width = (moments.maximum - moments.minimum) / Double(bands)
        guard moments.count > 0, width > 0, width.isFinite else { return [] }
        return (1..<max(bands, 2)).map { band in
            let edge = moments.minimum + Double(band) * width
            return roundest(above: edge - width / 200, upTo: edge + width / 200)
        }
    }

    /// Edges where the outcome changes most: greedy cuts that lower its squared error, best first; a band keeps a fiftieth of the rows.
    ///
    /// For classes the outcomes are columns of 0 and 1, and the squared error is the Gini impurity (Breiman and others 1984,
    /// Classification and regression trees, chapters 4 and 8).
    static func treeEdges(_ values: [Double], outcomes: [[Double]], bands: Int) -> [Double] {
        let order = Sorting.order(values).filter { !values[$0].isNaN }
        let sorted = order.map { values[$0] }
        let sums = outcomes.map { outcome in
            var total = 0.0
            return [0.0]
                + order.map { row in
                    total += outcome[row]
                    return total
                }
        }
        let least = max(5, sorted.count / 50)
        var open = [0..<sorted.count].compactMap { cut($0, sorted, sums, least) }
        var edges: [Double] = []
        while edges.count < bands - 1, let best = open.indices.max(by: { (open[$0].gain, $1) < (open[$1].gain, $0) }) {
            let found = open.remove(at: best)
            edges.append(roundest(above: sorted[found.middle - 1], upTo: sorted[found.middle]))
            for half in [found.range.lowerBound..<found.middle, found.middle..<found.range.upperBound] {
                if let next = cut(half, sorted, sums, least) { open.append(next) }
            }
        }
        return edges.sorted()
    }

    private static func cut(
        _ range: Range<Int>, _ sorted: [Double], _ sums: [[Double]], _ least: Int
    ) -> (range: Range<Int>, middle: Int, gain: Double)? {
        guard range.count >= 2 * least else { return nil }
        var best: (middle: Int, gain: Double) = (0, 0)
        for middle in (range.lowerBound + least)...(range.upperBound - least) where sorted[middle] > sorted[middle - 1] {
            let (left, right) = (Double(middle - range.lowerBound), Double(range.upperBound - middle))
            var gain = 0.0
            for sums in sums {
                let first = sums[middle] - sums[range.lowerBound]
                let second = sums[range.upperBound] - sums[middle]
                // Lowered squared error: n1 n2 / n times the squared difference of the means.
                let difference = first / left - second / right
                gain += left * right / (left + right) * difference * difference
            }
            if gain > best.gain * (1 + 1e-12) { best = (middle, gain) }
        }
        return best.gain > 0 ? (range, best.middle, best.gain) : nil
    }

    /// The number with the fewest digits in (low, high].
    static func roundest(above low: Double, upTo high: Double) -> Double {
        guard low < high, (high - low).isFinite else { return high }
        var power = 1e15
        while power > 1e-12 {
            let candidate =
                power >= 1 ? (high / power).rounded(.down) * power : (high * (1 / power).rounded()).rounded(.down) / (1 / power).rounded()
            if candidate > low, candidate <= high { return candidate }
            power /= 10
        }
        return high
    }
}
