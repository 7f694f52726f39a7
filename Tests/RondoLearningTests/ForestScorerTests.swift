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

    /// Every set over up to five levels, missing among them, as runs of codes: a code belongs to the first run whose end it does not pass.
    @Test(arguments: 0...5) func cutsTellExactlyTheSet(levels: Int) {
        let relevant = (0..<levels).map { UInt8($0) } + [FeatureBins.missing]
        for bits in 0..<(1 << relevant.count) {
            var set = CodeSet()
            for (place, code) in relevant.enumerated() where bits >> place & 1 == 1 { set.insert(code) }
            let cuts = LevelCuts(set, codeCount: levels)
            for code in relevant {
                let asked = cuts.startsWithMissing ? code &+ 1 : code
                let run = cuts.ends.firstIndex { asked <= $0 } ?? cuts.ends.count
                #expect(cuts.isLeft(run) == set.contains(code), "\(cuts) \(code)")
            }
            let inside = relevant.map { set.contains($0) }
            let turns = inside.indices.count { inside[$0] != inside[($0 + 1) % inside.count] }
            #expect(cuts.ends.count <= turns, "\(cuts) has more cuts than there are turns")
        }
    }

    struct Shape: Sendable, CustomTestStringConvertible {
        let features: Int
        let levels: Int
        let sizes: [Int]
        let width: Int
        /// How many trees are to be short lists of cuts.
        let cutTrees: Int

        var testDescription: String { "\(features) features, \(levels) levels, \(sizes.count) trees, \(width) values" }
    }

    static let shapes = [
        Shape(features: 6, levels: 5, sizes: Array(repeating: 301, count: 37), width: 1, cutTrees: 37),
        Shape(features: 6, levels: 4, sizes: Array(repeating: 99, count: 33), width: 3, cutTrees: 33),
        // Sets of 200 levels would make these trees too long, but for those that are a leaf.
        Shape(features: 4, levels: 200, sizes: [1, 501, 1, 501, 501], width: 1, cutTrees: 2),
        Shape(features: 150, levels: 7, sizes: [31, 31, 31, 1, 31, 31, 31, 31, 31, 31, 31], width: 2, cutTrees: 0),
        Shape(features: 5, levels: 6, sizes: [65_537, 301, 70_001, 65_535, 301, 66_001], width: 1, cutTrees: 2),
    ]

    /// Trees of any shape, drawn at random, on rows with gaps and every code: many rows together and each row alone give the bits of a walk
    /// from node to node.
    @Test(arguments: shapes) func anyTreeIsWalkedToItsLeaf(shape: Shape) throws {
        var stream = RandomStream(seed: 5, purpose: "test/trees")
        let bins = (0..<shape.features).map { index in
            FeatureBins(
                name: "x\(index)",
                kind: index % 2 == 0
                    ? .numbers(cuts: (0..<254).map { Double($0) })
                    : .categories(levels: (0..<shape.levels).map { "\($0)" }, codes: (0..<shape.levels).map { UInt8($0) }))
        }
        let trees = shape.sizes.map { Self.tree(nodes: $0, bins: bins, width: shape.width, &stream) }
        let importances = [Double](repeating: 0, count: bins.count)
        let ensemble = TreeEnsemble(BinnedFeatures(bins), trees: trees, width: shape.width, importances: importances)
        #expect(ensemble.scorer.cuts.starts.count { $0 != nil } == shape.cutTrees)
        let rowCount = 45
        let codes = (0..<rowCount).flatMap { row in
            bins.map { bin in
                if row % 9 == 8 || stream.uniform(below: 12) == 0 { return FeatureBins.missing }
                return UInt8(stream.uniform(below: bin.codeCount))
            }
        }
        let expected = (0..<rowCount).flatMap { row in
            Self.sums(ensemble, Array(codes[row * bins.count..<(row + 1) * bins.count]))
        }
        var together = [Double](repeating: 0, count: expected.count)
        try ensemble.scorer.add(
            codes: codes, stride: bins.count, leafValues: ensemble.leafValues, width: shape.width, to: &together,
            trees: ensemble.roots.indices, cancellation: CancellationToken())
        #expect(together == expected)
        for row in 0..<rowCount {
            var alone = [Double](repeating: 0, count: shape.width)
            try ensemble.scorer.add(
                codes: Array(codes[row * bins.count..<(row + 1) * bins.count]), stride: bins.count, leafValues: ensemble.leafValues,
                width: shape.width, to: &alone, trees: ensemble.roots.indices, cancellation: CancellationToken())
            #expect(alone == Array(expected[row * shape.width..<(row + 1) * shape.width]), "row \(row)")
        }
    }

    /// The sums of one row, node by node.
    private static func sums(_ ensemble: TreeEnsemble, _ codes: [UInt8]) -> [Double] {
        var sums = [Double](repeating: 0, count: ensemble.width)
        for root in ensemble.roots {
            var node = ensemble.nodes[root]
            while !node.isLeaf {
                let isLeft = ensemble.goesLeft(node, codes[Int(node.feature)])
                node = ensemble.nodes[ensemble.left(of: node) + (isLeft ? 0 : 1)]
            }
            for index in sums.indices { sums[index] += ensemble.leafValues[Int(node.link) * ensemble.width + index] }
        }
        return sums
    }

    /// A tree of an odd number of nodes, any leaf of which is split next: by a cut, with missing rows on either side, or by any set.
    private static func tree(nodes: Int, bins: [FeatureBins], width: Int, _ stream: inout RandomStream) -> GrownTree {
        var tree = GrownTree(importances: [])
        tree.nodes.append(.leaf(0))
        var ends = [0]
        while tree.nodes.count < nodes {
            let place = stream.uniform(below: ends.count)
            var set = CodeSet()
            for word in 0..<4 { set.words[word] = stream.nextUInt64() }
            let feature = stream.uniform(below: bins.count)
            let isCategory = bins[feature].isCategory
            var split = FoundSplit(
                score: 0, code: UInt8(stream.uniform(below: bins[feature].codeCount)), set: set, isCategory: isCategory)
            split.feature = feature
            let left = tree.split(ends[place], by: split, isCategory: isCategory)
            ends[place] = left
            ends.append(left + 1)
        }
        for end in ends { tree.addLeaf(end, (0..<width).map { _ in stream.uniform() }, cover: 1) }
        return tree
    }

    /// Eight rows or many trees side by side give the bits of one row after the other, with gaps, categories and all sizes of the last
    /// block.
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
