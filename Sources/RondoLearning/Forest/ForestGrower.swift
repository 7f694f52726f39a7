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
        /// Whether one cut is drawn for each column instead of the best one searched for.
        let isRandomCut: Bool
    }

    /// A node that waits for its split.
    private struct Work {
        var start: Int
        var end: Int
        var depth: Int
        var node: Int
        /// Place of its columns not known to be constant in `columnLists`, and their number.
        var columns: Int
        var columnCount: Int
        /// Place in the pool of dense histograms; -1 for none.
        var histogram: Int
    }

    /// Below this many rows histograms are not kept for subtraction.
    private static let denseRows = 256

    private let matrix: BinnedMatrix
    private let target: ForestTarget
    private let settings: Settings
    private let cancellation: CancellationToken
    private var stream: RandomStream
    private let width: Int
    private let rows: UnsafeMutablePointer<Int32>
    private let scratch: UnsafeMutablePointer<Int32>
    private var rowCount = 0
    private var counts: [UInt32] = []
    /// Count and sum of each row.
    private let packed: UnsafeMutablePointer<UInt64>
    private let search: SplitSearch
    private var pool: [UnsafeMutablePointer<UInt64>] = []
    private var freePool: [Int] = []
    /// Columns that are still of use, one list a depth of the walk; nodes below share the list of the node that found it.
    private var columnLists: [UInt16]
    private var tree: GrownTree

    init(matrix: BinnedMatrix, target: ForestTarget, settings: Settings, stream: RandomStream, cancellation: CancellationToken) {
        self.matrix = matrix
        self.target = target
        self.settings = settings
        self.stream = stream
        self.cancellation = cancellation
        width = matrix.binned.bins.count
        let room = max(1, matrix.rowCount)
        rows = .allocate(capacity: room)
        scratch = .allocate(capacity: room)
        packed = .allocate(capacity: room)
        rows.initialize(repeating: 0, count: room)
        scratch.initialize(repeating: 0, count: room)
        packed.initialize(repeating: 0, count: room)
        search = SplitSearch(matrix, target: target, leaf: settings.leaf)
        columnLists = (0..<width).map { UInt16(truncatingIfNeeded: $0) }
        tree = GrownTree(importances: [Double](repeating: 0, count: width))
    }

    deinit {
        rows.deallocate()
        scratch.deallocate()
        packed.deallocate()
        for histogram in pool { histogram.deallocate() }
    }

    /// - Parameter drawing: how rows are drawn; nil to take each row as often as its whole weight says.
    func grow(_ counts: [UInt32]) throws -> GrownTree {
        self.counts = counts
        for row in counts.indices where counts[row] > 0 {
            rows[rowCount] = Int32(truncatingIfNeeded: row)
            rowCount += 1
        }
        if target.classCount == 0 {
            for row in counts.indices { packed[row] = UInt64(counts[row]) << target.sumBits | UInt64(counts[row]) &* target.fixed[row] }
        } else {
            for row in counts.indices { packed[row] = UInt64(counts[row]) << 32 | UInt64(UInt32(bitPattern: target.classes[row])) }
        }
        tree.nodes.append(.leaf(0))
        tree.covers.append(0)
        var waiting = [Work(start: 0, end: rowCount, depth: 0, node: 0, columns: 0, columnCount: width, histogram: -1)]
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
            try divide(work, split, &waiting)
        }
        let total = tree.importances.reduce(0, +)
        if total > 0 { tree.importances = tree.importances.map { $0 / total } }
        return tree
    }

    private func list(_ work: Work) -> UnsafeBufferPointer<Int32> {
        UnsafeBufferPointer(start: UnsafePointer(rows + work.start), count: work.end - work.start)
    }

    // MARK: Splits

    private func bestSplit(_ work: inout Work) -> FoundSplit? {
        let isLarge = search.setNode(list(work), packed: packed)
        tree.covers[work.node] = Double(search.totalRows)
        guard work.depth < settings.depth, isLarge, !isPure(work) else {
            release(work.histogram)
            return nil
        }
        let isDense = target.classCount == 0 && settings.tried == width && !settings.isRandomCut
        if isDense && work.histogram < 0 && work.end - work.start >= Self.denseRows { work.histogram = build(work) }
        let found = settings.tried >= work.columnCount && !settings.isRandomCut ? tryAll(&work) : tryDrawn(&work)
        guard var best = found else {
            release(work.histogram)
            return nil
        }
        if !best.isCategory && !settings.isRandomCut { best.code = matrix.middle(of: best.feature, best.code, best.nextCode) }
        return best
    }

    private func evaluate(_ feature: Int, _ work: Work, best: Double?) -> SplitSearch.Outcome {
        search.floor = best ?? -1
        if settings.isRandomCut { return search.random(feature, rows: list(work), stream: &stream) }
        if work.histogram >= 0 { return search.dense(pool[work.histogram] + feature << 8, feature: feature) }
        return search.sparse(feature, rows: list(work))
    }

    /// All columns; which of equally good ones wins is drawn, so that no column wins every tie.
    private func tryAll(_ work: inout Work) -> FoundSplit? {
        let mixer = stream.nextUInt64() | 1
        func rank(_ feature: Int) -> UInt64 { (UInt64(feature) &+ 1) &* mixer }
        var best: FoundSplit?
        var constants = 0
        for place in 0..<work.columnCount {
            let feature = Int(columnLists[work.columns + place])
            switch evaluate(feature, work, best: best?.score) {
            case .constant: constants += 1
            case .none: break
            case .split(var split):
                let score = best?.score ?? -1
                if split.score > score || split.score == score && rank(feature) > rank(best?.feature ?? 0) {
                    split.feature = feature
                    best = split
                }
            }
        }
        if constants * 8 > work.columnCount { dropConstants(&work) }
        return best
    }

    /// Columns in a random order, until enough were tried and one of them splits.
    private func tryDrawn(_ work: inout Work) -> FoundSplit? {
        var candidates = Array(columnLists[work.columns..<work.columns + work.columnCount])
        var best: FoundSplit?
        var constant: [UInt16] = []
        var index = 0
        while index < candidates.count && (index < settings.tried || best == nil) {
            candidates.swapAt(index, index + stream.uniform(below: candidates.count - index))
            let feature = Int(candidates[index])
            switch evaluate(feature, work, best: best?.score) {
            case .constant: constant.append(candidates[index])
            case .none: break
            case .split(var split):
                if split.score > best?.score ?? -1 {
                    split.feature = feature
                    best = split
                }
            }
            index += 1
        }
        if !constant.isEmpty { keep(columnLists[work.columns..<work.columns + work.columnCount].filter { !constant.contains($0) }, &work) }
        return best
    }

    private func dropConstants(_ work: inout Work) {
        let rows = list(work)
        keep(columnLists[work.columns..<work.columns + work.columnCount].filter { !search.isConstant(Int($0), rows: rows) }, &work)
    }

    /// A node's own list lies behind that of its parent; lists of nodes that are done are written over.
    private func keep(_ columns: [UInt16], _ work: inout Work) {
        let start = work.columns + work.columnCount
        columnLists.removeSubrange(min(start, columnLists.count)...)
        columnLists.append(contentsOf: columns)
        work.columns = start
        work.columnCount = columns.count
    }

    /// Whether all rows of a node have the same target.
    private func isPure(_ work: Work) -> Bool {
        let rows = list(work)
        let first = Int(rows[0])
        if target.classCount > 0 { return rows.allSatisfy { target.classes[Int($0)] == target.classes[first] } }
        return rows.allSatisfy { target.values[Int($0)] == target.values[first] }
    }

    // MARK: Nodes

    private func addLeaf(_ work: Work) {
        tree.nodes[work.node] = .leaf(tree.leafValues.count / target.width)
        if target.classCount > 0 {
            var shares = [Double](repeating: 0, count: target.classCount)
            for row in list(work) { shares[Int(target.classes[Int(row)])] += Double(counts[Int(row)]) }
            let total = shares.reduce(0, +)
            tree.leafValues.append(contentsOf: shares.map { $0 / total })
            return
        }
        // Distances from the first value keep their digits, and a leaf of equal values has exactly that value.
        let base = target.values[Int(rows[work.start])]
        var (sum, total) = (0.0, 0.0)
        for row in list(work) {
            let count = Double(counts[Int(row)])
            sum += count * (target.values[Int(row)] / 2 - base / 2)
            total += count
        }
        tree.leafValues.append(base + 2 * (sum / total))
    }

    private func divide(_ work: Work, _ split: FoundSplit, _ waiting: inout [Work]) throws {
        let middle = try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { side in
            guard let base = side.baseAddress else { return work.start }
            split.write(to: base)
            return work.start
                + (try RowPartition.divide(
                    UnsafeMutableBufferPointer(start: rows + work.start, count: work.end - work.start), by: matrix.column(split.feature),
                    side: base, scratch: scratch, context: .quiet))
        }
        tree.importances[split.feature] += split.score
        let left = tree.split(work.node, by: split, isCategory: split.isCategory)
        tree.covers.append(0)
        tree.covers.append(0)
        func child(_ start: Int, _ end: Int, _ node: Int) -> Work {
            Work(
                start: start, end: end, depth: work.depth + 1, node: node, columns: work.columns, columnCount: work.columnCount,
                histogram: -1)
        }
        var leftWork = child(work.start, middle, left)
        var rightWork = child(middle, work.end, left + 1)
        if work.histogram >= 0 { share(work.histogram, &leftWork, &rightWork) }
        waiting.append(rightWork)
        waiting.append(leftWork)
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
        let small = build(isLeftSmaller ? left : right)
        CodeHistogram.subtract(pool[small], from: pool[histogram], count: width << 8)
        let isSmallKept = min(leftSize, rightSize) >= Self.denseRows
        if !isSmallKept { release(small) }
        left.histogram = isLeftSmaller ? (isSmallKept ? small : -1) : histogram
        right.histogram = isLeftSmaller ? histogram : (isSmallKept ? small : -1)
    }

    private func release(_ histogram: Int) { if histogram >= 0 { freePool.append(histogram) } }

    private func build(_ work: Work) -> Int {
        let place: Int
        if let free = freePool.popLast() {
            place = free
        } else {
            place = pool.count
            pool.append(.allocate(capacity: width << 8))
        }
        let cells = pool[place]
        cells.initialize(repeating: 0, count: width << 8)
        for group in matrix.groups {
            CodeHistogram.add(
                codes: group.codes, width: group.features.count, rows: list(work), values: packed,
                to: cells + group.features.lowerBound << 8)
        }
        return place
    }
}
