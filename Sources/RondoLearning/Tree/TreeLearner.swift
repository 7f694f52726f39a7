package import RondoKernels

/// Learns a classification or regression tree.
package struct TreeLearner: Learner {
    package let depth: Int?
    package let leaf: Int

    package func fit(_ data: TrainingData, seed: UInt64, context: ComputeContext) throws -> any FittedModel {
        try data.requireRows()
        let target: TreeTarget
        switch data.target {
        case .numbers: target = TreeTarget(numbers: try data.numberTarget(of: "tree"), weights: data.weights)
        case .classes:
            let (codes, names) = try data.classTarget(of: "tree")
            target = TreeTarget(classes: codes, names: names, weights: data.weights)
        }
        guard data.features.rowCount < Int(Int32.max) else {
            throw Fault("R0524", "tree takes at most 2 thousand million rows", remedy: "take fewer rows")
        }
        let grower = try TreeGrower(data.features, target: target, depth: depth ?? .max, leaf: leaf, context: context)
        return TreeModel(
            features: data.features.features.map(TreeFeature.init), classNames: target.classNames, nodes: try grower.grow(),
            leafValues: grower.leafValues, levels: grower.levelLists, importances: grower.shares)
    }
}

/// The target of a tree: numbers brought near 1, or classes; rows with weight 0 are left out by the grower.
struct TreeTarget: Sendable {
    /// The number, divided by a power of two, or 1 for the positive of two classes; empty for several classes.
    let values: [Double]
    /// What a value must be multiplied with to be in the units of the target.
    let unit: Double
    /// Class a row for several classes; else empty.
    let classes: [Int32]
    /// 0 unless there are several classes.
    let classCount: Int
    let classNames: [String]
    let weights: [Double]

    /// Values a leaf.
    var width: Int { max(classCount, 1) }

    init(numbers: [Double], weights: [Double]?) {
        let scale = ColumnSpread.scale(bringingToOne: numbers.reduce(0) { max($0, $1.magnitude) })
        values = numbers.map { $0 * scale }
        unit = scale > 0 ? 1 / scale : 0
        classes = []
        classCount = 0
        classNames = []
        self.weights = TreeTarget.weights(weights, count: numbers.count)
    }

    init(classes codes: [Int32], names: [String], weights: [Double]?) {
        let isBinary = names.count == 2
        values = isBinary ? codes.map { $0 == 1 ? 1 : 0 } : []
        unit = 1
        classes = isBinary ? [] : codes
        classCount = isBinary ? 0 : names.count
        classNames = names
        self.weights = TreeTarget.weights(weights, count: codes.count)
    }

    /// The weights divided by a power of two, so that no product of them overflows: only their ratios count.
    private static func weights(_ weights: [Double]?, count: Int) -> [Double] {
        guard let weights else { return [Double](repeating: 1, count: count) }
        let scale = ColumnSpread.scale(bringingToOne: weights.max() ?? 0)
        return scale > 0 ? weights.map { $0 * scale } : weights
    }
}
