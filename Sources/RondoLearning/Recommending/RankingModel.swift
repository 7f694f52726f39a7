package import RondoKernels
import RondoReport

/// A model that recommends things to people, each by what he or she liked: new histories work as well as those of training.
package protocol RankingModel: FittedModel {
    var interactions: Interactions { get }
    /// One finite score an item, in the order of `interactions.items`, higher is better; an empty history gets the answer for somebody of
    /// whom nothing is known: how popular each item is.
    ///
    /// - Throws: R0514 for a history of items that are not there.
    func scores(of history: History) throws -> [Double]
    /// How like each item is to this one; nil for families that know no likeness of items.
    func likeness(to item: Int) throws -> [Double]?
    /// The item of the history that speaks most for a recommended one; nil when the family cannot say.
    func reason(for item: Int, in history: History) throws -> Int?
}

extension RankingModel {
    package func likeness(to item: Int) throws -> [Double]? { nil }

    package func reason(for item: Int, in history: History) throws -> Int? { nil }

    /// The best `count` items of each user, best first, of equal scores the smaller item.
    ///
    /// - Parameters:
    ///   - users: places in `interactions.users`; any other number stands for somebody of whom nothing is known.
    ///   - leavingOut: items that are not answered, a row a user of the model; nil answers all.
    ///   - allowed: whether an item may be answered, one an item; nil allows all.
    package func ranked(
        _ users: [Int32], count: Int, leavingOut: PairRows?, allowed: [Bool]? = nil, context: ComputeContext
    ) throws -> [[Int32]] {
        try ranked(users.count, context) { place in
            let user = Int(users[place])
            return BestItems.of(
                try scores(of: interactions.history(of: user)), count: count, leavingOut: leavingOut?.columns(of: user) ?? [],
                allowed: allowed)
        }
    }

    /// The best `count` items for each history, as of users.
    ///
    /// - Parameter leavingOut: items that are not answered, ascending, one list a history; nil answers all.
    package func ranked(
        _ histories: [History], count: Int, leavingOut: [[Int32]]?, allowed: [Bool]? = nil, context: ComputeContext
    ) throws -> [[Int32]] {
        try ranked(histories.count, context) { place in
            let left = leavingOut.flatMap { $0.indices.contains(place) ? $0[place][...] : nil } ?? []
            return BestItems.of(try scores(of: histories[place]), count: count, leavingOut: left, allowed: allowed)
        }
    }

    private func ranked(_ count: Int, _ context: ComputeContext, _ list: (Int) throws -> [Int32]) throws -> [[Int32]] {
        let parts = try Parallel.mapChunks(count: count, chunkSize: 16, context: context) { chunk, places in
            context.progress(Progress(done: chunk * 16, total: count, label: "recommendations"))
            return try places.map { place in
                try context.cancellation.check()
                return try list(place)
            }
        }
        return Array(parts.joined())
    }

    /// The score of each row's thing for its person: the least score for an unknown thing, popularity for an unknown person.
    package func predict(_ features: Features, context: ComputeContext) throws -> Predictions {
        let (people, peopleLevels) = try Events.codes(features, 0, "person")
        let (things, thingLevels) = try Events.codes(features, 1, "thing")
        let users = peopleLevels.map { interactions.userIndex($0) ?? -1 }
        let items = thingLevels.map { interactions.itemIndex($0) ?? -1 }
        // Group 0 is everybody of whom nothing is known.
        let groups = people.map { $0 < 0 ? 0 : Int32(truncatingIfNeeded: users[Int($0)] + 1) }
        let (rows, starts) = Sorting.grouped(groups, groupCount: interactions.users.count + 1)
        let occupied = (0..<starts.count - 1).filter { starts[$0] < starts[$0 + 1] }
        let parts = try Parallel.mapChunks(count: occupied.count, chunkSize: 16, context: context) { _, places in
            try places.map { place in
                try context.cancellation.check()
                let group = occupied[place]
                let scores = try scores(of: interactions.history(of: group - 1))
                let least = scores.min() ?? 0
                return rows[starts[group]..<starts[group + 1]].map { row in
                    let item = things[row] < 0 ? -1 : items[Int(things[row])]
                    return item < 0 ? least : scores[item]
                }
            }
        }
        var answers = [Double](repeating: 0, count: features.rowCount)
        for (row, answer) in zip(occupied.flatMap { rows[starts[$0]..<starts[$0 + 1]] }, parts.joined().joined()) {
            answers[row] = answer
        }
        return .numbers(answers)
    }
}
