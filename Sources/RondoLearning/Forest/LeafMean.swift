/// The mean of the targets in a leaf: distances from the first value keep their digits, and a leaf of equal values has exactly that value.
struct LeafMean {
    private let base: Double
    private var sum = 0.0
    /// How many values it is the mean of.
    private(set) var total = 0.0

    init(base: Double) { self.base = base }

    mutating func add(_ value: Double, times count: Double) {
        sum += count * (value / 2 - base / 2)
        total += count
    }

    var value: Double { base + 2 * (sum / total) }
}
