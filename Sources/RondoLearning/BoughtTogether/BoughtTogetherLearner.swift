import RondoKernels

/// Counts in how many baskets each two items stand together.
struct BoughtTogetherLearner: Learner {
    /// Links kept an item: more change no list of a usual length.
    private static let linksKept = 200

    func fit(_ data: TrainingData, seed: UInt64, context: ComputeContext) throws -> any FittedModel {
        try context.cancellation.check()
        let interactions = try Interactions(data)
        let baskets = BasketCounts(interactions.liked)
        let links = try ItemLinks.strongest(baskets.marks, count: Self.linksKept, context: context) { item, other, together in
            item == other ? 0 : baskets.link(from: item, to: other, together: together)
        }
        return BoughtTogetherModel(interactions: interactions, baskets: baskets, links: links)
    }
}
