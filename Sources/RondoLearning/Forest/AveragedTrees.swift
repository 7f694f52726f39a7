import RondoKernels
import RondoReport

/// Trees whose leaves hold values or class shares, of which the mean is the answer.
struct AveragedTrees: Sendable {
    let ensemble: TreeEnsemble
    /// Empty for numbers.
    let classNames: [String]

    init(_ binned: BinnedFeatures, target: ForestTarget, trees: [GrownTree]) {
        classNames = target.classNames
        let importances = binned.bins.indices.map { feature in
            trees.reduce(0) { $0 + $1.importances[feature] } / Double(max(trees.count, 1))
        }
        ensemble = TreeEnsemble(binned, trees: trees, width: target.width, importances: importances)
    }

    func predict(_ features: Features, context: ComputeContext) throws -> Predictions {
        try features.requireNames(ensemble.binned.bins.map(\.name))
        let width = ensemble.width
        let trees = Double(ensemble.roots.count)
        let blocks = try Parallel.mapChunks(count: features.rowCount, chunkSize: 8192, context: context) { _, rows in
            let codes = ensemble.binned.codes(features, rows: rows)
            var sums = [Double](repeating: 0, count: rows.count * width)
            try ensemble.scorer.add(
                codes: codes, stride: ensemble.binned.bins.count, leafValues: ensemble.leafValues, width: width, to: &sums,
                trees: ensemble.roots.indices, cancellation: context.cancellation)
            return sums.map { $0 / trees }
        }
        let sums = Array(blocks.joined())
        switch classNames.count {
        case 0: return .numbers(sums)
        case 2: return .probabilities([sums.map { 1 - $0 }, sums], names: classNames)
        default:
            let columns = classNames.indices.map { index in (0..<features.rowCount).map { sums[$0 * width + index] } }
            return .probabilities(columns, names: classNames)
        }
    }

    func archive() -> Archive {
        var archive = Archive()
        ensemble.write(to: &archive)
        archive["classes"] = .words(classNames)
        return archive
    }

    /// - Throws: R0590 for damaged data.
    init(from archive: Archive) throws {
        classNames = try archive.words("classes")
        try archive.require(classNames.count != 1, "classes")
        ensemble = try TreeEnsemble(from: archive, width: classNames.count > 2 ? classNames.count : 1)
        try archive.require(!ensemble.roots.isEmpty, "roots")
    }
}
