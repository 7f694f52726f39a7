package import RondoKernels
import RondoSignature

/// Learns a forest, or extremely randomised trees.
package struct AveragedTreesLearner<Family: AveragedTreesFamily>: GrowingLearner {
    package let trees: Int
    package let depth: Int?
    package let leaf: Int
    package let features: Int?

    package var treeCount: Int? { trees }

    package func fit(_ data: TrainingData, seed: UInt64, context: ComputeContext) throws -> any FittedModel {
        let (grown, matrix, target) = try grow(trees, data, seed: seed, context: context)
        return AveragedTreesModel<Family>(AveragedTrees(matrix.binned, target: target, trees: grown))
    }

    /// Models of the first trees, so many each: a tree depends on its number alone.
    package func fit(_ data: TrainingData, seed: UInt64, counts: [Int], context: ComputeContext) throws -> [any FittedModel] {
        let (grown, matrix, target) = try grow(counts.max() ?? 0, data, seed: seed, context: context)
        return counts.map { AveragedTreesModel<Family>(AveragedTrees(matrix.binned, target: target, trees: Array(grown.prefix($0)))) }
    }

    private func grow(
        _ trees: Int, _ data: TrainingData, seed: UInt64, context: ComputeContext
    ) throws -> (trees: [GrownTree], matrix: BinnedMatrix, target: ForestTarget) {
        try data.requireRows()
        let family = Family.signature.name
        let drawing = RowDrawing(rowCount: data.features.rowCount, weights: data.weights, isWhole: Family.drawsCuts)
        let target = try ForestTarget(data, family: family, most: drawing.most)
        let columnCount = data.features.features.count
        guard columnCount < 65_536, data.features.rowCount < 1 << 26 else {
            throw Fault("R0524", "\(family) takes at most 65,535 columns and 67 million rows", remedy: "take fewer columns, or fewer rows")
        }
        let matrix = try data.bins.matrix(of: data, family: family, context: context)
        let tried = features ?? (data.target.isNumbers ? columnCount : Int(Double(columnCount).squareRoot()))
        let settings = ForestGrower.Settings(
            depth: depth ?? .max, leaf: leaf, tried: max(1, min(tried, columnCount)), isRandomCut: Family.drawsCuts)
        let stream = RandomStream(seed: seed, purpose: family)
        let grown = try Parallel.map(trees, context: context) { index in
            context.progress(Progress(done: max(0, index + 1 - context.threads.value), total: trees, label: "trees"))
            var own = stream.stream(unit: UInt64(index))
            let counts = drawing.counts(&own)
            return try ForestGrower(
                matrix: matrix, target: target, settings: settings, counts: counts, stream: own, cancellation: context.cancellation
            ).grow()
        }
        context.progress(Progress(done: trees, total: trees, label: "trees"))
        return (grown, matrix, target)
    }
}

extension TargetValues {
    var isNumbers: Bool { if case .numbers = self { true } else { false } }
}
