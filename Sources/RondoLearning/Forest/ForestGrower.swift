import RondoKernels

/// Grows one tree of a forest on codes.
///
/// Sums are of whole numbers (count and fixed-point sum packed into 64 bits), so that no order of rows matters. Where every column is tried,
/// large nodes build the histograms of the smaller child and subtract them from the parent's, and subtrees of few rows are grown from sorted
/// lists; else each node visits the codes it holds.
final class ForestGrower {
    struct Settings: Sendable {
        let depth: Int
        let leaf: Int
        /// Columns tried at each split.
        let tried: Int
        /// Whether one cut is drawn for each column instead of the best one searched for.
        let isRandomCut: Bool

        /// Whether a node of so many drawn rows may have two children.
        func canSplit(_ drawn: Int) -> Bool { drawn >= 2 && drawn / 2 >= leaf }
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
        /// Place of its histograms; -1 for none.
        var histogram: Int
    }

    private let matrix: BinnedMatrix
    private let target: ForestTarget
    private let settings: Settings
    private let cancellation: CancellationToken
    private var stream: RandomStream
    private let width: Int
    private let rows: UnsafeMutablePointer<Int32>
    private let scratch: UnsafeMutablePointer<Int32>
    /// How many different rows were drawn.
    private let rowCount: Int
    /// How often each row was drawn; empty where every column is tried, which goes by packed sums.
    private let counts: DrawnRows
    private let memory = WorkingMemory()
    private let search: SplitSearch
    /// What trees need that try every column.
    private let whole: Whole?

    private struct Whole {
        /// Count and sum of each row.
        let packed: UnsafePointer<UInt64>
        let cuts: CutList
        let histograms: NodeHistograms
        let subtrees: SubtreeGrower
    }
    /// Columns that are still of use, one list a depth of the walk; nodes below share the list of the node that found it.
    private var columnLists: [UInt16]
    private var tree: GrownTree

    /// - Parameter counts: how often each row is drawn.
    init(
        matrix: BinnedMatrix, target: ForestTarget, settings: Settings, counts: DrawnRows, stream: RandomStream,
        cancellation: CancellationToken
    ) {
        self.matrix = matrix
        self.target = target
        self.settings = settings
        self.stream = stream
        self.cancellation = cancellation
        width = matrix.binned.bins.count
        rowCount = counts.differentCount
        rows = memory.zeros(rowCount)
        var drawn = 0
        for row in 0..<counts.rowCount where counts[row] > 0 {
            rows[drawn] = Int32(truncatingIfNeeded: row)
            drawn += 1
        }
        let isWhole = target.classCount == 0 && settings.tried == width && !settings.isRandomCut
        self.counts = isWhole ? DrawnRows(rowCount: 0) : counts
        search = SplitSearch(matrix, target: target, settings: settings, listedRows: isWhole ? 0 : rowCount)
        // Listed values are of no use any more when the rows of their node are divided.
        scratch = isWhole ? memory.spare(rowCount) : UnsafeMutableRawPointer(search.values).assumingMemoryBound(to: Int32.self)
        if isWhole {
            let packed: UnsafeMutablePointer<UInt64> = memory.zeros(counts.rowCount)
            for row in 0..<counts.rowCount where counts[row] > 0 { packed[row] = target.packed(row, count: counts[row]) }
            let cuts = CutList(matrix, target: target, leaf: settings.leaf)
            whole = Whole(
                packed: UnsafePointer(packed), cuts: cuts, histograms: NodeHistograms(matrix, packed: packed),
                subtrees: SubtreeGrower(matrix, target: target, settings: settings, cuts: cuts))
        } else {
            whole = nil
        }
        columnLists = (0..<width).map { UInt16(truncatingIfNeeded: $0) }
        tree = GrownTree(importances: [Double](repeating: 0, count: width))
    }

    func grow() throws -> GrownTree {
        tree.nodes.append(.leaf(0))
        var waiting = [Work(start: 0, end: rowCount, depth: 0, node: 0, columns: 0, columnCount: width, histogram: -1)]
        var unchecked = 0
        while var work = waiting.popLast() {
            unchecked += work.end - work.start + 64
            if unchecked > 50_000 {
                try cancellation.check()
                unchecked = 0
            }
            if let whole, work.end - work.start <= SubtreeGrower.mostRows {
                whole.subtrees.grow(
                    list(work), columns: columnLists[work.columns..<work.columns + work.columnCount], values: whole.packed, node: work.node,
                    depth: work.depth, of: &tree, stream: &stream)
                continue
            }
            guard let split = bestSplit(&work) else {
                addLeaf(work)
                continue
            }
            try divide(work, split, &waiting)
        }
        let total = tree.importances.reduce(0, +)
        if total > 0 { tree.importances = tree.importances.map { $0 / total } }
        return tree.compact
    }

