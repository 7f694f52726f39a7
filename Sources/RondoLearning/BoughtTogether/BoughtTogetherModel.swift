package import RondoKernels
package import RondoReport

/// The items that stand together with each in baskets.
package struct BoughtTogetherModel: LinkingModel {
    package static let familyName = "bought_together"

    package let interactions: Interactions
    private let baskets: BasketCounts
    let links: ItemLinks

    init(interactions: Interactions, baskets: BasketCounts, links: ItemLinks) {
        self.interactions = interactions
        self.baskets = baskets
        self.links = links
    }

    package var readable: String { "pairs of \(NumberText.count(interactions.items.count)) items" }

    /// The pairs with the most baskets beyond chance: support less what the two shares would give.
    package var learned: [TableBlock] {
        typealias Pair = (first: Int, second: Int, together: Double, beyond: Double)
        var pairs: [Pair] = []
        for item in interactions.items.indices {
            for (other, link) in links.nearest(to: item, count: Interactions.tableRows) {
                let together = baskets.together(item, other, link: link)
                let chance = baskets.baskets(with: item) * baskets.baskets(with: other) / baskets.basketCount
                pairs.append((item, other, together, together - chance))
            }
        }
        pairs.sort { $0.beyond != $1.beyond ? $0.beyond > $1.beyond : ($0.first, $0.second) < ($1.first, $1.second) }
        let rows = pairs.prefix(Interactions.tableRows).map { pair -> [Scalar] in
            let confidence = pair.together / baskets.baskets(with: pair.first)
            return [
                .text(interactions.items[pair.first]), .text(interactions.items[pair.second]), Scalar(Int(pair.together)),
                Scalar(confidence), Scalar(confidence * baskets.basketCount / baskets.baskets(with: pair.second)),
            ]
        }
        return [
            TableBlock(
                caption: "strongest pairs",
                columns: [
                    .init("item", "text", .plain), .init("with", "text", .plain), .init("baskets", "integer", .count),
                    .init("confidence", "number", .percent), .init("lift", "number"),
                ], rows: rows)
        ]
    }

    package func archive() -> Archive {
        var archive = Archive()
        archive.set("interactions", interactions.archive())
        archive.set("links", links.archive())
        return archive
    }
}

extension BoughtTogetherModel {
    /// - Throws: R0590 for damaged data.
    init(from archive: Archive) throws {
        let interactions = try Interactions(from: try archive.archive("interactions"))
        let links = try ItemLinks(from: try archive.archive("links"), itemCount: interactions.items.count)
        try archive.require(links.rows.values.allSatisfy { $0 > 0 && $0 < 1e9 }, "links")
        self.init(interactions: interactions, baskets: BasketCounts(interactions.liked), links: links)
    }
}
