import RondoKernels

/// Means of the rows of each item, the same bits in whatever order the rows come.
struct ItemMeans {
    private let events: Events
    private let weights: [Double]
    let itemCount: Int

    init(_ events: Events, weights: [Double]?) {
        self.events = events
        self.weights = events.row.map { weights?[$0] ?? 1 }
        itemCount = events.items.count
    }

    /// The mean of each item; NaN counts nowhere, and an item of which nothing is known has NaN.
    func means(_ values: [Double]) -> [Double] {
        let parts = zip(events.row, weights).map { values[$0] * $1 }
        var (sums, totals) = ([Double](repeating: 0, count: itemCount), [Double](repeating: 0, count: itemCount))
        for event in Sorting.order(parts, startingFrom: Sorting.order(weights)) where !parts[event].isNaN {
            sums[Int(events.item[event])] += parts[event]
            totals[Int(events.item[event])] += weights[event]
        }
        return zip(sums, totals).map { $1 > 0 ? $0 / $1 : .nan }
    }

    /// `[level][item]`: which part of an item's rows has a level.
    func shares(_ codes: [Int32], levelCount: Int) -> [[Double]] {
        var counts = [[Double]](repeating: [Double](repeating: 0, count: itemCount), count: levelCount)
        var totals = [Double](repeating: 0, count: itemCount)
        for event in Sorting.order(weights) {
            let (level, item) = (Int(codes[events.row[event]]), Int(events.item[event]))
            guard counts.indices.contains(level) else { continue }
            counts[level][item] += weights[event]
            totals[item] += weights[event]
        }
        return counts.map { zip($0, totals).map { $1 > 0 ? $0 / $1 : 0 } }
    }
}
