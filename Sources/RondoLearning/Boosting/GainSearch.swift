import RondoKernels

/// Finds the split of a node that lowers the loss most, from histograms of packed derivatives.
///
/// The gain of a split is G_l²/(H_l + L) + G_r²/(H_r + L) - G²/(H + L) with sums G and H of first and second derivatives (Chen and
/// Guestrin 2016, XGBoost, formula 7), here in the units of the histograms.
struct GainSearch: Sendable {
    /// Sums of derivatives, decoded.
    private struct Sums {
        var gradient: Double
        var hessian: Double

        @inline(__always)
        init(_ packed: UInt64) {
            (gradient, hessian) = PackedDerivatives.sums(packed)
        }
    }

    /// The best split by one feature: after which code, or after which level in their order.
    private struct Best {
        let feature: Int
        var gain: Double
        var place = -1
        var isMissingLeft = false
        var left: UInt64 = 0

        /// Whether it is better than another; of equal ones that of the first feature.
        func precedes(_ other: Best) -> Bool { (gain, other.feature) > (other.gain, feature) }
    }

    /// A node whose split is looked for.
    struct Node {
        /// Sums of the derivatives, packed.
        let total: UInt64
        let weight: Double
        let rows: UnsafeBufferPointer<Int32>
    }

    /// What each side of a split must hold at least.
    private struct Limits {
        /// Sum of second derivatives.
        let hessian: Double
        /// Weight of rows by code, and how much of it a side needs; nil where the second derivatives say it.
        var counts: UnsafePointer<Double>?
        var rows = 0.0

        @inline(__always)
        func allow(_ side: Sums, of sums: Sums) -> Bool { side.hessian >= hessian && sums.hessian - side.hessian >= hessian }
    }

    /// Levels with less weight than this are too few to be judged by themselves: their order is drawn towards the node's.
    private static let levelSmoothing = 10.0
    /// Gains that are smaller than this share of a node's own are rounding.
    private static let leastShare = 1e-9

    private let matrix: BinnedMatrix
    private let codeCounts: [Int]
    private let isCategory: [Bool]
    private let leaf: Double
    /// The penalty in the units of the histograms; changes from tree to tree, as what follows.
    private var penalty = 0.0
    /// Least sum of second derivatives of a leaf.
    private var leastHessian = 1.0
    /// The greatest second derivative of a row of weight 1, by which few rows are told from many; 0 where each row has the same.
    private var mostHessian = 0.0
    /// Nil when all are 1.
    private var weights: [Double]?

    init(_ matrix: BinnedMatrix, leaf: Double) {
        self.matrix = matrix
        codeCounts = matrix.binned.bins.map(\.codeCount)
        isCategory = matrix.binned.bins.map(\.isCategory)
        self.leaf = leaf
    }

    /// Takes over what changes from tree to tree.
    mutating func begin(_ state: BoostingState, penalty: Double, leastHessian: Double) {
        self.penalty = penalty
        self.leastHessian = leastHessian
        mostHessian = state.mostHessian
        weights = state.weights
    }

    /// The best split by one of the features; nil when none gains anything.
    ///
    /// Where second derivatives differ between rows, a split is first looked for without counting rows. Its sums of second derivatives
    /// often prove that both sides have enough rows; where they do not, the rows of each code are counted and the search done again.
    ///
    /// - Parameters:
    ///   - candidates: for each feature whether it may split.
    ///   - cells: histograms of all features.
    func best(of features: Range<Int>, among candidates: [Bool], _ cells: UnsafePointer<UInt64>, _ node: Node) -> FoundSplit? {
        let sums = Sums(node.total)
        guard sums.hessian > 0, node.weight > 0 else { return nil }
        // With equal second derivatives a row stands for H / weight of them; a little less than needed allows for rounding.
        let share = mostHessian == 0 ? leaf * sums.hessian / node.weight * (1 - 1e-9) - 0.5 : 0
        let limits = Limits(hessian: max(share, leastHessian))
        // From so much on there are enough rows, however steep the loss is for each.
        let sure = mostHessian * leaf
        let own = sums.gradient * sums.gradient / (sums.hessian + penalty)
        let floor = own + Self.leastShare * own + .leastNormalMagnitude
        let winner = withUnsafeTemporaryAllocation(of: Best.self, capacity: features.count) { list -> Best? in
            var count = 0
            for feature in features where candidates[feature] {
                guard let found = find(feature, cells, node, limits, floor) else { continue }
                list.initializeElement(at: count, to: found)
                count &+= 1
            }
            return best(of: list, count, sure: { min($0, sums.hessian - $0) >= sure }) { counted($0, cells, node, limits, floor) }
        }
        guard let winner else { return nil }
        var split = split(winner, cells, node)
        split.score -= own
        return split
    }

