/// A split of one node.
struct FoundSplit {
    /// Decrease of impurity, in the units of the histograms.
    var score: Double
    var feature = 0
    /// Codes up to this one go left; for categories unused.
    var code: UInt8
    /// The next code that occurs in the node.
    var nextCode: UInt8 = 0
    /// The codes that go left, 255 for missing.
    var set: CodeSet
    var isCategory: Bool

    @inline(__always)
    func goesLeft(_ code: UInt8) -> Bool {
        if isCategory || code == FeatureBins.missing { return set.contains(code) }
        return code <= self.code
    }
}

/// Finds the best split of a node by one feature from its histogram.
///
/// Its working memory is its own and lives as long as it: plain memory, because this is the innermost loop of a forest.
final class SplitSearch {
    enum Outcome {
        /// One code only: the feature is of no use below this node either.
        case constant
        /// No split leaves enough rows on both sides.
        case none
        case split(FoundSplit)
    }

    private let leaf: UInt64
    private let sumBits: UInt64
    private let sumMask: UInt64
    private let classCount: Int
    private let classes: [Int32]
    /// One cell a code, or one a code and class.
    private let cells: UnsafeMutablePointer<UInt64>
    /// Count and sum of the rows of the node, in their order.
    private let values: UnsafeMutablePointer<UInt64>
    /// Which codes occur, while a histogram is made.
    private let mask: UnsafeMutablePointer<UInt64>
    /// Codes that occur, without missing.
    private let order: UnsafeMutablePointer<UInt8>
    /// Count and sum of the node.
    private var total: UInt64 = 0
    private var totalRows: UInt64 = 0
    private let classTotals: UnsafeMutablePointer<UInt64>
    private let leftTotals: UnsafeMutablePointer<UInt64>

    init(target: ForestTarget, leaf: Int) {
        self.leaf = UInt64(leaf)
        sumBits = target.sumBits
        sumMask = 1 << target.sumBits - 1
        classCount = target.classCount
        classes = target.classes
        cells = Self.zeros(256 * max(1, target.classCount))
        values = Self.zeros(target.values.count)
        mask = Self.zeros(4)
        order = Self.zeros(256)
        classTotals = Self.zeros(target.classCount)
        leftTotals = Self.zeros(target.classCount)
    }

    deinit {
        for memory in [cells, values, mask, classTotals, leftTotals] { memory.deallocate() }
        order.deallocate()
    }

    private static func zeros<Number: FixedWidthInteger>(_ count: Int) -> UnsafeMutablePointer<Number> {
        let memory = UnsafeMutablePointer<Number>.allocate(capacity: max(1, count))
        memory.initialize(repeating: 0, count: max(1, count))
        return memory
    }

    /// Takes over a node; false when it has too few rows to be split.
    func setNode(_ rows: ArraySlice<Int32>, counts: [UInt32], packed: [UInt64]) -> Bool {
        if classCount > 0 {
            for index in 0..<classCount { classTotals[index] = 0 }
            totalRows = 0
            for row in rows {
                let count = UInt64(counts[Int(row)])
                classTotals[Int(classes[Int(row)])] += count
                totalRows += count
            }
        } else {
            total = rows.withUnsafeBufferPointer { rows in
                packed.withUnsafeBufferPointer { packed in
                    var total: UInt64 = 0
                    for place in rows.indices {
                        let value = packed[Int(rows[place])]
                        values[place] = value
                        total &+= value
                    }
                    return total
                }
            }
            totalRows = total >> sumBits
        }
        return totalRows >= 2 && totalRows / 2 >= leaf
    }

    /// The best split by a histogram that exists already.
    func dense(_ histogram: [UInt64], at start: Int, isCategory: Bool) -> Outcome {
        let found = histogram.withUnsafeBufferPointer { histogram in
            var found = 0
            for code in 0..<255 {
                let cell = histogram[start + code]
                cells[code] = cell
                order[found] = UInt8(truncatingIfNeeded: code)
                found += cell != 0 ? 1 : 0
            }
            return found
        }
        let missing = histogram[start + 255]
        let outcome = scalar(found, missing: missing, isCategory: isCategory)
        for place in 0..<found { cells[Int(order[place])] = 0 }
        return outcome
    }

