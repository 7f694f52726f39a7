import RondoKernels

/// Grows one tree of a forest on codes.
///
/// Histograms hold whole numbers (count and fixed-point sum packed into 64 bits), so that no order of rows matters. Large nodes that try
/// every column build the histograms of the smaller child and subtract them from the parent's; small nodes visit only the codes they hold.
final class ForestGrower {
    struct Settings: Sendable {
        let depth: Int
        let leaf: Int
        /// Columns tried at each split.
        let tried: Int
        let isCategory: [Bool]
        /// Least and greatest value of each code, by feature; empty for categories.
        let ranges: [[(low: Double, high: Double)]]

        /// The last code that a cut half-way between the values of two neighbouring codes leaves on the left.
        func middle(of feature: Int, _ low: UInt8, _ high: UInt8) -> UInt8 {
            let ranges = ranges[feature]
            guard high > low + 1, Int(high) < ranges.count else { return low }
            let middle = FeatureBins.middle(ranges[Int(low)].high, ranges[Int(high)].low)
            var code = low
            while code + 1 < high && ranges[Int(code) + 1].high <= middle { code += 1 }
            return code
        }
    }

    /// A node that waits for its split.
    private struct Work {
        var start: Int
        var end: Int
        var depth: Int
        var node: Int
        /// Columns not known to be constant here.
        var active: [UInt16]
        /// Place in the pool of dense histograms; -1 for none.
        var histogram: Int
    }

    /// Below this many rows histograms are not kept for subtraction.
    private static let denseRows = 256

    private let codes: [UInt8]
    private let target: ForestTarget
    private let settings: Settings
    private let cancellation: CancellationToken
    private var stream: RandomStream
    private let width: Int
    private var rows: [Int32] = []
    private var scratch: [Int32] = []
    private var counts: [UInt32] = []
    /// Count and sum of each row.
    private var packed: [UInt64] = []
    private let search: SplitSearch
    private var pool: [[UInt64]] = []
    private var freePool: [Int] = []
    private var tree: GrownTree

    init(codes: [UInt8], target: ForestTarget, settings: Settings, stream: RandomStream, cancellation: CancellationToken) {
        self.codes = codes
        self.target = target
        self.settings = settings
        self.stream = stream
        self.cancellation = cancellation
        width = settings.isCategory.count
        search = SplitSearch(target: target, leaf: settings.leaf)
        tree = GrownTree(importances: [Double](repeating: 0, count: settings.isCategory.count))
    }

    func grow(_ drawing: RowDrawing) throws -> GrownTree {
        counts = drawing.counts(&stream)
        rows = counts.indices.filter { counts[$0] > 0 }.map { Int32(truncatingIfNeeded: $0) }
        scratch = rows
        if target.classCount == 0 {
            packed = counts.indices.map { UInt64(counts[$0]) << target.sumBits | UInt64(counts[$0]) &* target.fixed[$0] }
        }
        tree.nodes.append(.leaf(0))
        var waiting = [
            Work(start: 0, end: rows.count, depth: 0, node: 0, active: (0..<width).map { UInt16(truncatingIfNeeded: $0) }, histogram: -1)
        ]
        var unchecked = 0
        while var work = waiting.popLast() {
            unchecked += work.end - work.start + 64
            if unchecked > 50_000 {
                try cancellation.check()
                unchecked = 0
            }
            guard let split = bestSplit(&work) else {
                addLeaf(work)
                continue
            }
            divide(work, split, &waiting)
        }
        let total = tree.importances.reduce(0, +)
        if total > 0 { tree.importances = tree.importances.map { $0 / total } }
        return tree
    }

    // MARK: Splits

    private func bestSplit(_ work: inout Work) -> FoundSplit? {
        guard work.depth < settings.depth, !isPure(work), search.setNode(rows[work.start..<work.end], counts: counts, packed: packed) else {
            release(work.histogram)
            return nil
        }
        let isDense = target.classCount == 0 && settings.tried == width && work.end - work.start >= Self.denseRows
        if isDense && work.histogram < 0 { work.histogram = build(work.start, work.end) }
        var best: FoundSplit?
        var constant: [UInt16] = []
        var candidates = work.active
        var visited = 0
        var index = 0
        while index < candidates.count && (visited < settings.tried || best == nil) {
            // A random order even when all are tried, so that no column wins every tie.
            candidates.swapAt(index, index + stream.uniform(below: candidates.count - index))
            let feature = Int(candidates[index])
            let found: SplitSearch.Outcome
            if work.histogram >= 0 {
                found = search.dense(pool[work.histogram], at: feature << 8, isCategory: settings.isCategory[feature])
            } else {
                found = search.sparse(
                    codes, feature: feature, width: width, rows: rows, range: work.start..<work.end, counts: counts,
                    isCategory: settings.isCategory[feature])
            }
            switch found {
            case .constant: constant.append(candidates[index])
            case .none: break
            case .split(var split):
                if split.score > best?.score ?? -1 {
                    split.feature = feature
                    best = split
                }
            }
            visited += 1
            index += 1
        }
        if best == nil { release(work.histogram) }
        if let found = best, !found.isCategory { best?.code = settings.middle(of: found.feature, found.code, found.nextCode) }
        if !constant.isEmpty { work.active.removeAll { constant.contains($0) } }
        return best
    }

