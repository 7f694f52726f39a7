import RondoKernels

/// Finds the best split of a node by one feature.
final class SplitSearch {
    enum Outcome {
        /// One code only: the feature is of no use below this node either.
        case constant
        /// No split leaves enough rows on both sides.
        case none
        case split(FoundSplit)
    }

    struct Best {
        var score = -1.0
        var place = -1
        var isMissingLeft = false
    }

    let matrix: BinnedMatrix
    let leaf: UInt64
    let sumBits: UInt64
    let sumMask: UInt64
    let classCount: Int
    let isCategory: [Bool]
    private let memory = WorkingMemory()
    /// One cell a code, or one a code and class; 0 between two searches.
    let cells: UnsafeMutablePointer<UInt64>
    /// Count and sum (or class) of the rows of the node, in their order, where its columns are searched here.
    let values: UnsafeMutablePointer<UInt64>
    /// Which codes occur, twice four words that rows take turns with, so that one does not wait for the other.
    private let mask: UnsafeMutablePointer<UInt64>
    /// Codes that occur, without missing.
    let order: UnsafeMutablePointer<UInt8>
    /// Scores of the cuts of one feature.
    private let scores: CutScores
    /// What lies left of each cut of one feature, packed.
    private let lefts: UnsafeMutablePointer<UInt64>
    /// Codes of one feature, one a row of the node.
    let local: UnsafeMutablePointer<UInt8>
    /// The greatest value of each code, 256 a feature; for categories without meaning.
    let highs: UnsafeMutablePointer<Double>
    let lows: UnsafeMutablePointer<Double>
    /// Splits below this score are of no interest; found ones may be.
    var floor = -1.0
    /// Count and sum of the node.
    private(set) var total: UInt64 = 0
    private(set) var totalRows: UInt64 = 0
    let classTotals: UnsafeMutablePointer<UInt64>
    let leftTotals: UnsafeMutablePointer<UInt64>
    let columns: [CodeColumn]

    /// - Parameter listedRows: most rows of a node whose columns are searched here; 0 when they are searched elsewhere.
    init(_ matrix: BinnedMatrix, target: ForestTarget, settings: ForestGrower.Settings, listedRows: Int) {
        self.matrix = matrix
        leaf = UInt64(settings.leaf)
        sumBits = target.sumBits
        sumMask = 1 << target.sumBits - 1
        classCount = target.classCount
        isCategory = matrix.binned.bins.map(\.isCategory)
        columns = matrix.grouped
        cells = memory.zeros(256 * max(1, target.classCount))
        values = memory.zeros(listedRows)
        mask = memory.zeros(8)
        order = memory.zeros(256)
        local = memory.zeros(settings.isRandomCut ? listedRows : 0)
        scores = CutScores(target, leaf: settings.leaf, room: 256)
        lefts = memory.zeros(256)
        lows = memory.zeros(matrix.ranges.count << 8)
        highs = memory.zeros(matrix.ranges.count << 8)
        for (feature, ranges) in matrix.ranges.enumerated() {
            for (code, range) in ranges.enumerated() {
                lows[feature << 8 | code] = range.low
                highs[feature << 8 | code] = range.high
            }
        }
        classTotals = memory.zeros(target.classCount)
        leftTotals = memory.zeros(target.classCount)
    }

    /// Takes over a node whose columns are searched elsewhere; false when it has too few rows to be split.
    func setNode(_ rows: UnsafeBufferPointer<Int32>, sumOf packed: UnsafePointer<UInt64>) -> Bool {
        var sum: UInt64 = 0
        for row in rows { sum &+= packed[Int(row)] }
        return setNode(total: sum)
    }

    /// Takes over a node and lists the values of its rows; false when it has too few to be split.
    ///
    /// - Parameter packed: count and sum (or class) of a row.
    @inline(__always)
    func setNode(_ rows: UnsafeBufferPointer<Int32>, packed: (Int32) -> UInt64) -> Bool {
        var sum: UInt64 = 0
        for index in 0..<classCount { classTotals[index] = 0 }
        var place = 0
        while place < rows.count {
            let value = packed(rows[place])
            values[place] = value
            if classCount > 0 {
                classTotals[Int(value & 0xFFFF_FFFF)] &+= value &>> 32
                sum &+= value &>> 32
            } else {
                sum &+= value
            }
            place &+= 1
        }
        return setNode(total: sum)
    }

    private func setNode(total sum: UInt64) -> Bool {
        total = sum
        scores.begin(total: sum)
        totalRows = classCount > 0 ? sum : sum &>> sumBits
        return totalRows >= 2 && totalRows / 2 >= leaf
    }

    // MARK: Cells

    /// The best split by a histogram made here from the codes of the node's rows.
    func sparse(_ feature: Int, rows: UnsafeBufferPointer<Int32>) -> Outcome {
        count(feature, rows: rows)
        let hasMissing = (mask[3] | mask[7]) >> 63 != 0
        if classCount == 0 && !hasMissing && !isCategory[feature] { return plainSparse() }
        var found = 0
        for word in 0..<4 {
            var rest = mask[word] | mask[word + 4]
            if word == 3 { rest &= .max >> 1 }
            mask[word] = 0
            mask[word + 4] = 0
            let first = UInt8(truncatingIfNeeded: word << 6)
            while rest != 0 {
                order[found] = first &+ UInt8(truncatingIfNeeded: rest.trailingZeroBitCount)
                found &+= 1
                rest &= rest &- 1
            }
        }
        let outcome: Outcome
        if classCount > 0 {
            outcome = several(found, hasMissing: hasMissing, isCategory: isCategory[feature])
            for place in 0..<found { clear(order[place]) }
            if hasMissing { clear(FeatureBins.missing) }
        } else {
            outcome = scalar(found, cells: cells, isCategory: isCategory[feature])
            for place in 0..<found { cells[Int(order[place])] = 0 }
            cells[255] = 0
        }
        return outcome
    }

