import RondoKernels
import RondoSignature
import Testing

@testable import RondoLearning

/// What tree families must hold besides what every family must.
@Suite struct TreeBatteryTests {
    private static let families = ["tree", "forest", "extra_trees", "boost"]
    private static let tasks = [TaskKind.regression, .binary, .multiclass]

    private static func learner(_ family: String, _ options: [String: FamilyOptions.Value] = [:]) throws -> any Learner {
        try #require(ModelFamilies.named(family)).learner(FamilyOptions(options))
    }

    private static func columns(_ predictions: Predictions) -> [[Double]] {
        switch predictions {
        case .numbers(let values): [values]
        case .probabilities(let columns, _): columns
        }
    }

    private static func distance(_ first: Predictions, _ second: Predictions) -> Double {
        zip(columns(first).joined(), columns(second).joined()).reduce(0) { max($0, ($1.0 - $1.1).magnitude) }
    }

    private static func data(_ task: TaskKind, rows: Int = 300) -> TrainingData {
        let features = TreeShapTests.features(rows)
        return TrainingData(features: features, target: TreeShapTests.target(task, features))
    }

    private static func fit(_ family: String, _ data: TrainingData, _ options: [String: FamilyOptions.Value] = [:]) throws
        -> any FittedModel
    {
        try learner(family, options).fit(data, seed: 7, context: .quiet)
    }

    /// Families without draws of rows learn the same from the rows in another order.
    @Test(arguments: ["tree", "boost"], tasks) func orderOfRowsIsNothing(_ family: String, _ task: TaskKind) throws {
        let data = Self.data(task)
        var stream = RandomStream(seed: 1, purpose: "order")
        let order = stream.permutation(data.features.rowCount).map { Int32($0) }
        let moved = TrainingData(features: data.features.gathering(order), target: data.target.gathering(order))
        let first = try Self.fit(family, data).predict(data.features, context: .quiet)
        let second = try Self.fit(family, moved).predict(data.features, context: .quiet)
        #expect(Self.distance(first, second) < 1e-9)
    }

    /// Numbers have no ties between columns, which their order would decide.
    @Test(arguments: ["tree", "boost"]) func orderOfColumnsIsNothing(_ family: String) throws {
        let task = TaskKind.regression
        let data = Self.data(task)
        let turned = Features(data.features.features.reversed(), rowCount: data.features.rowCount)
        let first = try Self.fit(family, data).predict(data.features, context: .quiet)
        let second = try Self.fit(family, TrainingData(features: turned, target: data.target)).predict(turned, context: .quiet)
        #expect(Self.distance(first, second) < 1e-9)
    }