    /// The best of a list after its rows were counted, from the best one down: only for those that could win.
    private func best(
        of list: UnsafeMutableBufferPointer<Best>, _ total: Int, sure isSure: (_ left: Double) -> Bool, counted: (_ feature: Int) -> Best?
    ) -> Best? {
        var winner: Best?
        var count = total
        while count > 0 {
            var place = 0
            for other in 1..<count where list[other].precedes(list[place]) { place = other }
            let candidate = list[place]
            if let winner, winner.precedes(candidate) { break }
            count &-= 1
            list[place] = list[count]
            guard let checked = isSure(Sums(candidate.left).hessian) ? candidate : counted(candidate.feature) else { continue }
            if winner.map({ checked.precedes($0) }) ?? true { winner = checked }
        }
        return winner
    }

    private func find(_ feature: Int, _ cells: UnsafePointer<UInt64>, _ node: Node, _ limits: Limits, _ floor: Double) -> Best? {
        let own = cells + feature << 8
        var best = Best(feature: feature, gain: floor)
        if isCategory[feature] { findLevel(own, node, limits, &best) } else { findCut(own, node.total, limits, &best) }
        return best.place >= 0 ? best : nil
    }

    private func split(_ best: Best, _ cells: UnsafePointer<UInt64>, _ node: Node) -> FoundSplit {
        let own = cells + best.feature << 8
        var split = isCategory[best.feature] ? levelSplit(best, own, node) : cutSplit(best, own, node.total)
        split.feature = best.feature
        split.left = best.left
        return split
    }

    /// The best split that leaves enough rows on both sides, by counting them.
    private func counted(
        _ feature: Int, _ cells: UnsafePointer<UInt64>, _ node: Node, _ limits: Limits, _ floor: Double
    ) -> Best? {
        withUnsafeTemporaryAllocation(of: Double.self, capacity: 256) { counts in
            guard let counts = counts.baseAddress else { return nil }
            counts.initialize(repeating: 0, count: 256)
            let column = matrix.column(feature)
            if let weights {
                for row in node.rows { counts[Int(column[row])] += weights[Int(row)] }
            } else {
                for row in node.rows { counts[Int(column[row])] += 1 }
            }
            // A little less allows for sums of weights that are no whole numbers.
            return find(feature, cells, node, Limits(hessian: limits.hessian, counts: counts, rows: leaf * (1 - 1e-9)), floor)
        }
    }

    // MARK: Numbers

    private func findCut(_ cells: UnsafePointer<UInt64>, _ total: UInt64, _ limits: Limits, _ best: inout Best) {
        let count = codeCounts[best.feature]
        let missing = cells[255]
        scan(cells, count - 1, isMissingLeft: false, total, limits, &best)
        guard missing != 0 else {
            best.isMissingLeft = best.left & 0xFFFF_FFFF >= (total &- best.left) & 0xFFFF_FFFF
            return
        }
        scan(cells, count - 1, isMissingLeft: true, total, limits, &best)
        let present = total &- missing
        if isAllowed(missingAlone: count, limits), let gain = gain(present, total, limits), gain > best.gain {
            best = Best(feature: best.feature, gain: gain, place: count - 1, left: present)
        }
    }

    private func cutSplit(_ best: Best, _ cells: UnsafePointer<UInt64>, _ total: UInt64) -> FoundSplit {
        let count = codeCounts[best.feature]
        var set = CodeSet()
        if best.isMissingLeft { set.insert(FeatureBins.missing) }
        let code = UInt8(truncatingIfNeeded: best.place)
        var next = best.place + 1
        while next < count - 1 && cells[next] == 0 { next += 1 }
        var split = FoundSplit(score: best.gain, code: code, set: set, isCategory: false)
        split.code = next < count ? matrix.middle(of: best.feature, code, UInt8(truncatingIfNeeded: next)) : 254
        return split
    }

    private func isAllowed(missingAlone count: Int, _ limits: Limits) -> Bool {
        guard let counts = limits.counts else { return true }
        return counts[255] >= limits.rows && (0..<count).reduce(0) { $0 + counts[$1] } >= limits.rows
    }

