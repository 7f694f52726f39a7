/// The smallest and largest finite value of some numbers.
struct ChartExtent: Sendable, Hashable {
    var low: Double
    var high: Double

    /// Nil when there is no finite value.
    init?(_ values: some Sequence<Double>) {
        var low = Double.infinity
        var high = -Double.infinity
        for value in values where value.isFinite {
            low = min(low, value)
            high = max(high, value)
        }
        guard low <= high else { return nil }
        self.low = low
        self.high = high
    }

    /// Widened so that it holds a value.
    func including(_ value: Double) -> ChartExtent {
        var result = self
        result.low = min(low, value)
        result.high = max(high, value)
        return result
    }

    /// Widened to round numbers; a single value gets room on both sides.
    func rounded(wanted: Int = 5) -> ChartExtent {
        var result = self
        if high <= low {
            let room = low == 0 ? 1 : low.magnitude * 0.1
            result.low = low - room
            result.high = high + room
            return result
        }
        let span = high - low
        guard span.isFinite else { return result }
        let step = AxisTicks.niceStep(span / Double(wanted))
        let down = (low / step + 1e-9).rounded(.down) * step
        let up = (high / step - 1e-9).rounded(.up) * step
        if down.isFinite, up.isFinite { result = ChartExtent(low: down, high: up) }
        return result
    }

    /// Where a value lies, 0 to 1.
    func share(_ value: Double) -> Double {
        let span = high / 2 - low / 2
        guard span > 0, value.isFinite else { return 0.5 }
        return max(0, min(1, (value / 2 - low / 2) / span))
    }

    private init(low: Double, high: Double) {
        self.low = low
        self.high = high
    }
}
