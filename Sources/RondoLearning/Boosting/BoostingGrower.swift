import RondoKernels

/// Grows one boosted tree after the other, leaf by leaf: the leaf whose best split gains most is split next.
///
/// Up to four leaves that wait are worked out at a time, which keeps two threads busy; what is worked out never depends on how many
/// threads there are, and a leaf that is not reached before the limit stays whole.
final class BoostingGrower {
    struct Settings: Sendable {
        let leaves: Int
        let depth: Int
        /// Least weight of rows in a leaf.
        let leaf: Double
        let penalty: Double
    }

    /// A leaf of the tree under work.
    private struct Leaf {
        var range: Range<Int>
        var depth: Int
        var node = 0
        /// Sums of the packed derivatives.
        var total: UInt64
        var weight: Double
        /// Columns that may split it.
        var candidates: [Bool]
        /// Place of its histogram; -1 for none.
        var slot = -1
        var best: FoundSplit?
        /// Its left child, when it has been worked out; the right one follows.
        var child = -1
        var isSplit = false
    }

    /// What one region of work does for one leaf.
    private struct Expansion {
        let left: Int
        let right: Int
        /// The child whose histogram is built and the one that gets the parent's less that; nil when neither can be split.
        var built: Int?
        var rest = 0
    }

    /// Least sum of second derivatives of a leaf, so that no step is out of proportion.
    private static let leastHessian = 1e-3
    private static let batch = 4
    /// With fewer steps than this a second thread would cost more than it gains.
    private static let parallelSteps = 16_384
    /// Rows that one thread puts in order at a time.
    private static let orderedRows = 65_536

    private let matrix: BinnedMatrix
    private let settings: Settings
    private let context: ComputeContext
    private let width: Int
    private let codeCounts: [Int]
    private let memory = WorkingMemory()
    private let rows: UnsafeMutablePointer<Int32>
    private let scratch: UnsafeMutablePointer<Int32>
    private var slots: [UnsafeMutablePointer<UInt64>] = []
    private var usedSlots = 0
    private var leaves: [Leaf] = []
    /// What the present region finds, by leaf and group: kept, as its memory is asked for at every step.
    private var found: [(left: FoundSplit?, right: FoundSplit?)] = []
    private var tree = GrownTree(importances: [])
    private let draw: ColumnDraw
    /// The number of the tree under work.
    private var number = 0
    private var search: GainSearch

    init(_ matrix: BinnedMatrix, settings: Settings, draw: ColumnDraw, context: ComputeContext) {
        self.matrix = matrix
        self.settings = settings
        self.draw = draw
        self.context = context
        width = matrix.binned.bins.count
        codeCounts = matrix.binned.bins.map(\.codeCount)
        rows = memory.zeros(matrix.rowCount)
        scratch = memory.spare(matrix.rowCount)
        search = GainSearch(matrix, leaf: settings.leaf)
    }

    /// A leaf of a tree that is done.
    struct GrownLeaf {
        /// Valid until the next tree is grown.
        let rows: UnsafeBufferPointer<Int32>
        /// The same rows in parts that are increasing each: two where the leaf was divided and yet stayed whole.
        let stretches: [UnsafeBufferPointer<Int32>]
        /// Sums of the packed derivatives.
        let total: UInt64
    }

    /// A tree for the derivatives of a state, without leaf values, and its leaves by number.
    ///
    /// - Parameter number: that of the tree, by which its columns are drawn.
    func grow(_ state: BoostingState, number: Int) throws -> (tree: GrownTree, leaves: [GrownLeaf]) {
        self.number = number
        tree = GrownTree(importances: [Double](repeating: 0, count: width))
        tree.nodes = [.leaf(0)]
        usedSlots = 0
        search.begin(
            state, penalty: settings.penalty * state.units.hessian, leastHessian: max(Self.leastHessian * state.units.hessian, 1))
        try plantRoot(state)
        var leafCount = 1
        while leafCount < settings.leaves, let next = bestLeaf() {
            if leaves[next].child < 0 { try expand(next, room: settings.leaves - leafCount, state) }
            commit(next)
            leafCount += 1
        }
        let grown = numberLeaves()
        return (tree, grown)
    }

    /// The waiting leaf that gains most; the first of equals.
    private func bestLeaf() -> Int? {
        var best: Int?
        for index in leaves.indices where isWaiting(index) {
            if let split = leaves[index].best, split.score > best.flatMap({ leaves[$0].best?.score }) ?? 0 { best = index }
        }
        return best
    }

    /// Whether a leaf is part of the tree, not split yet, and can be.
    private func isWaiting(_ index: Int) -> Bool { leaves[index].node >= 0 && !leaves[index].isSplit && leaves[index].best != nil }

    // MARK: Growing