    private func list(_ work: Work) -> UnsafeBufferPointer<Int32> {
        UnsafeBufferPointer(start: UnsafePointer(rows + work.start), count: work.end - work.start)
    }

    // MARK: Splits

    private func bestSplit(_ work: inout Work) -> FoundSplit? {
        let isLarge =
            whole.map { search.setNode(list(work), sumOf: $0.packed) }
            ?? search.setNode(list(work)) { target.packed(Int($0), count: counts[Int($0)]) }
        guard work.depth < settings.depth, isLarge, !isPure(work), var best = tryColumns(&work) else {
            whole?.histograms.release(work.histogram)
            return nil
        }
        if !best.isCategory && !settings.isRandomCut { best.code = matrix.middle(of: best.feature, best.code, best.nextCode) }
        return best
    }

    private func tryColumns(_ work: inout Work) -> FoundSplit? {
        if let whole { return tryHistograms(&work, whole.histograms, whole.cuts) }
        return settings.tried >= work.columnCount && !settings.isRandomCut ? tryAll(&work) : tryDrawn(&work)
    }

    private func evaluate(_ feature: Int, _ work: Work, best: Double?) -> SplitSearch.Outcome {
        search.floor = best ?? -1
        if settings.isRandomCut { return search.random(feature, rows: list(work), stream: &stream) }
        return search.sparse(feature, rows: list(work))
    }

    /// All columns by their histograms; which of equally good ones wins is drawn, so that no column wins every tie.
    private func tryHistograms(_ work: inout Work, _ histograms: NodeHistograms, _ cuts: CutList) -> FoundSplit? {
        if work.histogram < 0 { work.histogram = histograms.build(list(work)) }
        cuts.begin(total: search.total, mixer: stream.nextUInt64() | 1)
        var constants = 0
        for place in work.columns..<work.columns + work.columnCount {
            constants += histograms.add(Int(columnLists[place]), of: work.histogram, to: cuts) ? 0 : 1
        }
        cuts.judge()
        if constants * 8 > work.columnCount { dropConstants(&work) }
        return cuts.best
    }

    /// All columns one after the other, with the same choice among equally good ones.
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
        let value = target.value(first)
        return rows.allSatisfy { target.value(Int($0)) == value }
    }

    // MARK: Nodes

    /// How often a row was drawn.
    private func drawn(_ row: Int32) -> Double { Double(whole.map { $0.packed[Int(row)] &>> target.sumBits } ?? UInt64(counts[Int(row)])) }

    private func addLeaf(_ work: Work) {
        guard target.classCount == 0 else {
            var shares = [Double](repeating: 0, count: target.classCount)
            for row in list(work) { shares[Int(target.classes[Int(row)])] += drawn(row) }
            let total = shares.reduce(0, +)
            return tree.addLeaf(work.node, shares.map { $0 / total }, cover: total)
        }
        var mean = LeafMean(base: target.value(Int(rows[work.start])))
        for row in list(work) { mean.add(target.value(Int(row)), times: drawn(row)) }
        tree.addLeaf(work.node, mean.value, cover: mean.total)
    }

    private func divide(_ work: Work, _ split: FoundSplit, _ waiting: inout [Work]) throws {
        let middle = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { side in
            guard let base = side.baseAddress else { return work.start }
            split.write(to: base)
            return work.start
                + RowPartition.divide(
                    UnsafeMutableBufferPointer(start: rows + work.start, count: work.end - work.start), by: matrix.column(split.feature),
                    side: base, scratch: scratch)
        }
        tree.importances[split.feature] += split.score
        let left = tree.split(work.node, by: split, isCategory: split.isCategory)
        func child(_ start: Int, _ end: Int, _ node: Int) -> Work {
            Work(
                start: start, end: end, depth: work.depth + 1, node: node, columns: work.columns, columnCount: work.columnCount,
                histogram: -1)
        }
        var leftWork = child(work.start, middle, left)
        var rightWork = child(middle, work.end, left + 1)
        if let whole { share(work.histogram, whole.histograms, &leftWork, &rightWork) }
        waiting.append(rightWork)
        waiting.append(leftWork)
    }

    /// Gives the parent's histograms to the larger child and builds those of the smaller one, where they are worth it.
    private func share(_ histogram: Int, _ histograms: NodeHistograms, _ left: inout Work, _ right: inout Work) {
        let isLeftSmaller = left.end - left.start < right.end - right.start
        let (small, large) = isLeftSmaller ? (left, right) : (right, left)
        guard large.end - large.start > SubtreeGrower.mostRows else { return histograms.release(histogram) }
        var own = histograms.build(list(small))
        histograms.subtract(own, from: histogram)
        if small.end - small.start <= SubtreeGrower.mostRows {
            histograms.release(own)
            own = -1
        }
        left.histogram = isLeftSmaller ? own : histogram
        right.histogram = isLeftSmaller ? histogram : own
    }
}
