package import RondoKernels
package import RondoReport

/// Factors of the items; those of a person are solved for from the history.
package struct ALSModel: RankingModel {
    package static let familyName = "als"

    package let interactions: Interactions
    let penalty: Double
    private let solver: FactorSolver

    var items: FactorRows { solver.fixed }

    init(interactions: Interactions, items: FactorRows, penalty: Double) throws {
        self.interactions = interactions
        self.penalty = penalty
        solver = try FactorSolver(fixed: items, penalty: penalty, context: .quiet)
    }

    package func scores(of history: History) throws -> [Double] {
        try interactions.require(history)
        guard !history.isEmpty else { return interactions.popularity }
        let vector = solver.solution(history).vector
        return (0..<items.count).map { items.product($0, vector) }
    }

    /// The cosine of the factors; 0 for items that nobody liked.
    package func likeness(to item: Int) throws -> [Double]? {
        try interactions.require(item: item)
        let vector = items.row(item)
        let length = items.product(item, vector)
        return (0..<items.count).map { other in
            let product = length * items.product(other, items.row(other))
            return product > 0 ? items.product(other, vector) / product.squareRoot() : 0
        }
    }

    /// A score is the sum over the history of c y'W y, W the inverse of the person's matrix: the item of the largest part.
    package func reason(for item: Int, in history: History) throws -> Int? {
        try interactions.require(item: item)
        try interactions.require(history)
        guard !history.isEmpty else { return nil }
        let seen = solver.solution(history).equations.solution(items.row(item))
        var best: (item: Int, share: Double)?
        for (own, strength) in zip(history.items, history.strengths) where Int(own) != item {
            let share = strength * items.product(Int(own), seen)
            if share > best?.share ?? 0 { best = (Int(own), share) }
        }
        return best?.item
    }

    package var readable: String { "\(items.factors) factors of \(NumberText.count(items.count)) items" }

    package var learned: [TableBlock] {
        let rows = interactions.mostPopular.flatMap { item -> [[Scalar]] in
            let likeness = (try? likeness(to: item)) ?? []
            return BestItems.of(likeness, count: 3, leavingOut: [Int32(item)]).map { near in
                [.text(interactions.items[item]), .text(interactions.items[Int(near)]), Scalar(likeness[Int(near)])]
            }
        }
        return [
            TableBlock(
                caption: "items with the most alike factors, of the most popular ones",
                columns: [.init("item", "text", .plain), .init("like", "text", .plain), .init("cosine", "number")], rows: rows)
        ]
    }

    package func archive() -> Archive {
        var archive = Archive()
        archive.set("interactions", interactions.archive())
        archive.set("item_factors", items.archive())
        archive.set("penalty", penalty)
        return archive
    }

    /// - Throws: R0590 for damaged data.
    init(from archive: Archive) throws {
        let interactions = try Interactions(from: try archive.archive("interactions"))
        let items = try FactorRows(from: try archive.archive("item_factors"), count: interactions.items.count)
        let penalty = try archive.number("penalty")
        try archive.require(penalty > 0 && penalty.isFinite, "penalty")
        try self.init(interactions: interactions, items: items, penalty: penalty)
    }
}
