package import RondoKernels
package import RondoReport

/// Fitted boosted trees: a score is a base and the sum of one leaf of each tree.
package struct BoostingModel: FittedModel {
    package static let familyName = "boost"

    /// Trees of a round one after the other, one a class for several classes; leaf values include the rate.
    let ensemble: TreeEnsemble
    /// How scores become answers.
    let link: Link
    /// Score before the first tree, one a class for several classes.
    let base: [Double]
    /// Empty for numbers.
    package let classNames: [String]
    /// The trees of each class for many rows; empty when a tree has too many leaves for that.
    private let quick: [QuickScorer]
    private let isAsked: [Bool]

    /// Fewer rows than this are scored one after the other.
    private static let quickRows = 16

    enum Link: String, Sendable, Hashable {
        /// The score itself.
        case identity
        /// e^score: a mean above 0.
        case exponential
        /// The chance of the second class.
        case logistic
        case softmax
    }

    package var importances: [Double] { ensemble.importances }

    package func predict(_ features: Features, context: ComputeContext) throws -> Predictions {
        let scores = try scores(features, context: context)
        switch link {
        case .identity: return .numbers(scores[0])
        case .exponential: return .numbers(scores[0].map { Elementary.exp($0) })
        case .logistic:
            let shares = scores[0].map { Elementary.logistic($0) }
            return .probabilities([shares.map { 1 - $0 }, shares], names: classNames)
        case .softmax:
            var shares = scores
            for row in 0..<features.rowCount {
                let largest = shares.reduce(-.infinity) { max($0, $1[row]) }
                var sum = 0.0
                for index in shares.indices {
                    shares[index][row] = Elementary.exp(shares[index][row] - largest)
                    sum += shares[index][row]
                }
                for index in shares.indices { shares[index][row] /= sum }
            }
            return .probabilities(shares, names: classNames)
        }
    }

    /// Scores by class and row: one class for numbers and two classes.
    func scores(_ features: Features, context: ComputeContext) throws -> [[Double]] {
        try features.requireNames(ensemble.binned.bins.map(\.name))
        let blocks = try Parallel.mapChunks(count: features.rowCount, chunkSize: 8192, context: context) { _, rows in
            rows.count < Self.quickRows || quick.isEmpty
                ? try walk(features, rows, context.cancellation) : try together(features, rows, context.cancellation)
        }
        return base.indices.map { index in Array(blocks.map { $0[index] }.joined()) }
    }

    /// Every row on its own way through every tree.
    private func walk(_ features: Features, _ rows: Range<Int>, _ cancellation: CancellationToken) throws -> [[Double]] {
        let codes = ensemble.binned.codes(features, rows: rows)
        return try base.indices.map { index in
            var sums = [Double](repeating: base[index], count: rows.count)
            try ensemble.scorer.add(
                codes: codes, stride: ensemble.binned.bins.count, leafValues: ensemble.leafValues, width: 1, to: &sums,
                trees: stride(from: index, to: ensemble.roots.count, by: base.count), cancellation: cancellation)
            return sums
        }
    }

    /// All questions of a tree asked of many rows together: the same sums in the same order.
    private func together(_ features: Features, _ rows: Range<Int>, _ cancellation: CancellationToken) throws -> [[Double]] {
        let stride = (rows.count + QuickScorer.rowsTogether - 1) / QuickScorer.rowsTogether * QuickScorer.rowsTogether
        let codes = ensemble.columnCodes(features, rows: rows, stride: stride, isAsked: isAsked)
        return try base.indices.map { index in
            var sums = [Double](repeating: base[index], count: stride)
            try quick[index].add(codes: codes, stride: stride, to: &sums, cancellation: cancellation)
            sums.removeLast(stride - rows.count)
            return sums
        }
    }

    package var learned: [TableBlock] { [ensemble.importanceTable] }

    package var readable: String { "importances" }

    package func archive() -> Archive {
        var archive = Archive()
        ensemble.write(to: &archive)
        archive["classes"] = .words(classNames)
        archive["base"] = .numbers(base)
        archive.set("link", link.rawValue)
        return archive
    }

    /// - Throws: R0590 for damaged data.
    package init(from archive: Archive) throws {
        ensemble = try TreeEnsemble(from: archive, width: 1)
        classNames = try archive.words("classes")
        base = try archive.numbers("base")
        guard let link = Link(rawValue: try archive.word("link")) else { throw Archive.damaged("link") }
        self.link = link
        let width = link == .softmax ? classNames.count : 1
        let names = link == .identity || link == .exponential ? classNames.isEmpty : classNames.count >= 2
        try archive.require(names && base.count == width && ensemble.roots.count % width == 0, "base")
        isAsked = ensemble.isAsked
        quick = BoostingModel.quick(ensemble, classes: width)
    }

    init(_ ensemble: TreeEnsemble, link: Link, base: [Double], classNames: [String]) {
        self.ensemble = ensemble
        self.link = link
        self.base = base
        self.classNames = classNames
        isAsked = ensemble.isAsked
        quick = BoostingModel.quick(ensemble, classes: base.count)
    }

    private static func quick(_ ensemble: TreeEnsemble, classes: Int) -> [QuickScorer] {
        let scorers = (0..<classes).compactMap { index in
            ensemble.quickScorer(stride(from: index, to: ensemble.roots.count, by: classes))
        }
        return scorers.count == classes ? scorers : []
    }
}
