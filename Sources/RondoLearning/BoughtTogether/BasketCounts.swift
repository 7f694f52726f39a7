import RondoKernels

/// In how many baskets each item is.
struct BasketCounts: Sendable {
    /// 1 for each basket that an item is in: a row an item.
    let marks: PairRows
    let basketCount: Double
    private let sizes: [Double]

    /// Baskets without the other item that are added to each.
    private static let doubt = 10.0

    init(_ liked: PairRows) {
        let items = liked.transposed()
        marks = items.with(values: [Double](repeating: 1, count: items.values.count))
        basketCount = Double((0..<liked.rowCount).count { !liked.places(of: $0).isEmpty })
        sizes = (0..<items.rowCount).map { Double(items.places(of: $0).count) }
    }

    func baskets(with item: Int) -> Double { sizes[item] }

    /// The confidence of `other` in baskets with `item`, times the root of its lift, both held down for few baskets.
    func link(from item: Int, to other: Int, together: Double) -> Double {
        let confidence = together / (sizes[item] + Self.doubt)
        return confidence * (confidence * basketCount / sizes[other]).squareRoot()
    }

    /// How many baskets have both items, from their link: the inverse of the above.
    func together(_ item: Int, _ other: Int, link: Double) -> Double {
        let cube = link * link * sizes[other] / basketCount
        return (Elementary.pow(cube, 1.0 / 3) * (sizes[item] + Self.doubt)).rounded()
    }
}
