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

    private static let chunkRows = 8192

    func predict(_ features: Features, context: ComputeContext) throws -> Predictions {
        try ensemble.binned.check(features)
        let sums =
            features.rowCount <= Self.chunkRows
            ? try means(features, rows: 0..<features.rowCount, context)
            : Array(
                try Parallel.mapChunks(count: features.rowCount, chunkSize: Self.chunkRows, context: context) { _, rows in
                    try means(features, rows: rows, context)
                }.joined())
        let width = ensemble.width
        switch classNames.count {
        case 0: return .numbers(sums)
        case 2: return .probabilities([sums.map { 1 - $0 }, sums], names: classNames)
        default:
            let columns = classNames.indices.map { index in (0..<features.rowCount).map { sums[$0 * width + index] } }
            return .probabilities(columns, names: classNames)
        }
    }

    /// The means over the trees, row after row.
    private func means(_ features: Features, rows: Range<Int>, _ context: ComputeContext) throws -> [Double] {
        try context.cancellation.check()
        var sums = [Double](repeating: 0, count: rows.count * ensemble.width)
        try ensemble.scorer.add(
            codes: ensemble.binned.codes(features, rows: rows), stride: ensemble.binned.bins.count, leafValues: ensemble.leafValues,
            width: ensemble.width, to: &sums, trees: ensemble.roots.indices, cancellation: context.cancellation)
        let trees = Double(ensemble.roots.count)
        for index in sums.indices { sums[index] /= trees }
        return sums
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
