import RondoKernels

/// How much each person counts when items are compared.
enum ItemWeighting: String, Sendable {
    case cosine, tfidf, bm25

    private static let saturation = 1.2
    private static let damping = 0.75

    /// A vector an item over the people who liked it, all entries above 0.
    func vectors(_ liked: PairRows) -> PairRows {
        let items = liked.transposed()
        if self == .cosine { return items }
        let count = Double(items.rowCount)
        // One more item than there are: somebody who likes all of them still counts.
        let rarity = (0..<liked.rowCount).map { Elementary.log((2 + count) / Double(1 + liked.places(of: $0).count)) }
        let lengths = (0..<items.rowCount).map { items.values(of: $0).reduce(0, +) }
        let mean = lengths.reduce(0, +) / count
        var values = items.values
        for item in 0..<items.rowCount {
            let damped = Self.saturation * (1 - Self.damping + Self.damping * lengths[item] / mean)
            for place in items.places(of: item) {
                let strength = values[place]
                let frequency = self == .tfidf ? strength.squareRoot() : strength * (Self.saturation + 1) / (damped + strength)
                values[place] = frequency * rarity[Int(items.columns[place])]
            }
        }
        return items.with(values: values)
    }

    /// The links of each item to those most alike.
    func links(_ liked: PairRows, neighbours: Int, context: ComputeContext) throws -> ItemLinks {
        let vectors = vectors(liked)
        guard self != .bm25 else { return try ItemLinks.strongest(vectors, count: neighbours, context: context) { $2 } }
        let lengths = (0..<vectors.rowCount).map { vectors.values(of: $0).reduce(0) { $0 + $1 * $1 } }
        return try ItemLinks.strongest(vectors, count: neighbours, context: context) { item, other, product in
            // The root of the product of squares: of items liked by the same people it is exactly 1.
            product / (lengths[item] * lengths[other]).squareRoot()
        }
    }
}
