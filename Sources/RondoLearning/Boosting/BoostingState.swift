import RondoKernels

/// Scores and derivatives of all rows while trees are added: plain memory that lives as long as the fit.
///
/// Derivatives exist as packed whole numbers only; in double precision they are made for some rows at a time, which stay in the nearest
/// cache.
final class BoostingState {
    let loss: BoostingLoss
    let rowCount: Int
    private let target: BoostingTarget.Values
    private let memory = WorkingMemory()
    /// `[class][row]`
    let scores: UnsafeMutablePointer<Double>
    /// Derivatives as whole numbers: the first above, the second in the lower 32 bits.
    let packed: UnsafeMutablePointer<UInt64>
    /// `[class][row]` shares of softmax at the beginning of a round.
    private let shares: UnsafeMutablePointer<Double>
    /// Weights in effect, 0 for rows that are kept apart or not drawn; nil when all are 1.
    var weights: [Double]?
    /// Whether all weights are whole numbers.
    private let isWhole: Bool
    /// By class, those of the last tree: most often they are right for the next one as well.
    private var scales: [PackedDerivatives.Scales]
    /// What the last tree adds to the scores; the next walk over the rows does it.
    private var steps: LeafSteps?
    /// Sum of all that is packed.
    private(set) var total: UInt64 = 0
    /// Units of what is packed.
    private(set) var units = PackedDerivatives.Scales()
    /// The greatest packed second derivative of a row of weight 1; 0 where each row has the same, infinite where it is not known.
    private(set) var mostHessian = 0.0

    private static let chunkRows = 8192
    /// Rows whose derivatives are held in double precision at a time.
    private static let blockRows = 1024

    init(_ target: BoostingTarget, weights: [Double]?) {
        loss = target.loss
        self.target = target.values
        rowCount = target.values.count
        self.weights = weights
        isWhole = weights?.allSatisfy { $0 == $0.rounded() && $0 < 0x1p20 } ?? true
        scales = Array(repeating: PackedDerivatives.Scales(), count: loss.width)
        scores = memory.zeros(rowCount * loss.width)
        packed = memory.zeros(rowCount)
        shares = memory.zeros(loss.width > 1 ? rowCount * loss.width : 0)
    }

    func start(_ scores: [Double]) {
        for (index, score) in scores.enumerated() { (self.scores + index * rowCount).update(repeating: score, count: rowCount) }
    }

    // MARK: Steps

    /// Lets the next walk over the rows add these values to the scores of the rows of each leaf.
    ///
    /// - Parameter leaves: their rows must stay as they are until then.
    func add(_ values: [Double], to leaves: [BoostingGrower.GrownLeaf], class index: Int) {
        let stretches = zip(leaves, values).flatMap { leaf, value in leaf.stretches.map { (rows: $0, value: value) } }
        steps = LeafSteps(stretches, scores: scores + index * rowCount)
    }

    /// Brings the scores up to date.
    func settle(context: ComputeContext) throws {
        guard let steps else { return }
        try Parallel.chunks(count: rowCount, chunkSize: Self.chunkRows, context: context) { _, rows in steps.add(to: rows) }
        self.steps = nil
    }

    /// The shares of all classes from the scores, once a round.
    func beginRound(context: ComputeContext) throws {
        let width = loss.width
        guard width > 1 else { return }
        try settle(context: context)
        nonisolated(unsafe) let state = self
        try Parallel.chunks(count: rowCount, chunkSize: Self.chunkRows, context: context) { _, rows in
            let (scores, shares, count) = (state.scores, state.shares, state.rowCount)
            for row in rows {
                var largest = scores[row]
                for index in 1..<width { largest = max(largest, scores[index &* count &+ row]) }
                var sum = 0.0
                for index in 0..<width {
                    let power = Elementary.exp(scores[index &* count &+ row] - largest)
                    shares[index &* count &+ row] = power
                    sum += power
                }
                for index in 0..<width { shares[index &* count &+ row] /= sum }
            }
        }
    }

    // MARK: Derivatives

    /// Derivatives for one class, packed with scales from their sums so that no histogram can overflow.
    func differentiate(_ index: Int, context: ComputeContext) throws {
        var sums = try pack(index, context)
        steps = nil
        let scales = PackedDerivatives.Scales(sums)
        if scales != self.scales[index] {
            self.scales[index] = scales
            sums = try pack(index, context)
        }
        units = scales
        total = sums.packed
        mostHessian = loss.isFlat ? 0 : (isWhole ? (sums.most * scales.hessian).rounded(.up) : .infinity)
    }

    /// Brings the scores up to date and packs the derivatives of all rows.
    private func pack(_ index: Int, _ context: ComputeContext) throws -> PackedDerivatives.Sums {
        nonisolated(unsafe) let state = self
        let parts = try Parallel.mapChunks(count: rowCount, chunkSize: Self.chunkRows, context: context) { _, rows in
            state.steps?.add(to: rows)
            return state.pack(index, rows)
        }
        return parts.reduce(PackedDerivatives.Sums(), +)
    }