    /// Whether all rows of a node have the same target.
    private func isPure(_ work: Work) -> Bool {
        let first = Int(rows[work.start])
        if target.classCount > 0 {
            return rows[work.start..<work.end].allSatisfy { target.classes[Int($0)] == target.classes[first] }
        }
        return rows[work.start..<work.end].allSatisfy { target.values[Int($0)] == target.values[first] }
    }

    // MARK: Nodes

    private func addLeaf(_ work: Work) {
        tree.nodes[work.node] = .leaf(tree.leafValues.count / target.width)
        if target.classCount > 0 {
            var shares = [Double](repeating: 0, count: target.classCount)
            for row in rows[work.start..<work.end] { shares[Int(target.classes[Int(row)])] += Double(counts[Int(row)]) }
            let total = shares.reduce(0, +)
            tree.leafValues.append(contentsOf: shares.map { $0 / total })
            return
        }
        // Distances from the first value keep their digits, and a leaf of equal values has exactly that value.
        let base = target.values[Int(rows[work.start])]
        var (sum, total) = (0.0, 0.0)
        for row in rows[work.start..<work.end] {
            let count = Double(counts[Int(row)])
            sum += count * (target.values[Int(row)] / 2 - base / 2)
            total += count
        }
        tree.leafValues.append(base + 2 * (sum / total))
    }

    private func divide(_ work: Work, _ split: FoundSplit, _ waiting: inout [Work]) {
        let middle = partition(work, split)
        let left = tree.nodes.count
        tree.nodes.append(.leaf(0))
        tree.nodes.append(.leaf(0))
        tree.importances[split.feature] += split.score
        var flags: UInt8 = split.set.contains(FeatureBins.missing) ? ForestNode.missingLeftFlag : 0
        var link = UInt32(truncatingIfNeeded: left)
        if settings.isCategory[split.feature] {
            flags |= ForestNode.categoryFlag
            link = UInt32(truncatingIfNeeded: tree.categorySplits.count)
            tree.categorySplits.append(CategorySplit(left: UInt32(truncatingIfNeeded: left), codes: split.set))
        }
        tree.nodes[work.node] = ForestNode(
            link: link, feature: UInt16(truncatingIfNeeded: split.feature), code: split.code, flags: flags)
        var leftWork = Work(start: work.start, end: middle, depth: work.depth + 1, node: left, active: work.active, histogram: -1)
        var rightWork = Work(start: middle, end: work.end, depth: work.depth + 1, node: left + 1, active: work.active, histogram: -1)
        if work.histogram >= 0 { share(work.histogram, &leftWork, &rightWork) }
        waiting.append(rightWork)
        waiting.append(leftWork)
    }

    /// Puts the rows that go left first, order kept; returns where the right ones begin.
    private func partition(_ work: Work, _ split: FoundSplit) -> Int {
        rows.withUnsafeMutableBufferPointer { rows in
            scratch.withUnsafeMutableBufferPointer { scratch in
                codes.withUnsafeBufferPointer { codes in
                    var left = work.start
                    var right = 0
                    for place in work.start..<work.end {
                        let row = rows[place]
                        let isLeft = split.goesLeft(codes[Int(row) * width + split.feature])
                        rows[left] = row
                        scratch[right] = row
                        left += isLeft ? 1 : 0
                        right += isLeft ? 0 : 1
                    }
                    for place in 0..<right { rows[left + place] = scratch[place] }
                    return left
                }
            }
        }
    }

    // MARK: Dense histograms

    /// Gives the parent's histograms to the larger child and builds those of the smaller one, where they are worth it.
    private func share(_ histogram: Int, _ left: inout Work, _ right: inout Work) {
        let leftSize = left.end - left.start
        let rightSize = right.end - right.start
        guard max(leftSize, rightSize) >= Self.denseRows else {
            release(histogram)
            return
        }
        let isLeftSmaller = leftSize < rightSize
        let small = isLeftSmaller ? build(left.start, left.end) : build(right.start, right.end)
        pool[small].withUnsafeBufferPointer { small in
            pool[histogram].withUnsafeMutableBufferPointer { large in
                for index in large.indices { large[index] &-= small[index] }
            }
        }
        let isSmallKept = min(leftSize, rightSize) >= Self.denseRows
        if !isSmallKept { release(small) }
        left.histogram = isLeftSmaller ? (isSmallKept ? small : -1) : histogram
        right.histogram = isLeftSmaller ? histogram : (isSmallKept ? small : -1)
    }

    private func release(_ histogram: Int) { if histogram >= 0 { freePool.append(histogram) } }

    private func build(_ start: Int, _ end: Int) -> Int {
        let place: Int
        if let free = freePool.popLast() {
            place = free
            pool[place].withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
        } else {
            place = pool.count
            pool.append([UInt64](repeating: 0, count: width << 8))
        }
        pool[place].withUnsafeMutableBufferPointer { histogram in
            codes.withUnsafeBufferPointer { codes in
                rows.withUnsafeBufferPointer { rows in
                    packed.withUnsafeBufferPointer { packed in
                        guard let cells = histogram.baseAddress, let codes = codes.baseAddress else { return }
                        for place in start..<end {
                            let row = Int(rows[place])
                            let value = packed[row]
                            let own = codes + row * width
                            for feature in 0..<width { cells[feature << 8 | Int(own[feature])] &+= value }
                        }
                    }
                }
            }
        }
        return place
    }
}
