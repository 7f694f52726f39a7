import RondoKernels

/// Scores and derivatives of all rows while trees are added: plain memory that lives as long as the fit.
final class BoostingState {
    let loss: BoostingLoss
    let rowCount: Int
    /// Target a row, brought near 1 for losses without a scale; the class index for softmax.
    let targets: UnsafeMutablePointer<Double>
    /// `[class][row]`
    let scores: UnsafeMutablePointer<Double>
    /// First derivatives with weights.
    let gradients: UnsafeMutablePointer<Double>
    /// Second derivatives with weights; without meaning where the loss is flat.
    let hessians: UnsafeMutablePointer<Double>
    /// Both as whole numbers: the first derivative above, the second in the lower 32 bits.
    let packed: UnsafeMutablePointer<UInt64>
    /// `[class][row]` shares of softmax at the beginning of a round.
    private let shares: UnsafeMutablePointer<Double>
    /// Weights in effect, 0 for rows that are kept apart or not drawn; nil when all are 1.
    var weights: [Double]?
    /// Whether all weights are whole numbers.
    private let isWhole: Bool
    /// Sum of all that is packed.
    private(set) var total: UInt64 = 0
    /// Units of the packed second derivatives.
    private(set) var hessianScale = 1.0
    /// The greatest packed second derivative of a row of weight 1; 0 where each row has the same, infinite where it is not known.
    private(set) var mostHessian = 0.0

    private static let chunkRows = 8192
    /// Adding and taking away 1.5 * 2^52 rounds; the lower bits then hold the whole number.
    private static let rounder = 0x1.8p+52

    init(_ loss: BoostingLoss, targets values: [Double], weights: [Double]?) {
        self.loss = loss
        rowCount = values.count
        self.weights = weights
        isWhole = weights?.allSatisfy { $0 == $0.rounded() && $0 < 0x1p20 } ?? true
        targets = Self.zeros(rowCount)
        for (row, value) in values.enumerated() { targets[row] = value }
        scores = Self.zeros(rowCount * loss.width)
        gradients = Self.zeros(rowCount)
        hessians = Self.zeros(rowCount)
        packed = .allocate(capacity: max(1, rowCount))
        packed.initialize(repeating: 0, count: max(1, rowCount))
        shares = Self.zeros(loss.width > 1 ? rowCount * loss.width : 0)
    }

    deinit {
        for memory in [targets, scores, gradients, hessians, shares] { memory.deallocate() }
        packed.deallocate()
    }

    private static func zeros(_ count: Int) -> UnsafeMutablePointer<Double> {
        let memory = UnsafeMutablePointer<Double>.allocate(capacity: max(1, count))
        memory.initialize(repeating: 0, count: max(1, count))
        return memory
    }

    func start(_ scores: [Double]) {
        for (index, score) in scores.enumerated() { (self.scores + index * rowCount).update(repeating: score, count: rowCount) }
    }

