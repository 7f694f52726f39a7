import RondoFrame
import RondoKernels
import Testing

@testable import RondoRecipes

/// Codes by the target: the right means, and no row sees its own answer.
@Suite struct EncodeTargetTests {
    /// Worked by hand: prior 1/2, variance inside levels 1/4, between them 1/16, so that four rows count half.
    @Test func codesAreDrawnToThePrior() {
        let learned = TargetCodes(
            places: [0, 0, 0, 0, 1, 1, 1, 1], outcomes: [1, 1, 1, 0, 0, 0, 0, 1], count: 3
        ) { _ in true }
        #expect(learned.prior == 0.5 && learned.strength == 4)
        #expect(learned.codes == [0.625, 0.375, 0.5])
        // Levels without any spread inside are believed at once.
        let sure = TargetCodes(places: [0, 0, 1, 1], outcomes: [5, 5, 9, 9], count: 2) { _ in true }
        #expect(sure.strength == 0 && sure.codes == [5, 9])
        // Nothing to learn from.
        #expect(TargetCodes(places: [], outcomes: [], count: 1) { _ in true }.codes[0].isNaN)
    }

    /// Whatever the outcomes of a fold are, its own codes do not move.
    @Test func aFoldIsCodedByTheOthers() {
        var stream = RandomStream(seed: 4, purpose: "test")
        let places = (0..<400).map { _ in Int32(stream.uniform(below: 30)) }
        let outcomes = (0..<400).map { _ in stream.uniform() }
        let folds = TargetFolds.folds(outcomes, seed: 1)
        let before = TargetFolds.crossFitted(places: places, outcomes: outcomes, folds: folds, count: 30)
        for fold in 0..<Int32(TargetFolds.count) {
            let moved = outcomes.indices.map { folds[$0] == fold ? outcomes[$0] * 100 - 7 : outcomes[$0] }
            let after = TargetFolds.crossFitted(places: places, outcomes: moved, folds: folds, count: 30)
            for row in outcomes.indices { #expect((before[row] == after[row]) == (folds[row] == fold)) }
        }
        #expect((0..<Int32(TargetFolds.count)).allSatisfy { fold in folds.filter { $0 == fold }.count == 80 })
    }

    private enum Kind: CaseIterable { case numbers, two, several }

    /// Rows whose target has nothing to do with their level.
    private func noise(_ kind: Kind, rows: Int, levels: Int) throws -> Frame {
        var stream = RandomStream(seed: 11, purpose: "noise")
        let words = (0..<rows).map { _ in "z\(stream.uniform(below: levels))" }
        let target: Column =
            switch kind {
            case .numbers: .numbers((0..<rows).map { _ in stream.normal(mean: 200_000, deviation: 50_000) })
            case .two: .text((0..<rows).map { _ in stream.bernoulli(0.5) ? "yes" : "no" })
            case .several: .text((0..<rows).map { _ in ["a", "b", "c"][stream.uniform(below: 3)] })
            }
        return try Frame([("zip", .text(words)), ("y", target)])
    }

    private func classes(_ kind: Kind) -> [String] {
        switch kind {
        case .numbers: []
        case .two: ["no", "yes"]
        case .several: ["a", "b", "c"]
        }
    }

    /// The chance that a row of the class has the higher code: 0.5 when the code knows nothing.
    private func auc(_ codes: [Double], _ isPositive: [Bool]) -> Double {
        let order = codes.indices.sorted { codes[$0] < codes[$1] }
        var (ranks, first) = (0.0, 0)
        for place in order.indices where place + 1 == order.count || codes[order[place + 1]] != codes[order[first]] {
            let rank = Double(first + place) / 2 + 1
            for row in order[first...place] where isPositive[row] { ranks += rank }
            first = place + 1
        }
        let positive = Double(isPositive.filter { $0 }.count)
        return (ranks - positive * (positive + 1) / 2) / (positive * (Double(codes.count) - positive))
    }

    @Test(arguments: [2_000, 50]) func aRandomTargetTeachesNothing(_ levels: Int) throws {
        for kind in Kind.allCases {
            let (rows, learning) = (24_000, 14_000)
            let frame = try noise(kind, rows: rows, levels: levels)
            let step = EncodeTargetStep(["zip"], target: "y", classes: classes(kind), seed: 1)
            let (fitted, whole) = try step.fit(frame, rows: (0..<learning).map { Int32($0) }, context: .quiet)
            let target = try #require(frame["y"])
            let median = Quantiles.median(target.numbers())
            for (name, positive) in kind == .several ? [("zip_a", "a"), ("zip_b", "b"), ("zip_c", "c")] : [("zip", "yes")] {
                let codes = try #require(whole[name]).numbers()
                let isPositive = (0..<rows).map { kind == .numbers ? (target[$0].number ?? 0) > median : target[$0] == .text(positive) }
                let taught = auc(Array(codes[..<learning]), Array(isPositive[..<learning]))
                let new = auc(Array(codes[learning...]), Array(isPositive[learning...]))
                #expect(abs(taught - 0.5) < 0.02, "\(kind) \(levels) learning rows: \(taught)")
                #expect(abs(new - 0.5) < 0.02, "\(kind) \(levels) new rows: \(new)")
                // Without folds the rows would find their own answers again.
                let leaking = try #require(try fitted.applied(to: frame)[name]).numbers()
                if levels == 2_000 { #expect(auc(Array(leaking[..<learning]), Array(isPositive[..<learning])) > 0.6) }
            }
        }
    }

    @Test func aRealRelationIsKept() throws {
        var stream = RandomStream(seed: 2, purpose: "signal")
        let places = (0..<6_000).map { _ in stream.uniform(below: 40) }
        let frame = try Frame([
            ("zip", .text(places.map { "z\($0)" })), ("y", .numbers(places.map { Double($0) * 1_000 + stream.normal() * 2_000 })),
        ])
        let (_, whole) = try EncodeTargetStep(["zip"], target: "y", classes: [], seed: 1).fit(frame, rows: nil, context: .quiet)
        let codes = try #require(whole["zip"]).numbers()
        #expect(zip(codes, places).allSatisfy { abs($0 - Double($1) * 1_000) < 1_000 })
        // The same rows, the same codes.
        let again = try EncodeTargetStep(["zip"], target: "y", classes: [], seed: 1).fit(frame, rows: nil, context: .quiet).frame
        #expect(bits(whole) == bits(again))
    }

    @Test func gapsAndNewLevels() throws {
        let frame = try Frame([
            ("zip", .text(["a", "a", "a", nil, nil, nil, "b", "b", "b"])), ("y", .numbers([1, 2, 3, 11, 12, 13, 5, .nan, 7])),
        ])
        let step = EncodeTargetStep(["zip"], target: "y", classes: [], seed: 1)
        let (fitted, whole) = try step.fit(frame, rows: nil, context: .quiet)
        let fresh = try Frame([("zip", .text([nil, "c"]))])
        let codes = try #require(try fitted.applied(to: fresh)["zip"]).numbers()
        #expect(codes[0] > 11 && codes[1] == 54.0 / 8)
        #expect(try fitted.remarks(on: fresh).all == [.init(kind: .unseenLevel, column: "zip", rows: [1])])
        // A row without a target is coded as a new one.
        #expect(try whole["zip"]?[7] == fitted.applied(to: frame)["zip"]?[7])
        #expect(try whole["zip"]?[6] != fitted.applied(to: frame)["zip"]?[6])
        // Its codes need no target.
        #expect(step.dependencies(in: frame.names) == ["zip": ["zip"]] && step.taughtBy == ["y"])
    }

    /// A mean of codes knows the targets of all its rows.
    @Test func aggregatesOfCodesContainTheTarget() throws {
        let recipe = Recipe([
            Recipe.Entry(DeriveStep(try [("copy", "zip")].map(assignment)), text: ""),
            Recipe.Entry(EncodeTargetStep(["zip"], target: "price", classes: [], seed: 1), text: ""),
            Recipe.Entry(DeriveStep(try [("twice", "zip * 2"), ("far", "sqft + 1")].map(assignment)), text: ""),
            Recipe.Entry(DeriveStep(try [("back", "mean(zip by copy)")].map(assignment)), text: ""),
            Recipe.Entry(DeriveStep(try [("again", "back + 1")].map(assignment)), text: ""),
        ])
        let frame = try Sales.frame()
        let fitted = try recipe.fit(frame, rows: nil, context: .quiet).recipe
        let (taught, leaked) = fitted.taught(columns: frame.names)
        #expect(taught == ["zip", "twice"] && leaked == ["back", "again"])
        // The code itself is a feature: it does not reach back to the target.
        #expect(!fitted.reached(from: ["price"], columns: frame.names).contains("zip"))
        #expect(fitted.inputs(of: ["zip"], columns: frame.names) == ["zip"])
    }
}