    /// The best split by a histogram made here from the codes of the node's rows.
    func sparse(
        _ codes: [UInt8], feature: Int, width: Int, rows: [Int32], range: Range<Int>, counts: [UInt32], isCategory: Bool
    ) -> Outcome {
        count(codes, feature: feature, width: width, rows: rows, range: range, counts: counts)
        let hasMissing = mask[3] >> 63 != 0
        mask[3] &= .max >> 1
        var found = 0
        for word in 0..<4 {
            list(mask[word], UInt8(truncatingIfNeeded: word << 6), &found)
            mask[word] = 0
        }
        let outcome: Outcome
        if classCount > 0 {
            outcome = several(found, hasMissing: hasMissing, isCategory: isCategory)
            for place in 0..<found { clear(order[place]) }
            if hasMissing { clear(FeatureBins.missing) }
        } else {
            outcome = scalar(found, missing: cells[255], isCategory: isCategory)
            for place in 0..<found { cells[Int(order[place])] = 0 }
            cells[255] = 0
        }
        return outcome
    }

    /// Fills the cells, and the mask of the codes that occur: nothing here branches on the data.
    private func count(_ codes: [UInt8], feature: Int, width: Int, rows: [Int32], range: Range<Int>, counts: [UInt32]) {
        let (classCount, mask, cells, values) = (classCount, mask, cells, values)
        codes.withUnsafeBufferPointer { codes in
            rows.withUnsafeBufferPointer { rows in
                if classCount > 0 {
                    for place in range {
                        let row = Int(rows[place])
                        let code = Int(codes[row &* width &+ feature])
                        mask[code >> 6] |= 1 &<< UInt64(truncatingIfNeeded: code)
                        cells[code &* classCount &+ Int(classes[row])] &+= UInt64(counts[row])
                    }
                    return
                }
                let start = range.lowerBound
                for place in range {
                    let code = Int(codes[Int(rows[place]) &* width &+ feature])
                    mask[code >> 6] |= 1 &<< UInt64(truncatingIfNeeded: code)
                    cells[code] &+= values[place &- start]
                }
            }
        }
    }

    private func clear(_ code: UInt8) {
        for index in 0..<classCount { cells[Int(code) * classCount + index] = 0 }
    }

    private func list(_ mask: UInt64, _ first: UInt8, _ found: inout Int) {
        var rest = mask
        while rest != 0 {
            order[found] = first &+ UInt8(truncatingIfNeeded: rest.trailingZeroBitCount)
            found += 1
            rest &= rest &- 1
        }
    }

    // MARK: One value a row

    private struct Best {
        var score = -1.0
        var place = -1
        var isMissingLeft = false
    }

    private func scalar(_ found: Int, missing: UInt64, isCategory: Bool) -> Outcome {
        guard found + (missing > 0 ? 1 : 0) > 1 else { return .constant }
        if isCategory { sortByMean(found) }
        var best = Best()
        var left: UInt64 = 0
        for place in 0..<found - 1 {
            left &+= cells[Int(order[place])]
            if missing == 0 {
                consider(left, place, isMissingLeft: left >> sumBits >= (total &- left) >> sumBits, &best)
            } else {
                consider(left, place, isMissingLeft: false, &best)
                consider(left &+ missing, place, isMissingLeft: true, &best)
            }
        }
        if missing > 0 { consider(total &- missing, found - 1, isMissingLeft: false, &best) }
        return outcome(best, found, isCategory: isCategory) { cells[Int($0)] >> sumBits }
    }

    @inline(__always)
    private func consider(_ left: UInt64, _ place: Int, isMissingLeft: Bool, _ best: inout Best) {
        let right = total &- left
        let leftRows = left >> sumBits
        let rightRows = right >> sumBits
        guard leftRows >= leaf, rightRows >= leaf else { return }
        let (nL, nR) = (Double(leftRows), Double(rightRows))
        let difference = Double(left & sumMask) * nR - Double(right & sumMask) * nL
        let score = difference * difference / (nL * nR * (nL + nR))
        if score > best.score { best = Best(score: score, place: place, isMissingLeft: isMissingLeft) }
    }

    /// Orders levels by their mean target: some split of this order is the best of all (Fisher 1958).
    private func sortByMean(_ found: Int) {
        let means = (0..<found).map { order[$0] }.map { code -> (mean: Double, code: UInt8) in
            let cell = cells[Int(code)]
            return (Double(cell & sumMask) / Double(cell >> sumBits), code)
        }
        for (place, entry) in means.sorted(by: { ($0.mean, $0.code) < ($1.mean, $1.code) }).enumerated() { order[place] = entry.code }
    }

