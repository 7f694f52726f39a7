package import RondoKernels
package import RondoReport

/// The items most alike to each.
package struct ItemKNNModel: LinkingModel {
    package static let familyName = "item_knn"

    package let interactions: Interactions
    let links: ItemLinks
    let neighbours: Int
    let weighting: ItemWeighting

    package var readable: String { "\(neighbours) nearest of \(NumberText.count(interactions.items.count)) items" }

    package var learned: [TableBlock] {
        let rows = interactions.mostPopular.flatMap { item in
            links.nearest(to: item, count: 3).map { near -> [Scalar] in
                [.text(interactions.items[item]), .text(interactions.items[near.item]), Scalar(near.link)]
            }
        }
        return [
            TableBlock(
                caption: "items most alike to the most popular ones",
                columns: [.init("item", "text", .plain), .init("like", "text", .plain), .init("likeness", "number")], rows: rows)
        ]
    }

    package func archive() -> Archive {
        var archive = Archive()
        archive.set("interactions", interactions.archive())
        archive.set("links", links.archive())
        archive.set("neighbors", neighbours)
        archive.set("weighting", weighting.rawValue)
        return archive
    }
}

extension ItemKNNModel {
    /// - Throws: R0590 for damaged data.
    init(from archive: Archive) throws {
        interactions = try Interactions(from: try archive.archive("interactions"))
        links = try ItemLinks(from: try archive.archive("links"), itemCount: interactions.items.count)
        neighbours = try archive.integer("neighbors")
        guard let weighting = ItemWeighting(rawValue: try archive.word("weighting")) else { throw Archive.damaged("weighting") }
        self.weighting = weighting
    }
}
