package import RondoKernels

/// Learns boosted trees.
package struct BoostingLearner: GrowingLearner {
    /// Rounds; nil for a number that goes with the rows.
    package let trees: Int?
    package let rate: Double
    package let leaves: Int
    package let depth: Int?
    package let leaf: Int
    /// Share of the columns drawn for each split; nil for one that goes with the rows.
    package let features: Double?
    /// Share of the rows drawn for each tree.
    package let rows: Double
    /// The loss by name; nil for the one of the task.
    package let loss: String?
    package let level: Double
    /// Stop after so many rounds without progress on rows kept apart; nil for never.
    package let stop: Int?

    /// Added to the sum of second derivatives of every leaf; `rate` and `leaf` alone hold the steps back.
    static let penalty = 0.0
    /// From so many rows on every split sees all columns.
    private static let manyRows = 10_000.0

    package var treeCount: Int? { trees }
    /// Where rows are kept apart, the rounds that are kept depend on how many there could be.
    package var growsInOrder: Bool { stop == nil }

    package func fit(_ data: TrainingData, seed: UInt64, context: ComputeContext) throws -> any FittedModel {
        var run = try start(data, seed: seed, rounds: nil, context: context)
        return try run.model(weights: data.weights)
    }

    package func fit(_ data: TrainingData, seed: UInt64, counts: [Int], context: ComputeContext) throws -> [any FittedModel] {
        var run = try start(data, seed: seed, rounds: counts.max(), context: context)
        let whole = try run.model(weights: data.weights)
        return counts.map { run.beginning(of: whole, rounds: $0) }
    }

    /// What is left to the data. Few rows are learned by heart after a few rounds, many are not: rounds go with the rows, within bounds.
    /// Trees that see half of the columns at each split differ more, which makes up for few rows and gains nothing with many. Chosen, as
    /// the other defaults, by cross-validation on training rows of ten public tables.
    private func settled(for data: TrainingData) -> (rounds: Int, features: Double) {
        let rows = data.weights.map { Sums.compensated($0) } ?? Double(data.features.rowCount)
        return (trees ?? Int(min(max(rows / 50, 100), 300)), features ?? (rows < Self.manyRows ? 0.5 : 1))
    }

    private func start(_ data: TrainingData, seed: UInt64, rounds: Int?, context: ComputeContext) throws -> BoostingRun {
        try data.requireRows()
        let context = context.withTeam()
        let columnCount = data.features.features.count
        guard columnCount < 65_536, data.features.rowCount < 1 << 26 else {
            throw Fault("R0524", "boost takes at most 65,535 columns and 67 million rows", remedy: "take fewer columns, or fewer rows")
        }
        let target = try BoostingTarget(data, loss: loss, level: level)
        let matrix = try data.bins.matrix(of: data, family: "boost", context: context)
        let state = BoostingState(target, weights: data.weights)
        let settled = settled(for: data)
        return BoostingRun(
            self, target, matrix, state, rounds: rounds ?? settled.rounds, features: settled.features, seed: seed, context: context)
    }
}

/// One fit: rounds of trees until there are enough or nothing gets better.
private struct BoostingRun {
    private let learner: BoostingLearner
    private let target: BoostingTarget
    private let matrix: BinnedMatrix
    private let state: BoostingState
    private let rounds: Int
    /// Share of the columns drawn for each split.
    private let features: Double
    private let stream: RandomStream
    private let context: ComputeContext
    private let grower: BoostingGrower
    private var trees: [GrownTree] = []
    /// Rows kept apart to see when to stop, increasing.
    private var kept: [Int] = []

    /// Share of the rows kept apart when stopping is asked for.
    private static let keptShare = 0.1

    init(
        _ learner: BoostingLearner, _ target: BoostingTarget, _ matrix: BinnedMatrix, _ state: BoostingState, rounds: Int,
        features: Double, seed: UInt64, context: ComputeContext
    ) {
        self.learner = learner
        self.target = target
        self.matrix = matrix
        self.state = state
        self.rounds = rounds
        self.features = features
        stream = RandomStream(seed: seed, purpose: "boost")
        self.context = context
        grower = BoostingGrower(
            matrix,
            settings: BoostingGrower.Settings(
                leaves: learner.leaves, depth: learner.depth ?? .max, leaf: Double(learner.leaf), penalty: BoostingLearner.penalty),
            draw: ColumnDraw(matrix, share: features, seed: seed),
            context: context)
    }

