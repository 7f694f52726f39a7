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
            gradient = Double(Int64(bitPattern: packed) >> 32)
            hessian = Double(Int64(bitPattern: packed & 0xFFFF_FFFF))
        }
    }

    private struct Best {
        var gain: Double
        var place = -1
        var isMissingLeft = false
        var left: UInt64 = 0
    }

    /// Levels with less weight than this are too few to be judged by themselves: their order is drawn towards the node's.
    private static let levelSmoothing = 10.0
    /// Gains that are smaller than this share of a node's own are rounding.
    private static let leastShare = 1e-9

    private let matrix: BinnedMatrix
    private let codeCounts: [Int]
    private let isCategory: [Bool]
    private let leaf: Double
    /// The penalty in the units of the histograms; changes from tree to tree.
    var penalty = 0.0
    /// Least sum of second derivatives of a leaf.
    var leastHessian = 1.0

    init(_ matrix: BinnedMatrix, leaf: Double) {
        self.matrix = matrix
        codeCounts = matrix.binned.bins.map(\.codeCount)
        isCategory = matrix.binned.bins.map(\.isCategory)
        self.leaf = leaf
    }

    /// The best split by one of the features; nil when none gains anything.
    ///
    /// - Parameters:
    ///   - cells: histograms of all features.
    ///   - weight: of the rows of the node; shares of it are told by shares of the second derivatives.
    func best(
        of features: Range<Int>, isActive: [Bool], _ cells: UnsafePointer<UInt64>, total: UInt64, weight: Double
    ) -> FoundSplit? {
        let sums = Sums(total)
        guard sums.hessian > 0, weight > 0 else { return nil }
        // A row stands for H / weight of the second derivatives; a little less than needed allows for rounding.
        let least = max(leaf * sums.hessian / weight * (1 - 1e-9) - 0.5, leastHessian)
        let extra = penalty
        let own = sums.gradient * sums.gradient / (sums.hessian + extra)
        var winner: FoundSplit?
        var floor = own + Self.leastShare * own + .leastNormalMagnitude
        for feature in features where isActive[feature] {
            let found =
                isCategory[feature]
                ? levels(cells + feature << 8, total, least, extra, floor, weight)
                : cut(cells + feature << 8, feature, total, least, extra, floor)
            guard var found else { continue }
            floor = found.score
            found.feature = feature
            winner = found
        }
        winner?.score -= own
        return winner
    }

    // MARK: Numbers

    private func cut(
        _ cells: UnsafePointer<UInt64>, _ feature: Int, _ total: UInt64, _ least: Double, _ extra: Double, _ floor: Double
    ) -> FoundSplit? {
        let count = codeCounts[feature]
        let missing = cells[255]
        var best = Best(gain: floor)
        scan(cells, count - 1, 0, total, least, extra, &best)
        if missing != 0 {
            var other = best
            scan(cells, count - 1, missing, total, least, extra, &other)
            if other.gain > best.gain {
                best = other
                best.isMissingLeft = true
            }
            let present = total &- missing
            if let gain = gain(present, total, least, extra), gain > best.gain {
                best = Best(gain: gain, place: count - 1, left: present)
            }
        }
        guard best.place >= 0 else { return nil }
        var set = CodeSet()
        if missing == 0 { best.isMissingLeft = best.left & 0xFFFF_FFFF >= (total &- best.left) & 0xFFFF_FFFF }
        if best.isMissingLeft { set.insert(FeatureBins.missing) }
        let code = UInt8(truncatingIfNeeded: best.place)
        var next = best.place + 1
        while next < count - 1 && cells[next] == 0 { next += 1 }
        var split = FoundSplit(score: best.gain, code: code, set: set, isCategory: false)
        split.code = next < count ? matrix.middle(of: feature, code, UInt8(truncatingIfNeeded: next)) : 254
        split.left = best.left
        return split
    }

    /// Tries every cut among the first codes; `first` is on the left already.
    ///
    /// All gains are written down before the best one is looked for: a comparison inside the loop would make every step wait for the
    /// one before.
    private func scan(
        _ cells: UnsafePointer<UInt64>, _ count: Int, _ first: UInt64, _ total: UInt64, _ least: Double, _ extra: Double,
        _ best: inout Best
    ) {
        withUnsafeTemporaryAllocation(of: Double.self, capacity: 256) { gains in
            guard let gains = gains.baseAddress else { return }
            let sums = Sums(total)
            let most = sums.hessian - least
            var left = first
            var code = 0
            while code < count {
                left = left &+ cells[code]
                let side = Sums(left)
                let gradient = sums.gradient - side.gradient
                let (low, high) = (side.hessian + extra, sums.hessian - side.hessian + extra)
                let gain = (side.gradient * side.gradient * high + gradient * gradient * low) / (low * high)
                gains[code] = side.hessian >= least && side.hessian <= most ? gain : -1
                code &+= 1
            }
            guard let place = ScoreList.best(gains, count, above: best.gain) else { return }
            best = Best(gain: gains[place], place: place, left: first)
            for code in 0...place { best.left &+= cells[code] }
        }
    }

    @inline(__always)
    private func gain(_ left: UInt64, _ total: UInt64, _ least: Double, _ extra: Double) -> Double? {
        let (low, high) = (Sums(left), Sums(total &- left))
        guard low.hessian >= least, high.hessian >= least else { return nil }
        return low.gradient * low.gradient / (low.hessian + extra) + high.gradient * high.gradient / (high.hessian + extra)
    }

    // MARK: Categories

    /// Levels in the order of their mean derivatives (Fisher 1958), missing among them; the split is after one of them.
    private func levels(
        _ cells: UnsafePointer<UInt64>, _ total: UInt64, _ least: Double, _ extra: Double, _ floor: Double, _ weight: Double
    ) -> FoundSplit? {
        let sums = Sums(total)
        let smoothing = Self.levelSmoothing * sums.hessian / weight
        let mean = sums.gradient / sums.hessian
        var order: [(ratio: Double, code: Int)] = []
        for code in 0..<256 where cells[code] != 0 {
            let level = Sums(cells[code])
            order.append(((level.gradient + smoothing * mean) / (level.hessian + smoothing), code))
        }
        guard order.count > 1 else { return nil }
        order.sort { ($0.ratio, $0.code) < ($1.ratio, $1.code) }
        var best = Best(gain: floor)
        var left: UInt64 = 0
        for place in 0..<order.count - 1 {
            left &+= cells[order[place].code]
            if let gain = gain(left, total, least, extra), gain > best.gain { best = Best(gain: gain, place: place, left: left) }
        }
        guard best.place >= 0 else { return nil }
        var set = CodeSet()
        // Levels without rows here go with the larger side.
        let isLeftLarger = best.left & 0xFFFF_FFFF >= (total &- best.left) & 0xFFFF_FFFF
        if isLeftLarger { set.words = SIMD4(repeating: .max) }
        for (place, entry) in order.enumerated() {
            let code = UInt8(truncatingIfNeeded: entry.code)
            if place <= best.place { set.insert(code) } else { set.remove(code) }
        }
        var split = FoundSplit(score: best.gain, code: 0, set: set, isCategory: true)
        split.left = best.left
        return split
    }
}
