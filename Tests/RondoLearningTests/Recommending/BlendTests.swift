import RondoKernels
import RondoReport
import RondoSignature
import Testing

@testable import RondoLearning

/// Recommenders put together, and recommenders against values computed by hand.
@Suite struct BlendTests {
    /// x: 3 people, y: 2, z: 1; a liked all.
    static let data = Ratings.events([
        ("a", "x", 1), ("a", "y", 1), ("a", "z", 1), ("b", "x", 1), ("b", "y", 1), ("c", "x", 1), ("c", "z", 0),
    ])

    static func model(_ name: String) throws -> any RankingModel {
        let family = try #require(ModelFamilies.named(name))
        return try #require(try family.learner(FamilyOptions()).fit(data, seed: 1, context: .quiet) as? any RankingModel)
    }

    @Test func scoresAreBroughtToOneScale() throws {
        let popularity = try Self.model("popularity")
        #expect(try popularity.scores(of: .empty) == [3, 2, 1])
        let blend = try BlendModel(
            [popularity, popularity], weights: [1, 3], favor: .init(values: [.nan, 10, 20], weight: 0.5))
        #expect(blend.weights == [0.25, 0.75])
        // (1, 0.5, 0) and half of (0, 0, 1), the missing value being the least.
        #expect(try blend.scores(of: .empty) == [1, 0.5, 0.5])
        #expect(throws: Fault.self) { try BlendModel([]) }
        #expect(throws: Fault.self) { try BlendModel([popularity], weights: [0]) }
        #expect(throws: Fault.self) { try BlendModel([popularity], weights: [1, 1]) }
        #expect(throws: Fault.self) { try BlendModel([popularity], favor: .init(values: [1], weight: 0.5)) }
        let forest = FamilyOptions.Part(name: "f", family: "forest", options: FamilyOptions(), columns: [])
        #expect { try BlendFamily.learner(FamilyOptions(parts: [forest])) } throws: { ($0 as? Fault)?.code == "R0466" }
    }

    @Test func basketsCountByHand() throws {
        let model = try Self.model("bought_together")
        let history = model.interactions.history(of: 2)
        // Of x: y in 2 of 3 + 10 baskets, z in 1 of 13; shares of all 3 baskets 2/3 and 1/3.
        let (y, z) = (2.0 / 13, 1.0 / 13)
        #expect(try model.scores(of: history) == [0, y * (y * 3 / 2).squareRoot(), z * (z * 3 / 1).squareRoot()])
        #expect(try model.reason(for: 1, in: history) == 0)
        let pair = try #require(model.learned.first?.rows.first { $0.prefix(2) == [.text("x"), .text("y")] })
        #expect(pair[2...].map(\.number) == [2, 2.0 / 3, 1])
    }

    @Test func cosinesByHand() throws {
        let learner = try ItemKNNFamily.learner(FamilyOptions(["weighting": .word("cosine"), "neighbors": .integer(2)]))
        let model = try #require(try learner.fit(Self.data, seed: 1, context: .quiet) as? ItemKNNModel)
        // Columns (1, 1, 1), (1, 1, 0), (1, 0, 0): of x itself and y are nearest.
        #expect(try model.likeness(to: 0) == [1, 2 / 6.0.squareRoot(), 0])
        #expect(try model.likeness(to: 2) == [0, 1 / 2.0.squareRoot(), 1])
    }

    /// Fewer items than people and fewer people than items are the same model, as is the closed form with dense matrices.
    @Test func easeIsTheSameFromBothSides() throws {
        var stream = RandomStream(seed: 9, purpose: "ease")
        let pairs = (0..<12).flatMap { person in (0..<9).map { (person, $0) } }.filter { _ in stream.uniform() < 0.4 }
        for turned in [false, true] {
            // Turned around, three times as many items as people.
            let events = pairs.flatMap { person, item in
                turned
                    ? (0..<3).map { ("\(person)", "\(item + 9 * $0)", 1.0) }.filter { _ in stream.uniform() < 0.6 }
                    : [("\(person)", "\(item)", 1.0)]
            }
            let learner = try EASEFamily.learner(FamilyOptions(["penalty": .number(2)]))
            let model = try #require(try learner.fit(Ratings.events(events), seed: 1, context: .quiet) as? EASEModel)
            let interactions = model.interactions
            let count = interactions.items.count
            #expect((count > interactions.users.count) == turned)
            var gram = Matrix.identity(count)
            for item in 0..<count { gram[item, item] = 2 }
            for user in interactions.users.indices {
                let own = interactions.liked.columns(of: user).map { Int($0) }
                for first in own { for second in own { gram[first, second] += 1 } }
            }
            let inverse = try #require(Cholesky(gram)).inverse
            for user in interactions.users.indices {
                let history = interactions.history(of: user)
                guard !history.isEmpty else { continue }
                let scores = try model.scores(of: history)
                for item in 0..<count {
                    let expected = history.items.reduce(0.0) { sum, own in
                        Int(own) == item ? sum : sum - inverse[Int(own), item] / inverse[item, item]
                    }
                    #expect((scores[item] - expected).magnitude < 1e-12)
                }
            }
        }
    }

    /// Each half round leaves no gradient: the factors of a person solve the normal equations.
    @Test func factorsSolveTheirEquations() throws {
        let learner = try ALSFamily.learner(FamilyOptions(["factors": .integer(5), "penalty": .number(0.5)]))
        let model = try #require(
            try learner.fit(RankingBatteryTests.data(RankingBatteryTests.events), seed: 1, context: .quiet) as? ALSModel)
        let interactions = model.interactions
        for user in interactions.users.indices {
            let history = interactions.history(of: user)
            let scores = try model.scores(of: history)
            // The score is linear in x: x itself from the equations in double precision.
            let rows = (0..<model.items.count).map { model.items.row($0).prefix(5).map { Double($0) } }
            var matrix = Matrix(rows: 5, columns: 5)
            var right = [Double](repeating: 0, count: 5)
            for (item, row) in rows.enumerated() {
                let strength = history.items.firstIndex(of: Int32(item)).map { history.strengths[$0] }
                for a in 0..<5 {
                    right[a] += (strength ?? 0) * row[a]
                    for b in 0..<5 { matrix[a, b] += (strength ?? 1) * row[a] * row[b] + (item == 0 && a == b ? 0.5 : 0) }
                }
            }
            let vector = try #require(Cholesky(matrix)?.solve(right))
            for (item, row) in rows.enumerated() {
                #expect((scores[item] - zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 }).magnitude < 1e-4)
            }
        }
    }

    @Test func decayCountsOldEventsLess() throws {
        let data = Ratings.events([("a", "x", 1), ("b", "x", 1), ("c", "y", 1)], ages: [20, 10, 0])
        let model = try #require(
            try PopularityFamily.learner(FamilyOptions(["decay": .number(10)])).fit(data, seed: 1, context: .quiet) as? PopularityModel)
        #expect(zip(try model.scores(of: .empty), [0.75, 1]).allSatisfy { ($0 - $1).magnitude < 1e-15 })
        #expect { try PopularityFamily.learner(FamilyOptions(["decay": .number(10)])).fit(Self.data, seed: 1, context: .quiet) } throws: {
            ($0 as? Fault)?.code == "R0465"
        }
    }
}