    private func clear(_ code: UInt8) {
        for index in 0..<classCount { cells[Int(code) * classCount + index] = 0 }
    }

    /// Fills the cells, and the mask of the codes that occur: nothing here branches on the data.
    private func count(_ feature: Int, rows: UnsafeBufferPointer<Int32>) {
        let (mask, cells, values, classCount) = (mask, cells, values, classCount)
        let (column, count) = (columns[feature], rows.count)
        guard let rows = rows.baseAddress else { return }
        @inline(__always)
        func add(_ place: Int, _ words: UnsafeMutablePointer<UInt64>) {
            let code = Int(column[rows[place]])
            words[code >> 6] |= 1 &<< UInt64(truncatingIfNeeded: code)
            let value = values[place]
            if classCount > 0 {
                cells[code &* classCount &+ Int(truncatingIfNeeded: value & 0xFFFF_FFFF)] &+= value &>> 32
            } else {
                cells[code] = cells[code] &+ value
            }
        }
        var place = 0
        while place &+ 2 <= count {
            add(place, mask)
            add(place &+ 1, mask + 4)
            place &+= 2
        }
        if place < count { add(place, mask) }
    }

    /// Whether all rows have the same code.
    func isConstant(_ feature: Int, rows: UnsafeBufferPointer<Int32>) -> Bool {
        let column = columns[feature]
        let first = column[rows[0]]
        return rows.allSatisfy { column[$0] == first }
    }

    // MARK: One value a row

    /// Numbers without gaps in the node, by the codes that occur; empties the cells and the mask.
    private func plainSparse() -> Outcome {
        let (cells, order, lefts) = (cells, order, lefts)
        var left: UInt64 = 0
        var found = 0
        for word in 0..<4 {
            var rest = mask[word] | mask[word &+ 4]
            mask[word] = 0
            mask[word &+ 4] = 0
            while rest != 0 {
                let code = word &<< 6 | rest.trailingZeroBitCount
                rest &= rest &- 1
                left = left &+ cells[code]
                cells[code] = 0
                lefts[found] = left
                order[found] = UInt8(truncatingIfNeeded: code)
                found &+= 1
            }
        }
        guard found > 1 else { return .constant }
        let highest = scores.write(lefts, found - 1)
        guard highest > -1 else { return .none }
        let place = scores.place(of: highest)
        return plain(place, code: order[place], next: order[place + 1])
    }

    /// The split after a place of `lefts`.
    private func plain(_ place: Int, code: UInt8, next: UInt8) -> Outcome {
        let score = scores.values[place] / Double(totalRows)
        guard score >= floor else { return .none }
        var set = CodeSet()
        // Where the node has no gaps, those to come go with the larger side.
        if 2 * (lefts[place] &>> sumBits) >= totalRows { set.insert(FeatureBins.missing) }
        return .split(FoundSplit(score: score, code: code, nextCode: next, set: set, isCategory: false))
    }

    private func scalar(_ found: Int, cells: UnsafePointer<UInt64>, isCategory: Bool) -> Outcome {
        let missing = cells[255]
        guard found + (missing > 0 ? 1 : 0) > 1 else { return .constant }
        if isCategory { sortByMean(found, cells) }
        var best = Best()
        if missing == 0 {
            scan(found - 1, cells, first: 0, &best)
            if best.place >= 0 { best.isMissingLeft = 2 * (lefts[best.place] &>> sumBits) >= totalRows }
        } else {
            scan(found, cells, first: 0, &best)
            var other = best
            other.place = -1
            scan(found - 1, cells, first: missing, &other)
            if other.place >= 0 { best = Best(score: other.score, place: other.place, isMissingLeft: true) }
        }
        guard best.score >= floor else { return .none }
        return outcome(best, found, isCategory: isCategory) { cells[Int($0)] &>> self.sumBits }
    }

    /// Tries the cuts after each of the first codes; with `first` on the left already.
    ///
    /// All scores are written down before the best one is looked for: a comparison inside the loop would make every step wait for the
    /// one before.
    private func scan(_ count: Int, _ cells: UnsafePointer<UInt64>, first: UInt64, _ best: inout Best) {
        let (order, lefts, rows) = (order, lefts, Double(Int64(bitPattern: totalRows)))
        var left = first
        var place = 0
        while place < count {
            left = left &+ cells[Int(order[place])]
            lefts[place] = left
            place &+= 1
        }
        let highest = scores.write(lefts, count)
        guard highest > (best.score < 0 ? -1 : best.score * rows) else { return }
        best = Best(score: highest / rows, place: scores.place(of: highest))
    }

    /// Orders levels by their mean target: some split of this order is the best of all (Fisher 1958).
    private func sortByMean(_ found: Int, _ cells: UnsafePointer<UInt64>) {
        let means = (0..<found).map { order[$0] }.map { code -> (mean: Double, code: UInt8) in
            let cell = cells[Int(code)]
            return (Double(cell & sumMask) / Double(cell >> sumBits), code)
        }
        for (place, entry) in means.sorted(by: { ($0.mean, $0.code) < ($1.mean, $1.code) }).enumerated() { order[place] = entry.code }
    }

    // MARK: Result

    /// The split after a place of the order; codes without rows here go with the larger side.
    func outcome(_ best: Best, _ found: Int, isCategory: Bool, rows: (UInt8) -> UInt64) -> Outcome {
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
