import RondoKernels

/// Adds up who liked what.
struct PopularityLearner: Learner {
    /// Days; nil counts all events alike.
    let halfLife: Double?

    func fit(_ data: TrainingData, seed: UInt64, context: ComputeContext) throws -> any FittedModel {
        try context.cancellation.check()
        let events = try Events(data)
        let interactions = try Interactions(events)
        try context.cancellation.check()
        guard let halfLife else { return PopularityModel(interactions: interactions, scores: interactions.popularity, halfLife: nil) }
        let ages = try ages(data, of: events)
        let shares = zip(events.strength, ages).map { $0 * Elementary.exp(-0.6931471805599453 * ($1 / halfLife)) }
        var scores = [Double](repeating: 0, count: events.items.count)
        // In an order of the shares themselves: the sums do not depend on the order of the rows.
        for event in Sorting.order(shares) { scores[Int(events.item[event])] += shares[event] }
        return PopularityModel(interactions: interactions, scores: scores, halfLife: halfLife)
    }

    private func ages(_ data: TrainingData, of events: Events) throws -> [Double] {
        guard let ages = data.ages, ages.count == data.features.rowCount else {
            throw Fault(
                "R0465", "decay needs to know when each event was, and no column of moments is known",
                remedy: "name it in the goal: goal recommend movie to user at watched_on", subject: "decay")
        }
        return try events.row.map { row in
            guard ages[row] >= 0, ages[row].isFinite else {
                throw Fault(
                    "R0465", "decay needs to know when each event was, and row \(row + 1) has no moment",
                    remedy: "leave out rows without a moment, with where", subject: "decay")
            }
            return ages[row]
        }
    }
}