    private func plantRoot(_ state: BoostingState) throws {
        let count = matrix.rowCount
        // In their order again, not in that of the last tree's leaves: memory is read from one end to the other.
        nonisolated(unsafe) let rows = rows
        try Parallel.chunks(count: count, chunkSize: Self.orderedRows, context: context) { _, part in
            for row in part { rows[row] = Int32(truncatingIfNeeded: row) }
        }
        let total = state.total
        let all = UnsafeBufferPointer(start: UnsafePointer(rows), count: count)
        var root = Leaf(
            range: 0..<count, depth: 0, total: total, weight: state.weight(all), candidates: draw.columns(ofLeaf: 0, tree: number))
        leaves.removeAll(keepingCapacity: true)
        guard canSplit(root) else { return leaves.append(root) }
        root.slot = takeSlot()
        let (matrix, search, candidates, slot) = (matrix, search, root.candidates, slots[root.slot])
        nonisolated(unsafe) let values = UnsafePointer(state.packed)
        let context = context
        nonisolated(unsafe) let node = GainSearch.Node(total: total, weight: root.weight, rows: all)
        let found = try Parallel.map(matrix.groups.count, context: context) { index -> FoundSplit? in
            let group = matrix.groups[index]
            self.clear(group, slot)
            try Self.build(group, all, values, slot + group.features.lowerBound << 8, context.cancellation)
            return search.best(of: group.features, among: candidates, slot, node)
        }
        root.best = found.reduce(nil, better)
        leaves.append(root)
    }

    private static let checkedRows = 1 << 20

    private static func build(
        _ group: BinnedMatrix.Group, _ rows: UnsafeBufferPointer<Int32>, _ values: UnsafePointer<UInt64>,
        _ cells: UnsafeMutablePointer<UInt64>, _ cancellation: CancellationToken
    ) throws {
        var start = 0
        while start < rows.count {
            if rows.count > checkedRows { try cancellation.check() }
            let end = min(rows.count, start + checkedRows)
            CodeHistogram.add(
                codes: group.codes, stride: group.stride, width: group.features.count,
                rows: UnsafeBufferPointer(rebasing: rows[start..<end]), values: values, to: cells)
            start = end
        }
    }

    /// The better of two splits; of equal ones the first.
    private func better(_ first: FoundSplit?, _ second: FoundSplit?) -> FoundSplit? {
        (second?.score ?? 0) > (first?.score ?? 0) ? second : first
    }

    private func canSplit(_ leaf: Leaf) -> Bool {
        leaf.depth < settings.depth && leaf.weight >= 2 * settings.leaf && leaf.range.count >= 2 && !matrix.groups.isEmpty
    }

    private func takeSlot() -> Int {
        if usedSlots == slots.count { slots.append(memory.zeros(width << 8)) }
        usedSlots += 1
        return usedSlots - 1
    }

    /// Works out the children of a leaf, and those of the next best ones.
    private func expand(_ first: Int, room: Int, _ state: BoostingState) throws {
        var chosen = [first]
        if room > 1 {
            let others = leaves.indices.filter { $0 != first && isWaiting($0) && leaves[$0].child < 0 }.sorted {
                (leaves[$1].best?.score ?? 0, $0) < (leaves[$0].best?.score ?? 0, $1)
            }
            chosen.append(contentsOf: others.prefix(min(Self.batch, room) - 1))
        }
        let middles = try divideRows(chosen)
        let expansions = zip(chosen, middles).map { divide($0, at: $1, state) }
        // Children of the last split stay leaves.
        if room > 1 { try searchSplits(expansions, state) }
    }

    /// Puts the rows of each of these leaves that go left before the others; returns where the others begin.
    private func divideRows(_ chosen: [Int]) throws -> [Int] {
        let nodes = chosen.compactMap { index -> RowPartition.Node? in
            guard let split = leaves[index].best else { return nil }
            let range = leaves[index].range
            return RowPartition.Node(
                rows: UnsafeMutableBufferPointer(start: rows + range.lowerBound, count: range.count),
                column: matrix.column(split.feature), sides: split.sides, scratch: scratch + range.lowerBound)
        }
        let lefts = try RowPartition.divide(nodes, context: context)
        return zip(chosen, lefts).map { leaves[$0].range.lowerBound + $1 }
    }

    private func divide(_ index: Int, at middle: Int, _ state: BoostingState) -> Expansion {
        guard let split = leaves[index].best else { return Expansion(left: index, right: index) }
        let parent = leaves[index]
        let leftRange = parent.range.lowerBound..<middle
        let rightRange = middle..<parent.range.upperBound
        let isLeftSmaller = leftRange.count < rightRange.count
        let smaller = state.weight(rowList(isLeftSmaller ? leftRange : rightRange))
        let leftWeight = isLeftSmaller ? smaller : parent.weight - smaller
        let left = leaves.count
        leaves[index].child = left
        leaves.append(
            Leaf(
                range: leftRange, depth: parent.depth + 1, node: -1, total: split.left, weight: leftWeight,
                candidates: draw.columns(ofLeaf: left, tree: number)))
        leaves.append(
            Leaf(
                range: rightRange, depth: parent.depth + 1, node: -1, total: parent.total &- split.left, weight: parent.weight - leftWeight,
                candidates: draw.columns(ofLeaf: left + 1, tree: number)))
        var expansion = Expansion(left: left, right: left + 1)
        if canSplit(leaves[left]) || canSplit(leaves[left + 1]) {
            let built = isLeftSmaller ? left : left + 1
            expansion.built = built
            expansion.rest = isLeftSmaller ? left + 1 : left
            leaves[built].slot = takeSlot()
            leaves[expansion.rest].slot = parent.slot
        }
        return expansion
    }

