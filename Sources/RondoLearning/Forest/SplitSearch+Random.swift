import RondoKernels

extension SplitSearch {
    /// A split drawn at random: a cut evenly between the least and the greatest value of the node, or a random group of its levels; missing
    /// rows go to the side that fits better (Geurts, Ernst and Wehenkel 2006, Extremely randomized trees, Machine Learning 63).
    func random(_ feature: Int, rows: UnsafeBufferPointer<Int32>, stream: inout RandomStream) -> Outcome {
        guard let (low, high, hasMissing) = bounds(feature, rows), low < high || hasMissing else { return .constant }
        if low == high {
            // Only missing against present.
            return cut(feature, code: 254, rows.count)
        }
        if isCategory[feature] { return group(feature, left: drawnLevels(rows.count, &stream), rows.count) }
        return cut(feature, code: drawnCut(feature, low, high, &stream), rows.count)
    }

    /// The least and the greatest code of the node, which are then listed in `local`; nil when all are missing.
    private func bounds(_ feature: Int, _ rows: UnsafeBufferPointer<Int32>) -> (low: Int, high: Int, hasMissing: Bool)? {
        let (column, local, count) = (columns[feature], local, rows.count)
        guard let rows = rows.baseAddress else { return nil }
        var (low, high) = (UInt8.max, UInt8.min)
        var place = 0
        while place < count {
            let code = column[rows[place]]
            local[place] = code
            low = code < low ? code : low
            high = code > high ? code : high
            place &+= 1
        }
        guard high == FeatureBins.missing else { return (Int(low), Int(high), false) }
        guard low < FeatureBins.missing else { return nil }
        high = 0
        for place in 0..<count where local[place] < FeatureBins.missing && local[place] > high { high = local[place] }
        return (Int(low), Int(high), true)
    }

    /// The last code below a point drawn between the values of two codes.
    private func drawnCut(_ feature: Int, _ low: Int, _ high: Int, _ stream: inout RandomStream) -> UInt8 {
        let (highs, lows) = (highs + feature << 8, lows + feature << 8)
        let share = stream.uniform()
        let point = highs[low] * (1 - share) + lows[high] * share
        // The codes from `low` on whose values lie up to the point, but not `high`.
        var (inside, outside) = (low, high)
        while inside + 1 < outside {
            let middle = (inside + outside) / 2
            if highs[middle] <= point { inside = middle } else { outside = middle }
        }
        return UInt8(truncatingIfNeeded: inside)
    }

    /// Each level of the node with even chances, but neither none nor all.
    private func drawnLevels(_ count: Int, _ stream: inout RandomStream) -> CodeSet {
        var present = CodeSet()
        for place in 0..<count { present.insert(local[place]) }
        present.remove(FeatureBins.missing)
        while true {
            var drawn = CodeSet()
            for word in 0..<4 { drawn.words[word] = stream.nextUInt64() }
            let inside = drawn.words & present.words
            if inside != .zero && inside != present.words {
                drawn.remove(FeatureBins.missing)
                return drawn
            }
        }
    }

    /// How good a cut is, with missing rows on the better side.
    private func cut(_ feature: Int, code: UInt8, _ count: Int) -> Outcome {
        guard classCount == 0 else {
            return score(feature, FoundSplit(score: 0, code: code, set: CodeSet(), isCategory: false), count)
        }
        var (inside, missing): (UInt64, UInt64) = (0, 0)
        var place = 0
        while place < count {
            let own = local[place]
            let value = values[place]
            inside = inside &+ (own <= code ? value : 0)
            missing = missing &+ (own == FeatureBins.missing ? value : 0)
            place &+= 1
        }
        return better(FoundSplit(score: 0, code: code, set: CodeSet(), isCategory: false), inside, missing)
    }

    /// How good a group of levels is, with missing rows on the better side.
    private func group(_ feature: Int, left: CodeSet, _ count: Int) -> Outcome {
        let split = FoundSplit(score: 0, code: 254, set: left, isCategory: true)
        guard classCount == 0 else { return score(feature, split, count) }
        var (inside, missing): (UInt64, UInt64) = (0, 0)
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { side in
            guard let side = side.baseAddress else { return }
            split.write(to: side)
            for place in 0..<count {
                let own = local[place]
                inside = inside &+ (side[Int(own)] != 0 ? values[place] : 0)
                missing = missing &+ (own == FeatureBins.missing ? values[place] : 0)
            }
        }
        return better(split, inside, missing)
    }

    /// The split with the missing sums on the better side.
    private func better(_ split: FoundSplit, _ inside: UInt64, _ missing: UInt64) -> Outcome {
        var found: (score: Double, isMissingLeft: Bool)?
        if let right = scalarScore(inside) { found = (right, missing == 0 && 2 * (inside &>> sumBits) >= totalRows) }
        if missing > 0, let left = scalarScore(inside &+ missing), left > found?.score ?? -1 { found = (left, true) }
        guard let found else { return .none }
        return .split(split.with(score: found.score, isMissingLeft: found.isMissingLeft))
    }

    /// The decrease of squared error when these sums go left.
    private func scalarScore(_ left: UInt64) -> Double? {
        let (leftRows, rows) = (left &>> sumBits, total &>> sumBits)
        guard leftRows >= leaf, rows - leftRows >= leaf, leftRows > 0, leftRows < rows else { return nil }
        let (nL, n) = (Double(leftRows), Double(rows))
        let difference = Double(left & sumMask) * n - Double(total & sumMask) * nL
        return difference * difference / (n * nL * (n - nL))
    }

    /// The same for several classes.
    private func score(_ feature: Int, _ split: FoundSplit, _ count: Int) -> Outcome {
        for index in 0..<classCount { leftTotals[index] = 0 }
        // The cells of the missing code collect the missing rows by class.
        let start = 255 * classCount
        var missing: UInt64 = 0
        for place in 0..<count {
            let (own, value) = (local[place], values[place])
            if own == FeatureBins.missing {
                cells[start + Int(value & 0xFFFF_FFFF)] &+= value &>> 32
                missing += value &>> 32
            } else if split.goesLeft(own) {
                leftTotals[Int(value & 0xFFFF_FFFF)] &+= value &>> 32
            }
        }
        defer { for index in 0..<classCount { cells[start + index] = 0 } }
        var found: (score: Double, isMissingLeft: Bool)?
        if let (right, leftRows) = classScore(adding: nil) { found = (right, missing == 0 && 2 * leftRows >= totalRows) }
        if missing > 0, let (left, _) = classScore(adding: start), left > found?.score ?? -1 { found = (left, true) }
        guard let found else { return .none }
        return .split(split.with(score: found.score, isMissingLeft: found.isMissingLeft))
    }
}
