import RondoKernels
import Testing

@testable import RondoLearning

@Suite struct ForestScorerTests {
    /// Every set over up to five levels, missing among them, against membership itself.
    @Test(arguments: 1...5) func intervalsHoldExactlyTheSet(levels: Int) {
        let relevant = (0..<levels).map { UInt8($0) } + [FeatureBins.missing]
        for bits in 1..<(1 << relevant.count) {
            var set = CodeSet()
            for (place, code) in relevant.enumerated() where bits >> place & 1 == 1 { set.insert(code) }
            let inside = relevant.indices.map { set.contains(relevant[$0]) }
            let turns = inside.indices.count { inside[$0] != inside[($0 + 1) % inside.count] }
            guard let interval = set.interval(levels: levels) else {
                #expect(turns > 2, "\(inside) is an interval")
                continue
            }
            for code in relevant { #expect((code &- interval.first <= interval.more) == set.contains(code), "\(inside) \(code)") }
        }
    }

    /// Eight rows or four trees side by side give the bits of one row after the other, with gaps, categories and all sizes of the last
    /// block; without categories all nodes are small.
    @Test(arguments: [1, 7, 8, 9, 100], [true, false]) func answersAreThoseOfAWalkByRow(rows: Int, withKinds: Bool) throws {
        let context = ComputeContext()
        let learner = ForestLearner(trees: 13, depth: nil, leaf: 1, features: nil)
        let model = try #require(try learner.fit(Self.data(400, withKinds), seed: 3, context: context) as? ForestModel)
        let features = Self.data(rows, withKinds).features
        guard case .numbers(let answers) = try model.predict(features, context: context) else {
            return #expect(Bool(false), "numbers expected")
        }
        let ensemble = model.trees.ensemble
        let codes = ensemble.binned.codes(features, rows: 0..<rows)
        var sets = 0
        for row in 0..<rows {
            var sum = 0.0
            for root in ensemble.roots {
                var node = ensemble.nodes[root]
                while !node.isLeaf {
                    let code = codes[row * ensemble.binned.bins.count + Int(node.feature)]
                    var left = Int(node.link)
                    var isLeft = code == FeatureBins.missing ? node.flags & ForestNode.missingLeftFlag != 0 : code <= node.code
                    if node.isCategory {
                        let split = ensemble.categorySplits[left]
                        (left, isLeft) = (Int(split.left), split.codes.contains(code))
                        sets += split.codes.interval(levels: 6) == nil ? 1 : 0
                    }
                    node = ensemble.nodes[left + (isLeft ? 0 : 1)]
                }
                sum += ensemble.leafValues[Int(node.link)]
            }
            #expect(answers[row] == sum / Double(ensemble.roots.count))
        }
        #expect(sets > 0 || !withKinds, "no split of levels that is no interval was met")
    }

    /// Numbers with gaps and six levels, whose order says nothing about the target.
    private static func data(_ rows: Int, _ withKinds: Bool) -> TrainingData {
        var stream = RandomStream(seed: 11, purpose: "test")
        let effects = [3.0, -2, 5, 0, 4, -1]
        let codes = (0..<rows).map { _ in Int32(stream.uniform(below: 7)) - 1 }
        let numbers = (0..<rows).map { _ in stream.uniform(below: 10) == 0 ? Double.nan : stream.uniform() }
        let target = (0..<rows).map { row in
            (codes[row] < 0 ? 1 : effects[Int(codes[row])]) + (numbers[row].isNaN ? 2 : numbers[row]) + 0.1 * stream.uniform()
        }
        let kinds =
            withKinds
            ? Features.Values.categories(codes, levels: ["a", "b", "c", "d", "e", "f"])
            : .numbers(codes.map { $0 < 0 ? .nan : Double($0) })
        let features = Features([Features.Feature("kind", kinds), Features.Feature("size", .numbers(numbers))], rowCount: rows)
        return TrainingData(features: features, target: .numbers(target))
    }
}
