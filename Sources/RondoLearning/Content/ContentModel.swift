package import RondoKernels
package import RondoReport

/// Vectors of what the items are.
package struct ContentModel: RankingModel {
    package static let familyName = "content"

    package let interactions: Interactions
    let vectors: ContentVectors

    package func scores(of history: History) throws -> [Double] {
        try interactions.require(history)
        guard !history.isEmpty else { return interactions.popularity }
        return vectors.profile(history).map(vectors.products) ?? [Double](repeating: 0, count: interactions.items.count)
    }

    /// The cosine of the vectors.
    package func likeness(to item: Int) throws -> [Double]? {
        try interactions.require(item: item)
        return try scores(of: History(ascending: [Int32(item)], strengths: [1]))
    }

    package func reason(for item: Int, in history: History) throws -> Int? {
        try interactions.require(history)
        let likeness = try likeness(to: item) ?? []
        var best: (item: Int, share: Double)?
        for (own, strength) in zip(history.items, history.strengths) where Int(own) != item {
            let share = strength * likeness[Int(own)]
            if share > best?.share ?? 0 { best = (Int(own), share) }
        }
        return best?.item
    }

    package var readable: String { "\(NumberText.count(vectors.traits.count)) traits of items" }

    package var learned: [TableBlock] {
        let turned = vectors.rows.transposed()
        let sizes = turned.starts.indices.dropLast().map { Double(turned.places(of: $0).count) }
        let traits = BestItems.of(sizes, count: Interactions.tableRows).map { trait -> [Scalar] in
            let size = Int(sizes[Int(trait)])
            return [.text(vectors.traits[Int(trait)]), Scalar(size), Scalar(Double(size) / Double(interactions.items.count))]
        }
        let near = interactions.mostPopular.flatMap { item -> [[Scalar]] in
            let likeness = (try? likeness(to: item)) ?? []
            return BestItems.of(likeness, count: 3, leavingOut: [Int32(item)]).map { other in
                [.text(interactions.items[item]), .text(interactions.items[Int(other)]), Scalar(likeness[Int(other)])]
            }
        }
        return [
            TableBlock(
                caption: "traits that most items have",
                columns: [.init("trait", "text", .plain), .init("items", "integer", .count), .init("share", "number", .percent)],
                rows: traits),
            TableBlock(
                caption: "items most alike to the most popular ones",
                columns: [.init("item", "text", .plain), .init("like", "text", .plain), .init("cosine", "number")], rows: near),
        ]
    }

    package func archive() -> Archive {
        var archive = Archive()
        archive.set("interactions", interactions.archive())
        archive.set("vectors", vectors.archive())
        return archive
    }
}

extension ContentModel {
    /// - Throws: R0590 for damaged data.
    init(from archive: Archive) throws {
        interactions = try Interactions(from: try archive.archive("interactions"))
        vectors = try ContentVectors(from: try archive.archive("vectors"), itemCount: interactions.items.count)
    }
}
