package import RondoKernels
package import RondoReport

/// How much each item is liked.
package struct PopularityModel: RankingModel {
    package static let familyName = "popularity"

    package let interactions: Interactions
    let scores: [Double]
    /// Days; nil when all events count alike.
    let halfLife: Double?

    init(interactions: Interactions, scores: [Double], halfLife: Double?) {
        self.interactions = interactions
        self.scores = scores
        self.halfLife = halfLife
    }

    /// Every event counts alike: the baseline of all recommenders.
    package init(_ interactions: Interactions) {
        self.init(interactions: interactions, scores: interactions.popularity, halfLife: nil)
    }

    package func scores(of history: History) throws -> [Double] {
        try interactions.require(history)
        return scores
    }

    package var readable: String { "most popular of \(NumberText.count(interactions.items.count)) items" }

    package var learned: [TableBlock] { [interactions.popularItems(by: scores, caption: "most popular items")] }

    package func archive() -> Archive {
        var archive = Archive()
        archive.set("interactions", interactions.archive())
        archive["scores"] = .numbers(scores)
        archive["half_life"] = .numbers(halfLife.map { [$0] } ?? [])
        return archive
    }
}

extension PopularityModel {
    /// - Throws: R0590 for damaged data.
    init(from archive: Archive) throws {
        interactions = try Interactions(from: try archive.archive("interactions"))
        scores = try archive.numbers("scores", count: interactions.items.count)
        try archive.require(scores.allSatisfy { $0 >= 0 && $0.isFinite }, "scores")
        let decay = try archive.numbers("half_life")
        try archive.require(decay.count <= 1 && decay.allSatisfy { $0 > 0 && $0.isFinite }, "half_life")
        halfLife = decay.first
    }
}