    /// Tries every cut among the first codes, with missing rows on one side.
    ///
    /// All gains are written down before the best one is looked for: a comparison inside the loop would make every step wait for the
    /// one before.
    private func scan(
        _ cells: UnsafePointer<UInt64>, _ count: Int, isMissingLeft: Bool, _ total: UInt64, _ limits: Limits, _ best: inout Best
    ) {
        let first = isMissingLeft ? cells[255] : 0
        guard let counts = limits.counts else {
            guard
                let found = SplitGains.best(
                    cells, count: count, first: first, total: total, least: limits.hessian, extra: penalty, above: best.gain)
            else { return }
            (best.gain, best.place, best.left, best.isMissingLeft) = (found.gain, found.place, found.left, isMissingLeft)
            return
        }
        withUnsafeTemporaryAllocation(of: Double.self, capacity: 256) { gains in
            guard let gains = gains.baseAddress else { return }
            SplitGains.write(cells, count: count, first: first, total: total, least: limits.hessian, extra: penalty, to: gains)
            leaveOut(gains, count, counts, isMissingLeft: isMissingLeft, limits.rows)
            guard let place = ScoreList.best(gains, count, above: best.gain) else { return }
            best = Best(feature: best.feature, gain: gains[place], place: place, isMissingLeft: isMissingLeft, left: first)
            for code in 0...place { best.left &+= cells[code] }
        }
    }

    /// Marks the cuts that leave too few rows on a side.
    private func leaveOut(
        _ gains: UnsafeMutablePointer<Double>, _ count: Int, _ counts: UnsafePointer<Double>, isMissingLeft: Bool, _ least: Double
    ) {
        var right = isMissingLeft ? 0 : counts[255]
        for code in 0..<255 { right += counts[code] }
        var left = isMissingLeft ? counts[255] : 0
        for code in 0..<count {
            left += counts[code]
            right -= counts[code]
            if left < least || right < least { gains[code] = -1 }
        }
    }

    @inline(__always)
    private func gain(_ left: UInt64, _ total: UInt64, _ limits: Limits) -> Double? {
        let (low, high) = (Sums(left), Sums(total &- left))
        guard limits.allow(low, of: Sums(total)) else { return nil }
        return low.gradient * low.gradient / (low.hessian + penalty) + high.gradient * high.gradient / (high.hessian + penalty)
    }

    // MARK: Categories

    /// Levels in the order of their mean derivatives (Fisher 1958), missing among them.
    private func levelOrder(_ cells: UnsafePointer<UInt64>, _ node: Node) -> [(ratio: Double, code: Int)] {
        let sums = Sums(node.total)
        let smoothing = Self.levelSmoothing * sums.hessian / node.weight
        let mean = sums.gradient / sums.hessian
        var order: [(ratio: Double, code: Int)] = []
        for code in 0..<256 where cells[code] != 0 {
            let level = Sums(cells[code])
            order.append(((level.gradient + smoothing * mean) / (level.hessian + smoothing), code))
        }
        order.sort { ($0.ratio, $0.code) < ($1.ratio, $1.code) }
        return order
    }

    /// Tries every split after one of the levels in their order.
    private func findLevel(_ cells: UnsafePointer<UInt64>, _ node: Node, _ limits: Limits, _ best: inout Best) {
        let (total, order) = (node.total, levelOrder(cells, node))
        var left: UInt64 = 0
        var leftRows = 0.0
        for place in order.indices.dropLast() {
            left &+= cells[order[place].code]
            if let counts = limits.counts {
                leftRows += counts[order[place].code]
                guard leftRows >= limits.rows, node.weight - leftRows >= limits.rows else { continue }
            }
            if let gain = gain(left, total, limits), gain > best.gain {
                (best.gain, best.place, best.left) = (gain, place, left)
            }
        }
    }

    private func levelSplit(_ best: Best, _ cells: UnsafePointer<UInt64>, _ node: Node) -> FoundSplit {
        var set = CodeSet()
        // Levels without rows here go with the larger side.
        let isLeftLarger = best.left & 0xFFFF_FFFF >= (node.total &- best.left) & 0xFFFF_FFFF
        if isLeftLarger { set.words = SIMD4(repeating: .max) }
        for (place, entry) in levelOrder(cells, node).enumerated() {
            let code = UInt8(truncatingIfNeeded: entry.code)
            if place <= best.place { set.insert(code) } else { set.remove(code) }
        }
        return FoundSplit(score: best.gain, code: 0, set: set, isCategory: true)
    }
}