    /// The shares of all classes from the scores, once a round.
    func beginRound(context: ComputeContext) throws {
        let width = loss.width
        guard width > 1 else { return }
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

    private struct Sums {
        var gradient = 0.0
        var hessian = 0.0
        /// The greatest second derivative of a row of weight 1.
        var most = 0.0
    }

    /// Derivatives for one class, packed with scales from their sums so that no histogram can overflow.
    func differentiate(_ index: Int, context: ComputeContext) throws {
        nonisolated(unsafe) let state = self
        let parts = try Parallel.mapChunks(count: rowCount, chunkSize: Self.chunkRows, context: context) { _, rows in
            state.derivatives(index, rows) ?? state.weigh(rows)
        }
        let total = parts.reduce(into: Sums()) {
            $0.gradient += $1.gradient
            $0.hessian += $1.hessian
            $0.most = max($0.most, $1.most)
        }
        let gradientScale = Self.scale(total.gradient, bits: 30)
        let hessianScale = Self.scale(total.hessian, bits: 31)
        self.hessianScale = hessianScale
        mostHessian = loss.isFlat ? 0 : (isWhole ? (total.most * hessianScale).rounded(.up) : .infinity)
        let packed = try Parallel.mapChunks(count: rowCount, chunkSize: Self.chunkRows, context: context) { _, rows in
            state.pack(rows, gradientScale, hessianScale)
            return UnsafeBufferPointer(rebasing: UnsafeBufferPointer(start: state.packed, count: state.rowCount)[rows]).reduce(0, &+)
        }
        self.total = packed.reduce(0, &+)
    }

    /// The power of two that brings a sum below 2^bits; 0 for 0.
    private static func scale(_ sum: Double, bits: Int) -> Double {
        guard sum > 0, sum.isFinite else { return 0 }
        let exponent = min(max(bits - 1 - Int(sum.exponent), -1000), 1000)
        return Double(sign: .plus, exponent: exponent, significand: 1)
    }

    /// Without weights; their sums where they are at hand.
    private func derivatives(_ index: Int, _ rows: Range<Int>) -> Sums? {
        let start = rows.lowerBound
        let (count, target, score) = (rows.count, targets + start, scores + index * rowCount + start)
        let (gradient, hessian) = (gradients + start, hessians + start)
        switch loss {
        case .squared:
            for row in 0..<count { gradient[row] = score[row] - target[row] }
        case .absolute:
            for row in 0..<count { gradient[row] = score[row] > target[row] ? 1 : (score[row] < target[row] ? -1 : 0) }
        case .quantile(let level):
            for row in 0..<count { gradient[row] = score[row] > target[row] ? 1 - level : (score[row] < target[row] ? -level : 0) }
        case .poisson:
            for row in 0..<count {
                let mean = Elementary.exp(score[row])
                gradient[row] = mean - target[row]
                hessian[row] = mean
            }
        case .logistic:
            let sums = LogisticDerivatives.write(score, target, count: count, gradients: gradient, hessians: hessian)
            if weights == nil { return Sums(gradient: sums.gradient, hessian: sums.hessian, most: sums.most) }
        case .softmax:
            let share = shares + index * rowCount + start
            for row in 0..<count {
                gradient[row] = share[row] - (target[row] == Double(index) ? 1 : 0)
                hessian[row] = share[row] * (1 - share[row])
            }
        }
        return nil
    }

    /// Multiplies with the weights and sums up.
    private func weigh(_ rows: Range<Int>) -> Sums {
        let start = rows.lowerBound
        let (count, gradient, hessian, isFlat) = (rows.count, gradients + start, hessians + start, loss.isFlat)
        var sums = Sums()
        guard let weights else {
            var row = 0
            while row < count {
                sums.gradient += gradient[row].magnitude
                row &+= 1
            }
            if isFlat {
                sums.hessian = Double(count)
            } else {
                row = 0
                while row < count {
                    sums.hessian += hessian[row]
                    sums.most = hessian[row] > sums.most ? hessian[row] : sums.most
                    row &+= 1
                }
            }
            return sums
        }
        for row in 0..<count {
            let weight = weights[start + row]
            gradient[row] *= weight
            if !isFlat && weight > 0 { sums.most = max(sums.most, hessian[row]) }
            hessian[row] = isFlat ? weight : hessian[row] * weight
            sums.gradient += gradient[row].magnitude
            sums.hessian += hessian[row]
        }
        return sums
    }

    private func pack(_ rows: Range<Int>, _ gradientScale: Double, _ hessianScale: Double) {
        let start = rows.lowerBound
        let (count, gradient, hessian, packed) = (rows.count, gradients + start, hessians + start, packed + start)
        let rounder = Self.rounder
        guard let weights else {
            var row = 0
            if loss.isFlat {
                let one = (hessianScale + rounder).bitPattern & 0xFFFF_FFFF
                while row < count {
                    packed[row] = (gradient[row] * gradientScale + rounder).bitPattern << 32 &+ one
                    row &+= 1
                }
            } else {
                while row < count {
                    let upper = (gradient[row] * gradientScale + rounder).bitPattern << 32
                    packed[row] = upper &+ (hessian[row] * hessianScale + rounder).bitPattern & 0xFFFF_FFFF
                    row &+= 1
                }
            }
            return
        }
        for row in 0..<count {
            let weight = weights[start + row]
            guard weight > 0 else {
                packed[row] = 0
                continue
            }
            // A whole weight is that many copies of the rounded numbers.
            let unit = isWhole ? weight : 1
            let upper = (gradient[row] / unit * gradientScale + rounder).bitPattern &* UInt64(unit)
            let lower = ((hessian[row] / unit * hessianScale + rounder).bitPattern & 0xFFFF_FFFF) &* UInt64(unit)
            packed[row] = upper << 32 &+ lower
        }
    }

    /// The value of a leaf with these rows, before the rate.
    func leafValue(_ rows: UnsafeBufferPointer<Int32>, class index: Int, penalty: Double) -> Double {
        if let level = loss.leafQuantile {
            let score = scores + index * rowCount
            return WeightedQuantile.of(
                rows.map { row in (targets[Int(row)] - score[Int(row)], weights?[Int(row)] ?? 1) }, level)
        }
        var (gradient, hessian) = (0.0, 0.0)
        if loss.isFlat && weights == nil {
            for row in rows { gradient += gradients[Int(row)] }
            hessian = Double(rows.count)
        } else {
            for row in rows {
                gradient += gradients[Int(row)]
                hessian += hessians[Int(row)]
            }
        }
        guard hessian + penalty > 0 else { return 0 }
        let step = -gradient / (hessian + penalty)
        // For Poisson the leaf's own minimum, log(sum of targets / sum of means), in place of the Newton step, which overshoots.
        return loss == .poisson ? Elementary.log1p(max(step, -0.999)) : step
    }

    /// Adds to the scores of these rows.
    func add(_ value: Double, to rows: UnsafeBufferPointer<Int32>, class index: Int) {
        let score = scores + index * rowCount
        for row in rows { score[Int(row)] += value }
    }

    func weight(_ rows: UnsafeBufferPointer<Int32>) -> Double {
        guard let weights else { return Double(rows.count) }
        return rows.reduce(0) { $0 + weights[Int($1)] }
    }
}
