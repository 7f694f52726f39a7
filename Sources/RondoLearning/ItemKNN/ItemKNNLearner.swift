import RondoKernels

/// Finds the items most alike to each.
struct ItemKNNLearner: Learner {
    let neighbours: Int
    let weighting: ItemWeighting

    func fit(_ data: TrainingData, seed: UInt64, context: ComputeContext) throws -> any FittedModel {
        try context.cancellation.check()
        let interactions = try Interactions(data)
        let links = try weighting.links(interactions.liked, neighbours: neighbours, context: context)
        return ItemKNNModel(interactions: interactions, links: links, neighbours: neighbours, weighting: weighting)
    }
}
