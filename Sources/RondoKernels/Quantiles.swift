/// Quantiles by linear interpolation between order statistics: type 7 of Hyndman and Fan (1996), the default of R and NumPy.
public enum Quantiles {
    /// The quantile of sorted values without NaN; NaN when empty or when the probability is not in 0...1.
    @inlinable
    public static func ofSorted(_ sorted: [Double], _ probability: Double) -> Double {
        guard let position = position(probability, count: sorted.count) else { return .nan }
        let low = sorted[position.index]
        return position.fraction == 0 ? low + 0 : interpolate(low, sorted[position.index + 1], position.fraction)
    }

    /// Several quantiles of values in any order, NaN left out; NaN for a probability outside 0...1 or without values.
    public static func of(_ values: [Double], _ probabilities: [Double]) -> [Double] {
        var kept = [Double](unsafeUninitializedCapacity: values.count) { buffer, initialized in
            var count = 0
            for value in values where !value.isNaN {
                buffer.initializeElement(at: count, to: value)
                count += 1
            }
            initialized = count
        }
        let wanted = probabilities.enumerated().compactMap { entry in
            position(entry.element, count: kept.count).map { (place: entry.offset, index: $0.index, fraction: $0.fraction) }
        }
        var results = [Double](repeating: .nan, count: probabilities.count)
        var lower = 0
        kept.withUnsafeMutableBufferPointer { buffer in
            // In increasing order: all before `lower` is in its final place.
            for item in wanted.sorted(by: { ($0.index, $0.place) < ($1.index, $1.place) }) {
                Selection.place(item.index, in: buffer, from: lower)
                lower = item.index
                let low = buffer[item.index]
                guard item.fraction > 0 else {
                    results[item.place] = low + 0
                    continue
                }
                Selection.place(item.index + 1, in: buffer, from: item.index + 1)
                results[item.place] = interpolate(low, buffer[item.index + 1], item.fraction)
            }
        }
        return results
    }

    /// One quantile of values in any order, NaN left out.
    public static func of(_ values: [Double], _ probability: Double) -> Double { of(values, [probability])[0] }

    /// One quantile of values without NaN, which change their order; NaN without values.
    public static func of(_ values: UnsafeMutableBufferPointer<Double>, _ probability: Double) -> Double {
        guard let (index, fraction) = position(probability, count: values.count) else { return .nan }
        Selection.place(index, in: values, from: 0)
        let low = values[index]
        guard fraction > 0 else { return low + 0 }
        // All behind are at least as great.
        var next = values[index + 1]
        for value in values[(index + 1)...] where value < next { next = value }
        return interpolate(low, next, fraction)
    }

    /// The middle value, NaN left out; NaN without values.
    public static func median(_ values: [Double]) -> Double { of(values, 0.5) }

    /// Index of the order statistic below the quantile and the share of the way to the next.
    @usableFromInline
    static func position(_ probability: Double, count: Int) -> (index: Int, fraction: Double)? {
        guard count > 0, probability >= 0, probability <= 1 else { return nil }
        let exact = probability * Double(count - 1)
        let index = min(Int(exact), count - 1)
        return (index, index == count - 1 ? 0 : exact - Double(index))
    }

    @usableFromInline
    static func interpolate(_ low: Double, _ high: Double, _ fraction: Double) -> Double {
        // Equal infinities have no difference.
        low == high ? low + 0 : low + (high - low) * fraction
    }
}

/// Partial sorting of doubles without NaN.
enum Selection {
    /// Moves the element of rank `rank` to its place, smaller ones before it and greater ones after it, within `from` to the end.
    ///
    /// Quickselect with the median of three; after too many rounds the rest is sorted.
    static func place(_ rank: Int, in buffer: UnsafeMutableBufferPointer<Double>, from start: Int) {
        var lower = start
        var upper = buffer.count
        var rounds = 0
        while upper - lower > 1 {
            rounds += 1
            if upper - lower <= 32 || rounds > 64 {
                var rest = UnsafeMutableBufferPointer(rebasing: buffer[lower..<upper])
                rest.sort()
                return
            }
            let pivot = medianOfThree(buffer[lower], buffer[lower + (upper - lower) / 2], buffer[upper - 1])
            let less = partition(buffer, lower, upper) { $0 < pivot }
            if rank < less {
                upper = less
            } else if less > lower {
                lower = less
            } else {
                // The pivot is the least: all its equals are taken off.
                let greater = partition(buffer, lower, upper) { $0 <= pivot }
                if rank < greater { return }
                lower = greater
            }
        }
    }

    /// Moves the values that belong to the front there and returns where they end; the loop has no branch to guess wrongly.
    @inline(__always)
    private static func partition(
        _ buffer: UnsafeMutableBufferPointer<Double>, _ lower: Int, _ upper: Int, _ isFront: (Double) -> Bool
    ) -> Int {
        guard let base = buffer.baseAddress else { return lower }
        var end = lower
        for index in lower..<upper {
            let value = base[index]
            base[index] = base[end]
            base[end] = value
            end += isFront(value) ? 1 : 0
        }
        return end
    }

    private static func medianOfThree(_ a: Double, _ b: Double, _ c: Double) -> Double { max(min(a, b), min(max(a, b), c)) }
}
