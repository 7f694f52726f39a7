import RondoKernels

/// Trees whose every node is one comparison, in four bytes, so that a tree of thousands of leaves fits the nearest cache.
///
/// Every row has its codes twice, the second time with 1 added, so that missing, 255, comes first there: a cut with missing on the left
/// asks the second code. A set of levels is a row of cuts in the order of their codes, asked by halves; where these end stands a copy of
/// the left or the right child, whose own children it shares.
struct CutTrees: Sendable, Hashable {
    /// By tree: its first node; nil when it does not fit.
    let starts: [UInt32?]
    /// Links count from the first node of the tree: those of the forest in their order, then the other cuts of its sets.
    private let nodes: [UInt32]
    /// Leaf of each node; 0 for inner ones.
    private let leaves: [UInt32]

    /// Sets may make a tree this many times as long.
    private static let mostGrowth = 4

    /// - Parameter nodes: checked nodes: every link is inside its tree, and children come after their parents.
    init(_ nodes: [ForestNode], splits: [CategorySplit], roots: [Int], bins: [FeatureBins]) {
        guard 2 * bins.count <= TreeWalk.mostCodes else {
            starts = roots.map { _ in nil }
            (self.nodes, leaves) = ([], [])
            return
        }
        var writer = CutWriter(splits: splits, bins: bins)
        var leaves: [UInt32] = []
        leaves.reserveCapacity(nodes.count)
        writer.words.reserveCapacity(nodes.count)
        starts = roots.enumerated().map { place, root in
            let tree = nodes[root..<(place + 1 < roots.count ? roots[place + 1] : nodes.count)]
            let start = writer.words.count
            guard tree.count <= TreeWalk.mostNodes else { return nil }
            writer.append(tree)
            guard writer.words.count - start <= min(TreeWalk.mostNodes, Self.mostGrowth * tree.count) else {
                writer.words.removeSubrange(start...)
                return nil
            }
            for node in tree { leaves.append(node.isLeaf ? node.link : 0) }
            leaves.append(contentsOf: repeatElement(0, count: writer.words.count - leaves.count))
            return UInt32(truncatingIfNeeded: start)
        }
        self.nodes = writer.words.inLargePages
        self.leaves = leaves.inLargePages
    }

    /// The codes of each row, and behind them the same with 1 added.
    static func doubled(_ codes: [UInt8], stride: Int, rowCount: Int) -> [UInt8] {
        guard stride > 0 else { return [0] }
        return [UInt8](unsafeUninitializedCapacity: 2 * stride * rowCount) { target, count in
            codes.withUnsafeBufferPointer { codes in
                guard var source = codes.baseAddress, var target = target.baseAddress else { return }
                for _ in 0..<rowCount {
                    for place in 0..<stride {
                        target[place] = source[place]
                        target[stride &+ place] = source[place] &+ 1
                    }
                    source += stride
                    target += 2 * stride
                }
            }
            count = 2 * stride * rowCount
        }
    }

    /// Adds the leaf values of a tree to the sums of rows of `stride` doubled codes each.
    func add(
        treeAt start: UInt32, leafValues: [Double], width: Int, codes: UnsafePointer<UInt8>, stride: Int, rowCount: Int,
        to sums: UnsafeMutablePointer<Double>
    ) {
        TreeWalk.add(
            nodes: nodes, leaves: leaves, start: Int(start), leafValues: leafValues, width: width, codes: codes, stride: stride,
            rowCount: rowCount, to: sums)
    }

    /// Adds the leaf values of some trees, in their order, to the sums of one row.
    func add(
        treesAt starts: UnsafeBufferPointer<UInt32>, leafValues: [Double], width: Int, codes: UnsafePointer<UInt8>,
        toRow sums: UnsafeMutablePointer<Double>
    ) {
        TreeWalk.add(nodes: nodes, leaves: leaves, starts: starts, leafValues: leafValues, width: width, codes: codes, toRow: sums)
    }
}

/// Writes trees as cuts, one after the other.
private struct CutWriter {
    let splits: [CategorySplit]
    let bins: [FeatureBins]
    let codeCounts: [Int]
    var words: [UInt32] = []
    /// Where the present tree begins.
    private var start = 0

    init(splits: [CategorySplit], bins: [FeatureBins]) {
        self.splits = splits
        self.bins = bins
        codeCounts = bins.map(\.codeCount)
    }