    private func pack(_ index: Int, _ rows: Range<Int>) -> PackedDerivatives.Sums {
        withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * Self.blockRows) { memory in
            guard let gradients = memory.baseAddress else { return PackedDerivatives.Sums() }
            let hessians = gradients + Self.blockRows
            memory.initialize(repeating: 1)
            var sums = PackedDerivatives.Sums()
            for start in stride(from: rows.lowerBound, to: rows.upperBound, by: Self.blockRows) {
                let block = start..<min(start + Self.blockRows, rows.upperBound)
                derive(index, block, gradients, hessians)
                sums = sums + pack(block, gradients, hessians, scales[index])
            }
            return sums
        }
    }

    private func pack(
        _ rows: Range<Int>, _ gradients: UnsafePointer<Double>, _ hessians: UnsafePointer<Double>, _ scales: PackedDerivatives.Scales
    ) -> PackedDerivatives.Sums {
        guard let weights else {
            return PackedDerivatives.write(gradients, hessians, count: rows.count, scales: scales, to: packed + rows.lowerBound)
        }
        return weights.withUnsafeBufferPointer { weights in
            PackedDerivatives.write(
                gradients, hessians, weights: UnsafeBufferPointer(rebasing: weights[rows]), areCopies: isWhole, scales: scales,
                to: packed + rows.lowerBound)
        }
    }

    /// Derivatives of some rows without their weights; second ones of flat losses are left as they are.
    private func derive(
        _ index: Int, _ rows: Range<Int>, _ gradients: UnsafeMutablePointer<Double>, _ hessians: UnsafeMutablePointer<Double>
    ) {
        switch target {
        case .numbers(let numbers): numbers.withUnsafeBufferPointer { derive($0, rows, gradients, hessians) }
        case .classes(let classes): classes.withUnsafeBufferPointer { derive($0, index, rows, gradients, hessians) }
        }
    }

    private func derive(
        _ numbers: UnsafeBufferPointer<Double>, _ rows: Range<Int>, _ gradients: UnsafeMutablePointer<Double>,
        _ hessians: UnsafeMutablePointer<Double>
    ) {
        guard let numbers = numbers.baseAddress else { return }
        let (count, target, score) = (rows.count, numbers + rows.lowerBound, scores + rows.lowerBound)
        switch loss {
        case .squared:
            for row in 0..<count { gradients[row] = score[row] - target[row] }
        case .absolute:
            for row in 0..<count { gradients[row] = score[row] > target[row] ? 1 : (score[row] < target[row] ? -1 : 0) }
        case .quantile(let level):
            for row in 0..<count { gradients[row] = score[row] > target[row] ? 1 - level : (score[row] < target[row] ? -level : 0) }
        case .poisson:
            for row in 0..<count {
                let mean = Elementary.exp(score[row])
                gradients[row] = mean - target[row]
                hessians[row] = mean
            }
        case .logistic, .softmax: break
        }
    }

    private func derive(
        _ classes: UnsafeBufferPointer<Int32>, _ index: Int, _ rows: Range<Int>, _ gradients: UnsafeMutablePointer<Double>,
        _ hessians: UnsafeMutablePointer<Double>
    ) {
        guard let classes = classes.baseAddress else { return }
        let (count, target) = (rows.count, classes + rows.lowerBound)
        switch loss {
        case .logistic:
            LogisticDerivatives.write(scores + rows.lowerBound, target, count: count, gradients: gradients, hessians: hessians)
        case .softmax:
            let share = shares + index * rowCount + rows.lowerBound
            for row in 0..<count {
                gradients[row] = share[row] - (Int(target[row]) == index ? 1 : 0)
                hessians[row] = share[row] * (1 - share[row])
            }
        case .squared, .absolute, .quantile, .poisson: break
        }
    }

    // MARK: Leaves

    /// The value of a leaf, before the rate.
    func leafValue(_ leaf: BoostingGrower.GrownLeaf, class index: Int, penalty: Double) -> Double {
        if let level = loss.leafQuantile {
            let score = scores + index * rowCount
            return WeightedQuantile.of(leaf.rows.map { row in (target[Int(row)] - score[Int(row)], weights?[Int(row)] ?? 1) }, level)
        }
        guard units.gradient > 0, units.hessian > 0 else { return 0 }
        let sums = PackedDerivatives.sums(leaf.total)
        let hessian = sums.hessian / units.hessian
        guard hessian + penalty > 0 else { return 0 }
        let step = -sums.gradient / units.gradient / (hessian + penalty)
        // For Poisson the leaf's own minimum, log(sum of targets / sum of means), in place of the Newton step, which overshoots.
        return loss == .poisson ? Elementary.log1p(max(step, -0.999)) : step
    }

    func weight(_ rows: UnsafeBufferPointer<Int32>) -> Double {
        guard let weights else { return Double(rows.count) }
        return rows.reduce(0) { $0 + weights[Int($1)] }
    }

    /// The weighted sum of losses of some rows, with scores that are up to date.
    func loss(of rows: [Int], weights: [Double]?) -> Double {
        Sums.compensated(rows.count) { place in
            let row = rows[place]
            return (weights?[row] ?? 1) * loss.loss(target[row], scores + row, stride: rowCount)
        }
    }
}
