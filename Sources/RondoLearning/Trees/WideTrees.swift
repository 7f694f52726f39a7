import RondoKernels

/// Trees of any size, of features of any number and sets of any kind: a node takes eight bytes, a set 32 more.
///
/// The codes that go left are an interval of the circle 0, 1, … 255, 0: those up to a cut point, with the missing code 255 before them
/// where missing goes left; most sets of levels are one too.
struct WideTrees: Sendable, Hashable {
    private struct Node: Sendable, Hashable {
        /// The left child, to the right of which the right one follows; the node itself for a leaf. With `setBit`, the split instead.
        var next: UInt32
        var feature: UInt16
        /// The first code that goes left, and how many follow it.
        var first: UInt8
        var more: UInt8
    }

    private static let setBit: UInt32 = 1 << 31
    /// Rows or trees that are walked side by side: they wait for memory together.
    private static let lanes = 8

    private let nodes: [Node]
    private let splits: [CategorySplit]
    /// Leaf of each node; 0 for inner ones.
    private let leaves: [UInt32]

    /// - Parameter nodes: checked nodes, as for `CutTrees`; fewer than 2^31.
    init(_ nodes: [ForestNode], splits: [CategorySplit], bins: [FeatureBins]) {
        let codeCounts = bins.map(\.codeCount)
        self.nodes = nodes.enumerated().map { index, node in
            if node.isLeaf { return Node(next: UInt32(truncatingIfNeeded: index), feature: 0, first: 0, more: 255) }
            guard node.isCategory else {
                let isMissingLeft = node.flags & ForestNode.missingLeftFlag != 0
                let more = min(node.code, 254) + (isMissingLeft ? 1 : 0)
                return Node(next: node.link, feature: node.feature, first: isMissingLeft ? 255 : 0, more: more)
            }
            let split = splits[Int(node.link)]
            if let interval = split.codes.interval(levels: codeCounts[Int(node.feature)]) {
                return Node(next: split.left, feature: node.feature, first: interval.first, more: interval.more)
            }
            return Node(next: node.link | Self.setBit, feature: node.feature, first: 0, more: 0)
        }
        self.splits = splits
        leaves = nodes.map { $0.isLeaf ? $0.link : 0 }
    }

    /// Adds the leaf values of a tree to the sums of rows of `stride` codes each.
    func add(
        treeAt root: UInt32, leafValues: [Double], width: Int, codes: UnsafePointer<UInt8>, stride: Int, rowCount: Int,
        to sums: UnsafeMutablePointer<Double>
    ) {
        walk(rowCount, from: { _ in root }, codes: { codes + $0 * stride }) { row, leaf in
            for index in 0..<width { sums[row &* width &+ index] += leafValues[leaf &* width &+ index] }
        }
    }

    /// Adds the leaf values of some trees, in their order, to the sums of one row.
    func add(
        treesAt roots: UnsafeBufferPointer<UInt32>, leafValues: [Double], width: Int, codes: UnsafePointer<UInt8>,
        toRow sums: UnsafeMutablePointer<Double>
    ) {
        walk(roots.count, from: { roots[$0] }, codes: { _ in codes }) { _, leaf in
            for index in 0..<width { sums[index] += leafValues[leaf &* width &+ index] }
        }
    }

    /// Makes some walks, eight side by side, each from its own node with its own codes; `reached` takes their leaves in order. Leaves send
    /// every code to themselves, so that walks that have arrived may go on until all have.
    @inline(__always)
    private func walk(
        _ count: Int, from root: (Int) -> UInt32, codes: (Int) -> UnsafePointer<UInt8>, reached: (_ walk: Int, _ leaf: Int) -> Void
    ) {
        nodes.withUnsafeBufferPointer { nodes in
            splits.withUnsafeBufferPointer { splits in
                func step(_ node: UInt32, _ codes: UnsafePointer<UInt8>) -> UInt32 {
                    let at = nodes[Int(node)]
                    let code = codes[Int(at.feature)]
                    guard at.next & Self.setBit != 0 else { return at.next &+ (code &- at.first > at.more ? 1 : 0) }
                    let split = splits[Int(at.next & ~Self.setBit)]
                    return split.left &+ (split.codes.contains(code) ? 0 : 1)
                }
                var first = 0
                while first < count {
                    // The last walks may be fewer: others then repeat the last one.
                    func lane(_ number: Int) -> Int { min(first &+ number, count &- 1) }
                    var (a, b, c, d) = (root(lane(0)), root(lane(1)), root(lane(2)), root(lane(3)))
                    var (e, f, g, h) = (root(lane(4)), root(lane(5)), root(lane(6)), root(lane(7)))
                    let (a1, b1, c1, d1) = (codes(lane(0)), codes(lane(1)), codes(lane(2)), codes(lane(3)))
                    let (e1, f1, g1, h1) = (codes(lane(4)), codes(lane(5)), codes(lane(6)), codes(lane(7)))
                    var moved: UInt32
                    repeat {
                        let (a2, b2, c2, d2) = (step(a, a1), step(b, b1), step(c, c1), step(d, d1))
                        let (e2, f2, g2, h2) = (step(e, e1), step(f, f1), step(g, g1), step(h, h1))
                        moved = (a ^ a2) | (b ^ b2) | (c ^ c2) | (d ^ d2) | (e ^ e2) | (f ^ f2) | (g ^ g2) | (h ^ h2)
                        (a, b, c, d, e, f, g, h) = (a2, b2, c2, d2, e2, f2, g2, h2)
                    } while moved != 0
                    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: Self.lanes) { ends in
                        (ends[0], ends[1], ends[2], ends[3]) = (a, b, c, d)
                        (ends[4], ends[5], ends[6], ends[7]) = (e, f, g, h)
                        for number in 0..<min(Self.lanes, count - first) { reached(first + number, Int(leaves[Int(ends[number])])) }
                    }
                    first += Self.lanes
                }
            }
        }
    }
}

extension CodeSet {
    /// The set as an interval of the circle of codes, where only those of `levels` levels and the missing one matter; nil if it is none.
    func interval(levels: Int) -> (first: UInt8, more: UInt8)? {
        let relevant = (0..<min(levels, FeatureBins.most)).map { UInt8(truncatingIfNeeded: $0) } + [FeatureBins.missing]
        let starts = relevant.indices.filter { contains(relevant[$0]) && !contains(relevant[$0 == 0 ? relevant.count - 1 : $0 - 1]) }
        guard let start = starts.first else { return contains(FeatureBins.missing) ? (0, 255) : nil }
        guard starts.count == 1 else { return nil }
        var length = 1
        while length < relevant.count, contains(relevant[(start + length) % relevant.count]) { length += 1 }
        let last = relevant[(start + length - 1) % relevant.count]
        return (relevant[start], last &- relevant[start])
    }
}
