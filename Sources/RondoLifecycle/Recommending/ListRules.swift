import RondoKernels
package import RondoLearning

/// How a list of items is drawn from the scores of a recommender.
package struct ListRules: Sendable {
    /// Longest list.
    package var count: Int
    /// Whether items the user had to do with may stand in it.
    package var includesSeen = false
    /// Which items may stand in it; nil allows all.
    package var allowed: [Bool]?
    /// A second wish beside the scores: a value an item (NaN counts as the least), and its weight from 0 to 1.
    package var favored: (values: [Double], weight: Double)?
    /// How much an item that is like those above it is put back, from 0 to 1.
    package var diversity = 0.0

    package init(count: Int) { self.count = count }

    /// One place of a list.
    package struct Place: Sendable, Hashable {
        package let item: Int
        /// The score that decided, before likeness put items back.
        package let score: Double
    }

    /// The list for one user, best first; of equal scores the smaller item.
    ///
    /// With `favored` or `diversity` the scores of the items that may stand in the list are first brought to 0...1.
    /// Source of diversity: Carbonell and Goldstein 1998, maximal marginal relevance.
    package func list(_ model: any RankingModel, history: History, seen: [Int32]) throws -> [Place] {
        var scores = try model.scores(of: history)
        var open = allowed ?? [Bool](repeating: true, count: scores.count)
        if !includesSeen { for item in seen { open[Int(item)] = false } }
        let items = scores.indices.filter { open[$0] }
        if favored != nil || diversity > 0 { ListRules.bringToUnit(&scores, over: items) }
        if let favored {
            var values = favored.values
            ListRules.bringToUnit(&values, over: items)
            for item in items { scores[item] = (1 - favored.weight) * scores[item] + favored.weight * values[item] }
        }
        // Those that are put back may come from far behind.
        let first = diversity > 0 ? max(200, count * 10) : count
        let order = BestItems.of(scores, count: first, allowed: open).map { Int($0) }
        guard diversity > 0 else { return order.map { Place(item: $0, score: scores[$0]) } }
        return try diverse(model, order: order, scores: scores)
    }

    /// Takes one item after the other: the best by score less its greatest likeness to those taken.
    private func diverse(_ model: any RankingModel, order: [Int], scores: [Double]) throws -> [Place] {
        var candidates = order
        var nearest = [Double](repeating: 0, count: candidates.count)
        var list: [Place] = []
        while list.count < count, !candidates.isEmpty {
            var best = 0
            var bestValue = -Double.infinity
            for (place, item) in candidates.enumerated() {
                let value = (1 - diversity) * scores[item] - diversity * nearest[place]
                if value > bestValue { (best, bestValue) = (place, value) }
            }
            let taken = candidates.remove(at: best)
            nearest.remove(at: best)
            list.append(Place(item: taken, score: scores[taken]))
            guard let likeness = try model.likeness(to: taken) else { continue }
            for (place, item) in candidates.enumerated() { nearest[place] = max(nearest[place], likeness[item]) }
        }
        return list
    }

    /// Least to 0, greatest to 1, over these items; all alike become 0.
    private static func bringToUnit(_ values: inout [Double], over items: [Int]) {
        var (least, greatest) = (Double.infinity, -Double.infinity)
        for item in items where !values[item].isNaN { (least, greatest) = (min(least, values[item]), max(greatest, values[item])) }
        let span = greatest - least
        for item in items { values[item] = values[item].isNaN || !(span > 0) ? 0 : (values[item] - least) / span }
    }
}
