import RondoKernels

/// Makes the vectors of the items.
struct ContentLearner: Learner {
    func fit(_ data: TrainingData, seed: UInt64, context: ComputeContext) throws -> any FittedModel {
        try context.cancellation.check()
        let events = try Events(data)
        let interactions = try Interactions(events)
        return ContentModel(interactions: interactions, vectors: try ContentVectors(data, events, context: context))
    }
}