    @Test(arguments: families, tasks) func answersAreThoseOfEachRowAlone(_ family: String, _ task: TaskKind) throws {
        let data = Self.data(task)
        let model = try Self.fit(family, data)
        let all = Self.columns(try model.predict(data.features, context: .quiet))
        for row: Int32 in [0, 63, 64, 299] {
            let alone = Self.columns(try model.predict(data.features.gathering([row]), context: .quiet))
            for (column, answers) in alone.enumerated() { #expect(answers[0] == all[column][Int(row)], "\(family) \(row)") }
        }
    }

    @Test(arguments: ["extra_trees", "boost"], tasks) func wholeWeightsAreCopies(_ family: String, _ task: TaskKind) throws {
        let data = Self.data(task)
        let weights = (0..<data.features.rowCount).map { Double($0 % 3) }
        let copies = (0..<data.features.rowCount).flatMap { [Int32](repeating: Int32($0), count: $0 % 3) }
        let weighted = TrainingData(features: data.features, target: data.target, weights: weights)
        let copied = TrainingData(features: data.features.gathering(copies), target: data.target.gathering(copies))
        let first = try Self.fit(family, weighted).predict(data.features, context: .quiet)
        let second = try Self.fit(family, copied).predict(data.features, context: .quiet)
        #expect(Self.distance(first, second) < 1e-9, "\(family) \(task)")
    }

    /// A weight that is no whole number takes part as such: twice all weights is no other problem.
    @Test(arguments: ["tree", "forest"]) func onlyRatiosOfWeightsCount(_ family: String) throws {
        let data = Self.data(.regression)
        let weights = (0..<data.features.rowCount).map { 0.25 + Double($0 % 5) / 8 }
        func answers(_ factor: Double) throws -> Predictions {
            let weighted = TrainingData(features: data.features, target: data.target, weights: weights.map { $0 * factor })
            return try Self.fit(family, weighted).predict(data.features, context: .quiet)
        }
        #expect(Self.distance(try answers(1), try answers(2)) < 1e-9, "\(family)")
    }

    @Test(arguments: families) func rowsWithoutWeightAreNotLearned(_ family: String) throws {
        let data = Self.data(.regression)
        guard case .numbers(let values) = data.target else { return }
        let weights = values.indices.map { $0 % 4 == 0 ? 0.0 : 1.0 }
        let spoilt = values.enumerated().map { $0 % 4 == 0 ? 1e6 : $1 }
        let model = try Self.fit(family, TrainingData(features: data.features, target: .numbers(spoilt), weights: weights))
        let answers = Self.columns(try model.predict(data.features, context: .quiet))[0]
        #expect(answers.allSatisfy { $0.magnitude < 100 }, "\(family)")
    }

    /// Three hundred levels in shuffled order say as much as a number that grows with their effect.
    @Test(arguments: families) func levelsAreFoundWhateverTheirOrder(_ family: String) throws {
        let (rows, levels) = (9000, 300)
        var stream = RandomStream(seed: 4, purpose: "levels")
        let names = stream.permutation(levels)
        let codes = (0..<rows).map { _ in stream.uniform(below: levels) }
        let target = codes.map { 10 * Double($0) / Double(levels) + 0.5 * stream.normal() }
        let noise = Features.Feature("noise", .numbers((0..<rows).map { _ in stream.normal() }))
        let ordered = Features([Features.Feature("x", .numbers(codes.map { Double($0) })), noise], rowCount: rows)
        let shuffled = Features(
            [
                Features.Feature(
                    "x", .categories(codes.map { Int32(names[$0]) }, levels: (0..<levels).map { "level \($0)" })), noise,
            ], rowCount: rows)
        let (train, test) = ((0..<Int32(6000)).map { $0 }, (6000..<Int32(9000)).map { $0 })
        func error(_ features: Features) throws -> Double {
            let data = TrainingData(features: features.gathering(train), target: .numbers(train.map { target[Int($0)] }))
            let options: [String: FamilyOptions.Value] = family == "boost" ? [:] : ["leaf": .integer(10)]
            let model = try Self.fit(family, data, options)
            let answers = Self.columns(try model.predict(features.gathering(test), context: .quiet))[0]
            let squares = zip(test, answers).map { ($1 - target[Int($0)]) * ($1 - target[Int($0)]) }
            return (squares.reduce(0, +) / Double(test.count)).squareRoot()
        }
        let (byNumber, byLevel) = (try error(ordered), try error(shuffled))
        // A random group of levels is a weaker question than a random cut of their effects.
        #expect(byLevel < byNumber * (family == "extra_trees" ? 1.5 : 1.15), "\(family): \(byLevel) by level, \(byNumber) by number")
        #expect(byLevel < 0.75, "\(family)")
    }

    @Test(arguments: families, tasks) func missingTellsByItself(_ family: String, _ task: TaskKind) throws {
        // Whether a value is missing is all there is to know.
        let rows = 200
        let values = (0..<rows).map { $0 % 3 == 0 ? Double.nan : 1 }
        let features = Features([Features.Feature("x", .numbers(values))], rowCount: rows)
        let target: TargetValues =
            switch task {
            case .regression: .numbers(values.map { $0.isNaN ? 5 : -5 })
            case .binary: .classes(values.map { $0.isNaN ? 1 : 0 }, names: ["no", "yes"])
            default: .classes(values.map { $0.isNaN ? 2 : 1 }, names: ["a", "b", "c"])
            }
        let model = try Self.fit(family, TrainingData(features: features, target: target))
        let answers = Self.columns(try model.predict(features, context: .quiet))
        let last = answers[answers.count - 1]
        #expect(last[0] > last[1] + 0.9, "\(family) \(task)")
    }

    @Test(arguments: tasks) func boostingStopsOnRowsKeptApart(_ task: TaskKind) throws {
        let data = Self.data(task, rows: 1500)
        let options: [String: FamilyOptions.Value] = ["trees": .integer(400), "rate": .number(0.5), "stop": .integer(10)]
        let model = try #require(try Self.fit("boost", data, options) as? BoostingModel)
        let rounds = model.ensemble.roots.count / model.base.count
        #expect(rounds > 0 && rounds < 390, "\(rounds) rounds")
    }

    /// `leaf` counts rows, however sure the model already is of them.
    @Test(arguments: tasks, [20, 45]) func leavesHoldTheRowsAskedFor(_ task: TaskKind, _ leaf: Int) throws {
        let data = Self.data(task, rows: 700)
        let whole: [Double] = (0..<700).map { Double($0 % 3) }
        let broken: [Double] = (0..<700).map { 0.25 + Double($0 % 5) / 4 }
        let kinds: [[Double]?] = [nil, whole, broken]
        for weights in kinds {
            let weighted = TrainingData(features: data.features, target: data.target, weights: weights)
            let model = try #require(try Self.fit("boost", weighted, ["leaf": .integer(Int64(leaf))]) as? BoostingModel)
            let covers = model.ensemble.leafCovers
            #expect(covers.allSatisfy { $0 >= Double(leaf) * (1 - 1e-9) }, "\(task): \(covers.min() ?? 0)")
            #expect(covers.contains { $0 < 1.5 * Double(leaf) }, "\(task): no leaf comes near the limit")
        }
    }

    /// Models of fewer trees out of one growth are those of fits of their own.
    @Test(arguments: ["forest", "extra_trees", "boost"], tasks) func treesAreShared(_ family: String, _ task: TaskKind) throws {
        let data = Self.data(task)
        func learner(_ trees: Int) throws -> any GrowingLearner {
            try #require(try Self.learner(family, ["trees": .integer(Int64(trees))]) as? any GrowingLearner)
        }
        let counts = [3, 9, 1]
        let shared = try learner(9).fit(data, seed: 7, counts: counts, context: ComputeContext(threads: ThreadCount(2)))
        for (count, model) in zip(counts, shared) {
            #expect(try learner(count).fit(data, seed: 7, context: .quiet).archive() == model.archive(), "\(family) \(count)")
        }
    }

    /// The rows of all leaves of a tree are those it was grown on.
    @Test(arguments: ["forest", "extra_trees", "boost"]) func leavesShareOutTheRows(_ family: String) throws {
        let model = try Self.fit(family, Self.data(.binary))
        let ensemble: TreeEnsemble
        switch model {
        case let model as ForestModel: ensemble = model.trees.ensemble
        case let model as ExtraTreesModel: ensemble = model.trees.ensemble
        default: ensemble = try #require(model as? BoostingModel).ensemble
        }
        let covers = ensemble.covers
        #expect(ensemble.roots.allSatisfy { covers[$0] == 300 })
    }

    @Test func shortCountsAreReadBack() {
        let counts: [Double] = [0, 1, 127, 128, 300, 16_384, 0x1p52]
        #expect(ShortCounts.bytes(counts).map(ShortCounts.counts) == counts)
        #expect(ShortCounts.bytes([1, 0.5]) == nil && ShortCounts.bytes([-1]) == nil && ShortCounts.bytes([.infinity]) == nil)
        #expect(ShortCounts.counts([UInt8](repeating: 255, count: 40)).isEmpty)
    }

    private static func correlation(_ first: [Double], _ second: [Double]) -> Double {
        let (one, two) = (Moments(first), Moments(second))
        let products = zip(first, second).reduce(0) { $0 + ($1.0 - one.mean) * ($1.1 - two.mean) } / Double(first.count)
        return products / (one.populationVariance * two.populationVariance).squareRoot()
    }

    /// Where levels have a few rows each and the target is noise, the codes that rows are learned from know nothing of it.
    @Test func levelsDoNotLearnTheirOwnRows() {
        let rows = 4000
        var stream = RandomStream(seed: 8, purpose: "noise of levels")
        let codes = (0..<rows).map { _ in Int32(stream.uniform(below: 1000)) }
        let target = (0..<rows).map { _ in stream.normal() }
        let groups = LevelGroups(codes, levelCount: 1000, response: .numbers(target), weights: nil)
        let own = codes.map { Double(groups.codes[Int($0)]) }
        let fromOthers = groups.training.map { Double($0) }
        #expect(Self.correlation(own, target) > 0.2, "the order of levels holds the noise")
        #expect(Self.correlation(fromOthers, target).magnitude < 0.06)
    }

    /// Leaves that are worked out beforehand and then not reached hold their rows in two runs: scores must not miss one of them, however
    /// the rows are shared out among threads.
    @Test func boostingIsTheSameOnAnyNumberOfThreads() throws {
        let data = Self.data(.regression, rows: 30_000)
        let learner = try Self.learner("boost", ["trees": .integer(40)])
        let one = try learner.fit(data, seed: 7, context: .quiet)
        let two = try learner.fit(data, seed: 7, context: ComputeContext(threads: ThreadCount(2)))
        #expect(one.archive() == two.archive())
    }

    @Test func boostingSamplesRowsAndColumns() throws {
        let data = Self.data(.regression, rows: 1000)
        let plain = try Self.fit("boost", data, ["features": .number(1)]).predict(data.features, context: .quiet)
        for name in ["rows", "features"] {
            let options: [String: FamilyOptions.Value] = ["features": .number(1)].merging([name: .number(0.5)]) { $1 }
            let one = try Self.learner("boost", options).fit(data, seed: 7, context: .quiet)
            let two = try Self.learner("boost", options).fit(data, seed: 7, context: ComputeContext(threads: ThreadCount(2)))
            #expect(one.archive() == two.archive())
            #expect(Self.distance(plain, try one.predict(data.features, context: .quiet)) > 1e-3)
        }
    }

    /// Each loss finds what it is for: means, medians, quantiles, means of counts.
    @Test func boostingLossesFindTheirStatistic() throws {
        let rows = 4000
        var stream = RandomStream(seed: 9, purpose: "losses")
        let group = (0..<rows).map { Double($0 % 2) }
        let features = Features([Features.Feature("group", .numbers(group))], rowCount: rows)
        let skewed = group.map { (1 + $0) * stream.exponential() }
        func answers(_ options: [String: FamilyOptions.Value], _ target: [Double]) throws -> [Double] {
            let model = try Self.fit("boost", TrainingData(features: features, target: .numbers(target)), options)
            return Self.columns(try model.predict(features, context: .quiet))[0]
        }
        func expected(_ place: Int, _ statistic: ([Double]) -> Double) -> Double {
            statistic(skewed.indices.filter { $0 % 2 == place }.map { skewed[$0] })
        }
        let mean: ([Double]) -> Double = { $0.reduce(0, +) / Double($0.count) }
        let cases: [([String: FamilyOptions.Value], ([Double]) -> Double)] = [
            ([:], mean), (["loss": .word("absolute")], { Quantiles.median($0) }), (["loss": .word("poisson")], mean),
            (["loss": .word("quantile"), "level": .number(0.9)], { Quantiles.of($0, 0.9) }),
            (["loss": .word("quantile")], { Quantiles.median($0) }),
        ]
        for (options, statistic) in cases {
            let found = try answers(options, skewed)
            for place in 0...1 { #expect((found[place] / expected(place, statistic) - 1).magnitude < 0.01, "\(options) \(place)") }
        }
    }

    @Test func unfitLossesAreErrors() throws {
        let numbers = Self.data(.regression)
        let classes = Self.data(.binary)
        for (data, loss, code) in [(numbers, "logistic", "R0790"), (classes, "squared", "R0790"), (numbers, "poisson", "R0791")] {
            let fault = #expect(throws: Fault.self) { try Self.fit("boost", data, ["loss": .word(loss)]) }
            #expect(fault?.code == code)
        }
    }

    @Test(arguments: families) func depthAndLeavesAreLimits(_ family: String) throws {
        let data = Self.data(.regression, rows: 500)
        let model = try Self.fit(family, data, ["depth": .integer(1)])
        let answers = Self.columns(try model.predict(data.features, context: .quiet))[0]
        if family == "tree" { #expect(Set(answers).count == 2) }
        if family == "boost" {
            let few = try #require(try Self.fit("boost", data, ["leaves": .integer(2), "trees": .integer(5)]) as? BoostingModel)
            #expect(few.ensemble.nodes.count == 15)
        }
        guard let model = model as? ForestModel else { return }
        #expect(model.trees.ensemble.nodes.count <= 3 * model.trees.ensemble.roots.count)
    }

    /// More levels than codes, also where the model is read back.
    @Test(arguments: ["forest", "extra_trees", "boost"], tasks) func manyLevelsAreKept(_ family: String, _ task: TaskKind) throws {
        let rows = 1200
        var stream = RandomStream(seed: 5, purpose: "many levels")
        let codes = (0..<rows).map { _ in Int32(stream.uniform(below: 401)) - 1 }
        let features = Features(
            [Features.Feature("x", .categories(codes, levels: (0..<400).map { "\($0)" }))], rowCount: rows)
        let target: TargetValues =
            switch task {
            case .regression: .numbers(codes.map { Double($0 % 7) })
            case .binary: .classes(codes.map { $0 % 2 == 0 ? 1 : 0 }, names: ["no", "yes"])
            default: .classes(codes.map { abs($0 % 3) }, names: ["a", "b", "c"])
            }
        let model = try Self.fit(family, TrainingData(features: features, target: target), ["trees": .integer(5)])
        let restored = try #require(ModelFamilies.named(family)).model(from: model.archive())
        let (first, second) = (try model.predict(features, context: .quiet), try restored.predict(features, context: .quiet))
        #expect(Self.columns(first) == Self.columns(second))
    }
}
