package import RondoKernels
package import RondoReport

/// How much each item speaks for every other one, kept as an inverse of products of items or of people.
package struct EASEModel: RankingModel {
    package static let familyName = "ease"

    package let interactions: Interactions
    let penalty: Double
    private let side: EASESide
    /// Of the products of items: P. Of the products of people: M, with P = (1 - X'MX) / penalty.
    private let inverse: Matrix
    /// What each item's sum is divided by: P(j, j), or 1 - x'Mx; 1 for items that nobody liked.
    private let divisors: [Double]

    init(interactions: Interactions, penalty: Double, side: EASESide, inverse: Matrix) {
        self.interactions = interactions
        self.penalty = penalty
        self.side = side
        self.inverse = inverse
        divisors = interactions.items.indices.map { item in
            if side.isOfItems {
                let place = Int(side.places[item])
                return place < 0 ? 1 : inverse[place, place]
            }
            let likers = side.likers.columns(of: item)
            return likers.reduce(1) { rest, first in
                rest - likers.reduce(0) { $0 + inverse.storage[Int(first) * side.order + Int($1)] }
            }
        }
    }

    package func scores(of history: History) throws -> [Double] {
        try interactions.require(history)
        return history.isEmpty ? interactions.popularity : sums(over: history.items)
    }

    /// The sums of the weights of some items for each item.
    private func sums(over items: [Int32]) -> [Double] {
        side.isOfItems ? sumsByItems(items) : sumsByPeople(items)
    }

    private func sumsByItems(_ items: [Int32]) -> [Double] {
        var sums = [Double](repeating: 0, count: side.order)
        for item in items where side.places[Int(item)] >= 0 {
            let start = Int(side.places[Int(item)]) * side.order
            for place in 0..<side.order { sums[place] += inverse.storage[start + place] }
        }
        var scores = side.places.enumerated().map { item, place in place < 0 ? 0 : -sums[Int(place)] / divisors[item] }
        for item in items where side.places[Int(item)] >= 0 { scores[Int(item)] += 1 }
        return scores
    }

    private func sumsByPeople(_ items: [Int32]) -> [Double] {
        var counts = [Double](repeating: 0, count: side.order)
        for item in items { for person in side.likers.columns(of: Int(item)) { counts[Int(person)] += 1 } }
        let people = inverse.multiplied(by: counts) ?? counts
        var sums = interactions.items.indices.map { item in side.likers.columns(of: item).reduce(0) { $0 + people[Int($1)] } }
        for item in items { sums[Int(item)] -= 1 - divisors[Int(item)] }
        return zip(sums, divisors).map { $0 / $1 }
    }

    /// The weights of an item for all others.
    package func likeness(to item: Int) throws -> [Double]? {
        try interactions.require(item: item)
        return sums(over: [Int32(item)])
    }

    package func reason(for item: Int, in history: History) throws -> Int? {
        try interactions.require(item: item)
        try interactions.require(history)
        // The matrix whose columns are divided is symmetric: the weights for an item stand in the order of the weights of it.
        let shares = sums(over: [Int32(item)])
        var best: (item: Int, share: Double)?
        for own in history.items where Int(own) != item {
            let share = shares[Int(own)] * divisors[Int(own)]
            if share > best?.share ?? 0 { best = (Int(own), share) }
        }
        return best?.item
    }

    package var readable: String { "weights between \(NumberText.count(interactions.items.count)) items" }

    package var learned: [TableBlock] {
        let rows = interactions.mostPopular.flatMap { item -> [[Scalar]] in
            let weights = sums(over: [Int32(item)])
            return BestItems.of(weights, count: 3, leavingOut: [Int32(item)]).map { other in
                [.text(interactions.items[item]), .text(interactions.items[Int(other)]), Scalar(weights[Int(other)])]
            }
        }
        return [
            TableBlock(
                caption: "what the most popular items speak for most",
                columns: [.init("item", "text", .plain), .init("speaks for", "text", .plain), .init("weight", "number")], rows: rows)
        ]
    }

    package func archive() -> Archive {
        var archive = Archive()
        archive.set("interactions", interactions.archive())
        archive.set("penalty", penalty)
        archive["inverse"] = .numbers((0..<side.order).flatMap { inverse.storage[$0 * side.order...$0 * side.order + $0] })
        return archive
    }

    /// - Throws: R0590 for damaged data.
    init(from archive: Archive) throws {
        let interactions = try Interactions(from: try archive.archive("interactions"))
        let penalty = try archive.number("penalty")
        try archive.require(penalty > 0 && penalty.isFinite, "penalty")
        let side = EASESide(interactions)
        let values = try archive.numbers("inverse", count: side.order * (side.order + 1) / 2)
        try archive.require(values.allSatisfy(\.isFinite), "inverse")
        let inverse = try Matrix(rows: side.order, columns: side.order, context: .quiet) { column, target in
            for row in 0..<side.order {
                let (small, large) = (min(row, column), max(row, column))
                target[row] = values[large * (large + 1) / 2 + small]
            }
        }
        self.init(interactions: interactions, penalty: penalty, side: side, inverse: inverse)
        try archive.require(divisors.allSatisfy { $0 > 0 }, "inverse")
    }
}
