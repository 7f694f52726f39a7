import RondoKernels
import Testing

@testable import RondoLearning

@Suite struct ForestGrowerTests {
    private static let settings = [(leaf: 1, depth: Int.max), (leaf: 5, depth: Int.max), (leaf: 3, depth: 7)]

    /// Histograms, sorted lists and cells of whole subtrees give the very trees of a search through one column after the other, node by
    /// node: with gaps, levels, columns of few and many codes, equal columns, rows drawn often, numbers and two classes.
    @Test(arguments: [30, 129, 2500], [true, false]) func treesAreThoseOfOneColumnAfterTheOther(rows: Int, areClasses: Bool) throws {
        for (leaf, depth) in Self.settings {
            let data = Self.data(rows, areClasses)
            let matrix = try BinnedMatrix(data, context: .quiet)
            let target = try ForestTarget(data, family: "forest", most: 3 * rows)
            let width = matrix.binned.bins.count
            for unit in 0..<4 {
                var stream = RandomStream(seed: 5, purpose: "test", unit: UInt64(unit))
                var counts = [UInt32](repeating: 0, count: rows)
                // In the last tree one row stands for very many.
                if unit == 3 { counts[rows / 2] = UInt32(2 * rows) }
                for _ in 0..<rows { counts[stream.uniform(below: rows)] += 1 }
                // More columns tried than there are: the same splits, but found by a search through each.
                let (whole, single) = try (
                    Self.grow(matrix, target, leaf, depth, tried: width, counts, stream),
                    Self.grow(matrix, target, leaf, depth, tried: width + 1, counts, stream)
                )
                #expect(whole.nodes == single.nodes)
                #expect(whole.categorySplits == single.categorySplits)
                #expect(whole.leafValues == single.leafValues)
                #expect(whole.leafCovers == single.leafCovers)
                #expect(whole.importances == single.importances)
                #expect(whole.nodes.count > 1)
            }
        }
    }

    /// Codes that are held once, without gaps, give the trees of those that are held twice.
    @Test(arguments: [true, false]) func treesAreTheSameInEitherLayout(areClasses: Bool) throws {
        let data = Self.data(2500, areClasses)
        let matrices = try [BinnedMatrix(data, context: .quiet), BinnedMatrix(data, mostTwice: 0, context: .quiet)]
        for feature in data.features.features.indices {
            let codes = matrices.map { matrix in (0..<Int32(2500)).map { matrix.column(feature)[$0] } }
            #expect(codes[0] == codes[1])
        }
        #expect(matrices.map { $0.column(1).stride }[0] == 1 && matrices[1].column(1).stride > 1)
        let target = try ForestTarget(data, family: "forest", most: 2500)
        let counts = (0..<2500).map { UInt32($0 % 3) }
        for tried in [3, matrices[0].binned.bins.count] {
            let trees = try matrices.map {
                try Self.grow($0, target, 5, .max, tried: tried, counts, RandomStream(seed: 5, purpose: "test"))
            }
            Self.expectSame(trees)
        }
        Self.expectSame(try matrices.map { try Self.boost($0, data) })
    }

    @Test func rowsAreCountedBeyondAByte() {
        let list: [UInt32] = [0, 1, 254, 255, 256, 70_000]
        let given = DrawnRows(list)
        var drawn = DrawnRows(rowCount: list.count)
        for (row, count) in list.enumerated() { for _ in 0..<count { drawn.draw(row) } }
        #expect(list.indices.map { given[$0] } == list && list.indices.map { drawn[$0] } == list)
        #expect(drawn.total == 70_766 && drawn.differentCount == 5)
    }

    private static func expectSame(_ trees: [GrownTree]) {
        #expect(trees[0].nodes == trees[1].nodes && trees[0].nodes.count > 1)
        #expect(trees[0].categorySplits == trees[1].categorySplits)
        #expect(trees[0].leafValues == trees[1].leafValues)
        #expect(trees[0].leafCovers == trees[1].leafCovers)
        #expect(trees[0].importances == trees[1].importances)
    }

    private static func boost(_ matrix: BinnedMatrix, _ data: TrainingData) throws -> GrownTree {
        let target = try BoostingTarget(data, loss: nil, level: 0.5)
        let state = BoostingState(target, weights: nil)
        state.start(target.base(nil))
        try state.differentiate(0, context: .quiet)
        let settings = BoostingGrower.Settings(leaves: 31, depth: .max, leaf: 20, penalty: 0)
        let draw = ColumnDraw(matrix, share: 1, seed: 1)
        return try BoostingGrower(matrix, settings: settings, draw: draw, context: .quiet).grow(state, number: 0).tree
    }

    private static func grow(
        _ matrix: BinnedMatrix, _ target: ForestTarget, _ leaf: Int, _ depth: Int, tried: Int, _ counts: [UInt32], _ stream: RandomStream
    ) throws -> GrownTree {
        let settings = ForestGrower.Settings(depth: depth, leaf: leaf, tried: tried, isRandomCut: false)
        return try ForestGrower(
            matrix: matrix, target: target, settings: settings, counts: DrawnRows(counts), stream: stream, cancellation: CancellationToken()
        ).grow()
    }

    private static func data(_ rows: Int, _ areClasses: Bool) -> TrainingData {
        var stream = RandomStream(seed: 2, purpose: "test")
        func numbers(_ body: (inout RandomStream) -> Double) -> Features.Values { .numbers((0..<rows).map { _ in body(&stream) }) }
        func levels(_ count: Int) -> Features.Values {
            let codes = (0..<rows).map { _ in stream.uniform() < 0.1 ? -1 : Int32(stream.uniform(below: count)) }
            return .categories(codes, levels: (0..<count).map { "level \($0)" })
        }
        let smooth = numbers { $0.uniform() }
        let list: [(String, Features.Values)] = [
            ("smooth", smooth), ("same", smooth), ("gaps", numbers { $0.uniform() < 0.2 ? .nan : $0.uniform() }),
            ("yes or no", numbers { Double($0.uniform(below: 2)) }), ("few", numbers { Double($0.uniform(below: 9)) }),
            ("few, gaps", numbers { $0.uniform() < 0.4 ? .nan : Double($0.uniform(below: 12)) }),
            ("some", numbers { Double($0.uniform(below: 40)) }), ("constant", numbers { _ in 3 }), ("empty", numbers { _ in .nan }),
            ("few levels", levels(5)), ("many levels", levels(60)),
        ]
        let features = Features(list.map { Features.Feature($0.0, $0.1) }, rowCount: rows)
        let values = (0..<rows).map { row -> Double in
            let parts = features.features.map { feature -> Double in
                switch feature.values {
                case .numbers(let values): values[row].isNaN ? 0.3 : values[row]
                case .categories(let codes, _): Double((codes[row] &* 37) % 11) / 5
                case .sparse: 0
                }
            }
            return (parts.reduce(0, +) * 8).rounded() + Double(stream.uniform(below: 3))
        }
        guard areClasses else { return TrainingData(features: features, target: .numbers(values)) }
        let middle = values.sorted()[rows / 2]
        return TrainingData(features: features, target: .classes(values.map { $0 > middle ? 1 : 0 }, names: ["no", "yes"]))
    }
}
