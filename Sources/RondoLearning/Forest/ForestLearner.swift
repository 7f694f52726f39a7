package import RondoKernels

/// Learns a random forest.
package struct ForestLearner: GrowingLearner {
    package let trees: Int
    package let depth: Int?
    package let leaf: Int
    package let features: Int?

    package var treeCount: Int? { trees }

    package func fit(_ data: TrainingData, seed: UInt64, context: ComputeContext) throws -> any FittedModel {
        ForestModel(try recipe.fit(data, seed: seed, context: context))
    }

    package func fit(_ data: TrainingData, seed: UInt64, counts: [Int], context: ComputeContext) throws -> [any FittedModel] {
        try recipe.fit(data, seed: seed, counts: counts, context: context).map { ForestModel($0) }
    }

    private var recipe: TreesRecipe {
        TreesRecipe(family: "forest", trees: trees, depth: depth, leaf: leaf, features: features, isRandomCut: false)
    }
}

/// How the trees of a forest are grown and put together.
struct TreesRecipe: Sendable {
    let family: String
    let trees: Int
    let depth: Int?
    let leaf: Int
    let features: Int?
    /// Whether one cut a column is drawn, from all rows; else the best one is searched for, in rows drawn with replacement.
    let isRandomCut: Bool

    func fit(_ data: TrainingData, seed: UInt64, context: ComputeContext) throws -> AveragedTrees {
        let (grown, matrix, target) = try grow(trees, data, seed: seed, context: context)
        return AveragedTrees(matrix.binned, target: target, trees: grown)
    }

    /// Models of the first trees, so many each: a tree depends on its number alone.
    func fit(_ data: TrainingData, seed: UInt64, counts: [Int], context: ComputeContext) throws -> [AveragedTrees] {
        let (grown, matrix, target) = try grow(counts.max() ?? 0, data, seed: seed, context: context)
        return counts.map { AveragedTrees(matrix.binned, target: target, trees: Array(grown.prefix($0))) }
    }

    private func grow(
        _ trees: Int, _ data: TrainingData, seed: UInt64, context: ComputeContext
    ) throws -> (trees: [GrownTree], matrix: BinnedMatrix, target: ForestTarget) {
        try data.requireRows()
        let drawing = RowDrawing(rowCount: data.features.rowCount, weights: data.weights, isWhole: isRandomCut)
        let target = try ForestTarget(data, family: family, most: drawing.most)
        let columnCount = data.features.features.count
        guard columnCount < 65_536, data.features.rowCount < 1 << 26 else {
            throw Fault("R0524", "\(family) takes at most 65,535 columns and 67 million rows", remedy: "take fewer columns, or fewer rows")
        }
        let matrix = try data.bins.matrix(of: data, family: family, context: context)
        let tried = features ?? (data.target.isNumbers ? columnCount : Int(Double(columnCount).squareRoot()))
        let settings = ForestGrower.Settings(
            depth: depth ?? .max, leaf: leaf, tried: max(1, min(tried, columnCount)), isRandomCut: isRandomCut)
        let stream = RandomStream(seed: seed, purpose: family)
        let grown = try Parallel.map(trees, context: context) { index in
            context.progress(Progress(done: max(0, index + 1 - context.threads.value), total: trees, label: "trees"))
            var own = stream.stream(unit: UInt64(index))
            let counts = drawing.counts(&own)
            return try ForestGrower(
                matrix: matrix, target: target, settings: settings, stream: own, cancellation: context.cancellation
            ).grow(counts)
        }
        context.progress(Progress(done: trees, total: trees, label: "trees"))
        return (grown, matrix, target)
    }
}

extension TargetValues {
    var isNumbers: Bool { if case .numbers = self { true } else { false } }
}

/// Draws rows with replacement, evenly or in proportion to weights; or takes each row as often as its whole weight says.
struct RowDrawing: Sendable {
    let rowCount: Int
    /// Running sums of the weights; empty for equal ones.
    private let sums: [Double]
    /// How often each row is taken, when nothing is drawn.
    private let fixed: [UInt32]?

    /// How many rows are drawn altogether.
    var most: Int { fixed?.reduce(0) { $0 + Int($1) } ?? rowCount }

    private static let mostCopies = Double(1 << 30)

    /// - Parameter isWhole: take all rows instead of drawing, unless weights are no whole numbers.
    init(rowCount: Int, weights: [Double]?, isWhole: Bool) {
        self.rowCount = rowCount
        if !isWhole {
            fixed = nil
        } else if let weights {
            let areCopies = weights.allSatisfy { $0 == $0.rounded() } && weights.reduce(0, +) <= Self.mostCopies
            fixed = areCopies ? weights.map { UInt32($0) } : nil
        } else {
            fixed = [UInt32](repeating: 1, count: rowCount)
        }
        // Weights are brought below 1 first, so that their sum is finite.
        let largest = weights?.max() ?? 1
        var total = 0.0
        sums =
            weights?.map { weight in
                total += weight / largest
                return total
            } ?? []
    }

    /// How often each row is drawn.
    func counts(_ stream: inout RandomStream) -> [UInt32] {
        if let fixed { return fixed }
        var counts = [UInt32](repeating: 0, count: rowCount)
        guard let total = sums.last else {
            for _ in 0..<rowCount { counts[stream.uniform(below: rowCount)] += 1 }
            return counts
        }
        for _ in 0..<rowCount {
            let point = stream.uniform() * total
            var low = 0
            var high = rowCount - 1
            while low < high {
                let middle = (low + high) / 2
                if sums[middle] > point { high = middle } else { low = middle + 1 }
            }
            counts[low] += 1
        }
        return counts
    }
}
