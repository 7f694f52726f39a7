/// What one person liked, and how much.
package struct History: Sendable, Hashable {
    /// Ascending.
    package let items: [Int32]
    /// Above 0.
    package let strengths: [Double]

    /// Somebody of whom nothing is known.
    package static let empty = History([])

    package var isEmpty: Bool { items.isEmpty }

    /// Items in any order; strengths of the same item are added, those not above 0 left out.
    package init(_ pairs: [(item: Int32, strength: Double)]) {
        var (items, strengths): ([Int32], [Double]) = ([], [])
        let liked = pairs.filter { $0.strength > 0 && $0.strength.isFinite }
        for pair in liked.sorted(by: { $0.item != $1.item ? $0.item < $1.item : $0.strength < $1.strength }) {
            if items.last == pair.item {
                strengths[strengths.count - 1] += pair.strength
            } else {
                items.append(pair.item)
                strengths.append(pair.strength)
            }
        }
        self.items = items
        self.strengths = strengths
    }

    /// - Parameter items: ascending, strengths above 0.
    init(ascending items: [Int32], strengths: [Double]) {
        self.items = items
        self.strengths = strengths
    }
}