    /// Children come first, as parents may copy them.
    mutating func append(_ tree: ArraySlice<ForestNode>) {
        start = words.count
        words.append(contentsOf: repeatElement(0, count: tree.count))
        for index in tree.indices.reversed() {
            let place = index - tree.startIndex
            words[start + place] = word(tree[index], at: place, rootAt: tree.startIndex)
        }
    }

    private mutating func word(_ node: ForestNode, at place: Int, rootAt root: Int) -> UInt32 {
        if node.isLeaf { return TreeWalk.node(place: 0, last: TreeWalk.leafCode, left: UInt16(truncatingIfNeeded: place)) }
        let feature = Int(node.feature)
        guard node.isCategory else {
            let left = Int(node.link) - root
            let isMissingLeft = node.flags & ForestNode.missingLeftFlag != 0
            // After the last code nothing is left to go right but missing.
            if node.code >= 254 && isMissingLeft { return words[start + left] }
            return TreeWalk.node(
                place: UInt8(truncatingIfNeeded: feature + (isMissingLeft ? bins.count : 0)),
                last: isMissingLeft ? node.code + 1 : min(node.code, 254), left: UInt16(truncatingIfNeeded: left))
        }
        let split = splits[Int(node.link)]
        let cuts = LevelCuts(split.codes, codeCount: codeCounts[feature])
        let asked = UInt8(truncatingIfNeeded: feature + (cuts.startsWithMissing ? bins.count : 0))
        return word(cuts, 0, cuts.ends.count, asking: asked, left: Int(split.left) - root)
    }

    /// The node that asks the cuts of a range; of an empty one the child that all codes there go to.
    private mutating func word(_ cuts: LevelCuts, _ first: Int, _ end: Int, asking place: UInt8, left: Int) -> UInt32 {
        let isLeft = cuts.isLeft(first)
        if first == end { return words[start + left + (isLeft ? 0 : 1)] }
        if first + 1 == end && isLeft {
            return TreeWalk.node(place: place, last: cuts.ends[first], left: UInt16(truncatingIfNeeded: left))
        }
        let middle = (first + end) / 2
        let pair = words.count
        words.append(0)
        words.append(0)
        words[pair] = word(cuts, first, middle, asking: place, left: left)
        words[pair + 1] = word(cuts, middle + 1, end, asking: place, left: left)
        return TreeWalk.node(place: place, last: cuts.ends[middle], left: UInt16(truncatingIfNeeded: pair - start))
    }
}

/// A set of codes as runs that go left and right in turn.
struct LevelCuts {
    /// The last code of each run but the last one; with missing first they are those with 1 added.
    private(set) var ends: [UInt8] = []
    /// Whether missing stands before the first code instead of behind the last one: where that makes fewer runs.
    let startsWithMissing: Bool
    private let isFirstLeft: Bool

    /// - Parameter codeCount: the codes that occur lie below it, missing apart.
    init(_ set: CodeSet, codeCount: Int) {
        let isMissingLeft = set.contains(FeatureBins.missing)
        let count = min(codeCount, FeatureBins.most)
        guard count > 0 else {
            (startsWithMissing, isFirstLeft) = (false, isMissingLeft)
            return
        }
        let last = UInt8(truncatingIfNeeded: count - 1)
        startsWithMissing = set.contains(last) != isMissingLeft && set.contains(0) == isMissingLeft
        isFirstLeft = startsWithMissing ? isMissingLeft : set.contains(0)
        for word in 0..<4 {
            // Bits that differ from the one above them.
            let above = word < 3 ? set.words[word + 1] << 63 : 0
            var turns = set.words[word] ^ (set.words[word] >> 1 | above)
            while turns != 0 {
                let code = UInt8(truncatingIfNeeded: word << 6 | turns.trailingZeroBitCount)
                turns &= turns - 1
                if code < last { ends.append(code + (startsWithMissing ? 1 : 0)) }
            }
        }
        if !startsWithMissing && set.contains(last) != isMissingLeft { ends.append(last) }
    }

    /// Whether the codes of a run go left.
    func isLeft(_ run: Int) -> Bool { isFirstLeft == (run & 1 == 0) }
}

extension Array where Element: BitwiseCopyable {
    /// The same elements in large pages, where there are enough of them: reads all over the array seldom wait for the address of a page.
    var inLargePages: [Element] {
        [Element](unsafeUninitializedCapacity: count) { memory, written in
            LargePages.advise(memory)
            written = memory.initialize(fromContentsOf: self)
        }
    }
}