    // MARK: Several classes

    private func several(_ found: Int, hasMissing: Bool, isCategory: Bool) -> Outcome {
        guard found + (hasMissing ? 1 : 0) > 1 else { return .constant }
        guard isCategory else {
            let best = scanClasses(found, hasMissing: hasMissing)
            return outcome(best, found, isCategory: false, rows: rowsOf)
        }
        // One order a class: its share against the rest.
        var winner: Outcome = .none
        var score = -1.0
        let listed = (0..<found).map { order[$0] }
        for index in 0..<classCount where classTotals[index] > 0 {
            let shares = listed.map { code in
                (share: Double(cells[Int(code) * classCount + index]) / Double(max(rowsOf(code), 1)), code: code)
            }
            for (place, entry) in shares.sorted(by: { ($0.share, $0.code) < ($1.share, $1.code) }).enumerated() {
                order[place] = entry.code
            }
            let best = scanClasses(found, hasMissing: hasMissing)
            if best.score > score {
                score = best.score
                winner = outcome(best, found, isCategory: true, rows: rowsOf)
            }
        }
        return winner
    }

    private func rowsOf(_ code: UInt8) -> UInt64 {
        var sum: UInt64 = 0
        for index in 0..<classCount { sum += cells[Int(code) * classCount + index] }
        return sum
    }

    private func scanClasses(_ found: Int, hasMissing: Bool) -> Best {
        var best = Best()
        for index in 0..<classCount { leftTotals[index] = 0 }
        let missing = 255 * classCount
        for place in 0..<found {
            let start = Int(order[place]) * classCount
            for index in 0..<classCount { leftTotals[index] += cells[start + index] }
            if place < found - 1 {
                consider(place, isMissingLeft: false, addingFrom: nil, isChoice: hasMissing, &best)
                if hasMissing { consider(place, isMissingLeft: true, addingFrom: missing, isChoice: true, &best) }
            } else if hasMissing {
                consider(place, isMissingLeft: false, addingFrom: nil, isChoice: true, &best)
            }
        }
        return best
    }

    private func consider(_ place: Int, isMissingLeft: Bool, addingFrom start: Int?, isChoice: Bool, _ best: inout Best) {
        var (leftRows, leftSquares, rightSquares, squares): (UInt64, Double, Double, Double) = (0, 0, 0, 0)
        for index in 0..<classCount {
            let left = leftTotals[index] + (start.map { cells[$0 + index] } ?? 0)
            let (l, r, t) = (Double(left), Double(classTotals[index] - left), Double(classTotals[index]))
            leftRows += left
            leftSquares += l * l
            rightSquares += r * r
            squares += t * t
        }
        let rightRows = totalRows - leftRows
        guard leftRows >= leaf, rightRows >= leaf, leftRows > 0, rightRows > 0 else { return }
        let score = leftSquares / Double(leftRows) + rightSquares / Double(rightRows) - squares / Double(totalRows)
        if score > best.score {
            best = Best(score: max(score, 0), place: place, isMissingLeft: isChoice ? isMissingLeft : leftRows >= rightRows)
        }
    }

    // MARK: Result

    /// The split after a place of the order; codes without rows here go with the larger side.
    private func outcome(_ best: Best, _ found: Int, isCategory: Bool, rows: (UInt8) -> UInt64) -> Outcome {
        guard best.place >= 0 else { return .none }
        var set = CodeSet()
        var code: UInt8 = 254
        var nextCode: UInt8 = 255
        if isCategory {
            var leftRows: UInt64 = 0
            for place in 0...best.place { leftRows += rows(order[place]) }
            if 2 * leftRows >= totalRows {
                set.words = SIMD4(repeating: .max)
                for place in best.place + 1..<max(found, best.place + 1) { set.remove(order[place]) }
            } else {
                for place in 0...best.place { set.insert(order[place]) }
            }
        } else if best.place + 1 < found {
            (code, nextCode) = (order[best.place], order[best.place + 1])
        }
        if best.isMissingLeft { set.insert(FeatureBins.missing) } else { set.remove(FeatureBins.missing) }
        return .split(FoundSplit(score: best.score, code: code, nextCode: nextCode, set: set, isCategory: isCategory))
    }
}
