package import RondoKernels

/// Learns a random forest.
package struct ForestLearner: Learner {
    package let trees: Int
    package let depth: Int?
    package let leaf: Int
    package let features: Int?

    package func fit(_ data: TrainingData, seed: UInt64, context: ComputeContext) throws -> any FittedModel {
        try data.requireRows()
        let target: ForestTarget
        switch data.target {
        case .numbers: target = ForestTarget(numbers: try data.numberTarget(of: "forest"))
        case .classes:
            let (codes, names) = try data.classTarget(of: "forest")
            target = ForestTarget(classes: codes, names: names)
        }
        let columnCount = data.features.features.count
        guard columnCount < 65_536, data.features.rowCount < 1 << 26 else {
            throw Fault("R0524", "forest takes at most 65,535 columns and 67 million rows", remedy: "take fewer columns, or fewer rows")
        }
        let binned = try BinnedFeatures(learning: data.features, context: context)
        let codes = try ForestLearner.allCodes(binned, data.features, context: context)
        let drawing = RowDrawing(rowCount: data.features.rowCount, weights: data.weights)
        let tried = features ?? (data.target.isNumbers ? columnCount : Int(Double(columnCount).squareRoot()))
        let settings = ForestGrower.Settings(
            depth: depth ?? .max, leaf: leaf, tried: max(1, min(tried, columnCount)), isCategory: binned.bins.map(\.isCategory),
            ranges: zip(binned.bins, data.features.features).map { $0.ranges($1) })
        let stream = RandomStream(seed: seed, purpose: "forest")
        let grown = try Parallel.map(trees, context: context) { index in
            context.progress(Progress(done: max(0, index + 1 - context.threads.value), total: trees, label: "trees"))
            return try ForestGrower(
                codes: codes, target: target, settings: settings, stream: stream.stream(unit: UInt64(index)),
                cancellation: context.cancellation
            ).grow(drawing)
        }
        context.progress(Progress(done: trees, total: trees, label: "trees"))
        return ForestModel(binned, target: target, trees: grown)
    }

    private static func allCodes(_ binned: BinnedFeatures, _ features: Features, context: ComputeContext) throws -> [UInt8] {
        let parts = try Parallel.mapChunks(count: features.rowCount, chunkSize: 16_384, context: context) { _, rows in
            binned.codes(features, rows: rows)
        }
        return Array(parts.joined())
    }
}

extension TargetValues {
    var isNumbers: Bool { if case .numbers = self { true } else { false } }
}

/// Draws rows with replacement, evenly or in proportion to weights.
struct RowDrawing: Sendable {
    let rowCount: Int
    /// Running sums of the weights; empty for equal ones.
    private let sums: [Double]

    init(rowCount: Int, weights: [Double]?) {
        self.rowCount = rowCount
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