    mutating func model(weights: [Double]?) throws -> BoostingModel {
        let rowCount = matrix.rowCount
        var learning = weights
        if learner.stop != nil {
            var own = stream.stream(unit: 1 << 40)
            kept = own.sampleWithoutReplacement(below: rowCount, count: Int(Self.keptShare * Double(rowCount)))
            var apart = weights ?? [Double](repeating: 1, count: rowCount)
            for row in kept { apart[row] = 0 }
            if !kept.isEmpty && apart.contains(where: { $0 > 0 }) { learning = apart } else { kept = [] }
        }
        let base = target.base(learning)
        state.start(base)
        try addRounds(learning, given: weights)
        return model(trees, base: base.map { $0 * target.unit })
    }

    /// The model after its first rounds.
    func beginning(of model: BoostingModel, rounds: Int) -> BoostingModel {
        let count = rounds * state.loss.width
        return count >= trees.count ? model : self.model(Array(trees.prefix(count)), base: model.base)
    }

    private func model(_ trees: [GrownTree], base: [Double]) -> BoostingModel {
        let total = trees.reduce(into: [Double](repeating: 0, count: matrix.binned.bins.count)) { sums, tree in
            for index in sums.indices { sums[index] += tree.importances[index] }
        }
        let sum = total.reduce(0, +)
        let ensemble = TreeEnsemble(matrix.binned, trees: trees, width: 1, importances: sum > 0 ? total.map { $0 / sum } : total)
        return BoostingModel(ensemble, link: target.link, base: base, classNames: target.classNames)
    }

    private mutating func addRounds(_ learning: [Double]?, given: [Double]?) throws {
        var best = try keptLoss(given)
        var bestTrees = 0
        let isSampling = learner.rows < 1 || features < 1
        for round in 0..<rounds {
            try context.cancellation.check()
            context.progress(Progress(done: round, total: rounds, label: "trees"))
            state.weights = drawRows(round, learning)
            try state.beginRound(context: context)
            var isSplit = false
            for index in 0..<state.loss.width {
                let tree = try addTree(round, class: index)
                isSplit = isSplit || tree.nodes.count > 1
                trees.append(tree)
            }
            guard isSplit || isSampling else {
                // Every further round would find the same: nothing.
                trees.removeLast(state.loss.width)
                break
            }
            guard let stop = learner.stop, !kept.isEmpty else { continue }
            let loss = try keptLoss(given)
            if loss < best { (best, bestTrees) = (loss, trees.count) }
            if trees.count - bestTrees >= stop * state.loss.width { break }
        }
        if learner.stop != nil && !kept.isEmpty { trees.removeLast(trees.count - bestTrees) }
        context.progress(Progress(done: rounds, total: rounds, label: "trees"))
    }

    private func addTree(_ round: Int, class index: Int) throws -> GrownTree {
        try state.differentiate(index, context: context)
        var (tree, leaves) = try grower.grow(state, number: round * state.loss.width + index)
        nonisolated(unsafe) let (state, grown) = (state, leaves)
        let rate = learner.rate
        // Only where values are sorted for is there work for a second thread.
        let isSorting = state.loss.leafQuantile != nil && matrix.rowCount >= 8192
        let values = try Parallel.map(leaves.count, context: isSorting ? context : context.with(threads: .one)) { leaf in
            rate * state.leafValue(grown[leaf], class: index, penalty: BoostingLearner.penalty)
        }
        state.add(values, to: leaves, class: index)
        tree.leafValues = values.map { $0 * target.unit }
        return tree
    }

    // MARK: Samples

    private func drawRows(_ round: Int, _ learning: [Double]?) -> [Double]? {
        guard learner.rows < 1 else { return learning }
        var own = stream.stream(unit: UInt64(round))
        let count = max(1, Int((learner.rows * Double(matrix.rowCount)).rounded()))
        var weights = [Double](repeating: 0, count: matrix.rowCount)
        for row in own.sampleWithoutReplacement(below: matrix.rowCount, count: count) { weights[row] = learning?[row] ?? 1 }
        return weights
    }

    /// The weighted sum of losses of the rows kept apart.
    private func keptLoss(_ weights: [Double]?) throws -> Double {
        try state.settle(context: context)
        return state.loss(of: kept, weights: weights)
    }
}