    private func rowList(_ range: Range<Int>) -> UnsafeBufferPointer<Int32> {
        UnsafeBufferPointer(start: UnsafePointer(rows + range.lowerBound), count: range.count)
    }

    /// Builds histograms, subtracts them from the parents' and finds the splits of all children, in one region.
    private func searchSplits(_ expansions: [Expansion], _ state: BoostingState) throws {
        let groups = matrix.groups
        // The largest first, so that no thread waits long for the last one.
        let work = expansions.filter { $0.built != nil }.sorted { size($0) > size($1) }
        let steps = work.reduce(0) { $0 + (size($1) + 600) * width }
        let inner = steps < Self.parallelSteps ? context.with(threads: .one) : context
        nonisolated(unsafe) let grower = self
        nonisolated(unsafe) let values = UnsafePointer(state.packed)
        let count = work.count * groups.count
        while found.count < count { found.append((nil, nil)) }
        try found.withUnsafeMutableBufferPointer { found in
            nonisolated(unsafe) let found = found
            try Parallel.indices(count, context: inner) { index in
                found[index] = try grower.searchGroup(work[index / groups.count], groups[index % groups.count], values)
            }
        }
        for (place, expansion) in work.enumerated() {
            let own = place * groups.count..<(place + 1) * groups.count
            leaves[expansion.left].best = own.reduce(nil) { better($0, found[$1].left) }
            leaves[expansion.right].best = own.reduce(nil) { better($0, found[$1].right) }
        }
    }

    /// Rows whose histograms are built.
    private func size(_ expansion: Expansion) -> Int { expansion.built.map { leaves[$0].range.count } ?? 0 }

    private func searchGroup(
        _ expansion: Expansion, _ group: BinnedMatrix.Group, _ values: UnsafePointer<UInt64>
    ) throws -> (FoundSplit?, FoundSplit?) {
        guard let built = expansion.built else { return (nil, nil) }
        let (small, large) = (slots[leaves[built].slot], slots[leaves[expansion.rest].slot])
        clear(group, small)
        try Self.build(group, rowList(leaves[built].range), values, small + group.features.lowerBound << 8, context.cancellation)
        subtract(group, small, from: large)
        func best(_ index: Int) -> FoundSplit? {
            let leaf = leaves[index]
            guard canSplit(leaf) else { return nil }
            let node = GainSearch.Node(total: leaf.total, weight: leaf.weight, rows: rowList(leaf.range))
            return search.best(of: group.features, among: leaf.candidates, slots[leaf.slot], node)
        }
        return (best(expansion.left), best(expansion.right))
    }

    /// Empties the cells of a group's columns: of the codes that they have, and of missing.
    private func clear(_ group: BinnedMatrix.Group, _ slot: UnsafeMutablePointer<UInt64>) {
        for feature in group.features {
            let cells = slot + feature << 8
            cells.update(repeating: 0, count: codeCounts[feature])
            cells[Int(FeatureBins.missing)] = 0
        }
    }

    /// Takes the cells of a group's columns in one part away from those of the whole.
    private func subtract(_ group: BinnedMatrix.Group, _ part: UnsafePointer<UInt64>, from whole: UnsafeMutablePointer<UInt64>) {
        let missing = Int(FeatureBins.missing)
        for feature in group.features {
            let (own, rest) = (part + feature << 8, whole + feature << 8)
            CodeHistogram.subtract(own, from: rest, count: codeCounts[feature])
            rest[missing] = rest[missing] &- own[missing]
        }
    }

    // MARK: The tree

    /// Makes a worked-out leaf an inner node.
    private func commit(_ index: Int) {
        guard let split = leaves[index].best else { return }
        leaves[index].isSplit = true
        tree.importances[split.feature] += split.score
        let left = tree.split(leaves[index].node, by: split, isCategory: split.isCategory)
        leaves[leaves[index].child].node = left
        leaves[leaves[index].child + 1].node = left + 1
    }

    /// Numbers the leaves by node and notes how much weight each has.
    private func numberLeaves() -> [GrownLeaf] {
        let final = leaves.indices.filter { leaves[$0].node >= 0 && !leaves[$0].isSplit }.sorted { leaves[$0].node < leaves[$1].node }
        for (number, index) in final.enumerated() { tree.nodes[leaves[index].node] = .leaf(number) }
        tree.leafCovers = final.map { leaves[$0].weight }
        return final.map { index in
            let leaf = leaves[index]
            let parts = leaf.child < 0 ? [leaf.range] : [leaves[leaf.child].range, leaves[leaf.child + 1].range]
            return GrownLeaf(rows: rowList(leaf.range), stretches: parts.map { rowList($0) }, total: leaf.total)
        }
    }
}
