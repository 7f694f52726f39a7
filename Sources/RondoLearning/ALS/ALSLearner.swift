import RondoKernels

/// Solves for people and items in turn.
struct ALSLearner: Learner {
    let factors: Int
    let penalty: Double
    let rounds: Int

    func fit(_ data: TrainingData, seed: UInt64, context: ComputeContext) throws -> any FittedModel {
        try context.cancellation.check()
        let interactions = try Interactions(data)
        let people = interactions.liked
        let items = people.transposed()
        var itemFactors = FactorRows.drawn(count: items.rowCount, factors: factors, seed: seed)
        for round in 0..<rounds {
            context.progress(Progress(done: round, total: rounds, label: "rounds"))
            let solver = try FactorSolver(fixed: itemFactors, penalty: penalty, context: context)
            let userFactors = try solver.solutions(people, context: context)
            itemFactors = try FactorSolver(fixed: userFactors, penalty: penalty, context: context).solutions(items, context: context)
        }
        guard itemFactors.values.allSatisfy(\.isFinite) else {
            throw Fault(
                "R0521", "strengths so far apart leave no room for factors", remedy: "take strengths of about 1, or no rated clause",
                subject: "als")
        }
        return try ALSModel(interactions: interactions, items: itemFactors, penalty: penalty)
    }
}
