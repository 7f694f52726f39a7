import RondoKernels

/// The trees of a forest laid out for scoring: eight rows walk a tree side by side, so that they wait for memory together.
///
/// The codes that go left are an interval of the circle 0, 1, … 255, 0: those up to a cut point, with the missing code 255 before them
/// where missing goes left; most sets of levels are one too. Leaves send every code to themselves, so that rows that have arrived may go
/// on walking until all have.
struct ForestScorer: Sendable, Hashable {
    /// A node in eight bytes.
    private struct Node: Sendable, Hashable {
        /// The left child, to the right of which the right one follows; the node itself for a leaf; the split for a set of levels.
        var next: UInt32
        var feature: UInt16
        /// The first code that goes left, and how many follow it.
        var first: UInt8
        var more: UInt8
    }

    private let nodes: [Node]
    private let splits: [CategorySplit]
    /// The nodes whose levels are no interval.
    private let isSet: [Bool]
    /// By tree: whether it has such nodes.
    private let hasSets: [Bool]
    private let roots: [UInt32]
    /// Leaf of each node; 0 for inner ones.
    private let leaves: [UInt32]
    /// Nodes in four bytes, so that a tree of thousands of leaves fits the nearest cache: the feature, how many codes go left after the
    /// first, whether that is the missing one, and the left child from the beginning of the tree (15 bits). Empty when features are too many.
    private let small: [UInt32]
    /// By tree: whether its nodes are small.
    private let isSmall: [Bool]

    /// - Parameter nodes: checked nodes: every link is inside, and children come after their parents.
    init(_ nodes: [ForestNode], splits: [CategorySplit], roots: [Int], bins: [FeatureBins]) {
        var isSet = [Bool](repeating: false, count: nodes.count)
        self.nodes = nodes.enumerated().map { index, node in
            if node.isLeaf { return Node(next: UInt32(truncatingIfNeeded: index), feature: 0, first: 0, more: 255) }
            guard node.isCategory else {
                let isMissingLeft = node.flags & ForestNode.missingLeftFlag != 0
                return Node(
                    next: node.link, feature: node.feature, first: isMissingLeft ? 255 : 0, more: node.code &+ (isMissingLeft ? 1 : 0))
            }
            let split = splits[Int(node.link)]
            if let interval = split.codes.interval(levels: bins[Int(node.feature)].levelCount) {
                return Node(next: split.left, feature: node.feature, first: interval.first, more: interval.more)
            }
            isSet[index] = true
            return Node(next: node.link, feature: node.feature, first: 0, more: 0)
        }
        leaves = nodes.map { $0.isLeaf ? $0.link : 0 }
        self.splits = splits
        self.isSet = isSet
        self.roots = roots.map { UInt32(truncatingIfNeeded: $0) }
        hasSets = roots.enumerated().map { place, root in
            let end = place + 1 < roots.count ? roots[place + 1] : nodes.count
            return root >= end || isSet[root..<end].contains(true)
        }
        let (list, sets) = (self.nodes, hasSets)
        let areFew = bins.count <= 256
        var small = [UInt32](repeating: 0, count: areFew ? nodes.count : 0)
        isSmall = roots.enumerated().map { place, root in
            let end = place + 1 < roots.count ? roots[place + 1] : nodes.count
            // Sets of levels that begin elsewhere than at 0 or at the missing code need eight bytes.
            guard areFew, root < end, end - root <= 32_768, !sets[place] else { return false }
            let isPlain = list[root..<end].allSatisfy { ($0.first == 0 || $0.first == 255) && Int($0.next) >= root && Int($0.next) < end }
            guard isPlain else { return false }
            for index in root..<end { small[index] = Self.pack(list[index], root: UInt32(truncatingIfNeeded: root)) }
            return true
        }
        self.small = small
    }

    private static func pack(_ node: Node, root: UInt32) -> UInt32 {
        let isMissingFirst: UInt32 = node.first == 255 ? 1 : 0
        return UInt32(node.feature & 0xFF) | UInt32(node.more) << 8 | isMissingFirst << 16 | ((node.next &- root) & 0x7FFF) << 17
    }

    /// Adds the leaf values of these trees, in their order, for rows of `stride` codes each; `sums` has `width` values a row.
    func add(
        codes: [UInt8], stride: Int, leafValues: [Double], width: Int, to sums: inout [Double], trees: some Sequence<Int>,
        cancellation: CancellationToken
    ) throws {
        let rowCount = sums.count / width
        var reached = [UInt32](repeating: 0, count: rowCount)
        for tree in trees {
            if tree & 31 == 31 { try cancellation.check() }
            walk(tree, codes, stride, &reached)
            leafValues.withUnsafeBufferPointer { values in
                sums.withUnsafeMutableBufferPointer { sums in
                    leaves.withUnsafeBufferPointer { leaves in
                        if width == 1 {
                            for row in 0..<rowCount { sums[row] += values[Int(leaves[Int(reached[row])])] }
                        } else {
                            for row in 0..<rowCount {
                                let leaf = Int(leaves[Int(reached[row])]) * width
                                for index in 0..<width { sums[row * width + index] += values[leaf + index] }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Writes the node that each row ends in.
    private func walk(_ tree: Int, _ codes: [UInt8], _ stride: Int, _ reached: inout [UInt32]) {
        let root = roots[tree]
        if isSmall[tree] { return walkSmall(root, codes, stride, &reached) }
        let hasSets = hasSets[tree]
        nodes.withUnsafeBufferPointer { nodes in
            splits.withUnsafeBufferPointer { splits in
                isSet.withUnsafeBufferPointer { isSet in
                    codes.withUnsafeBufferPointer { codes in
                        reached.withUnsafeMutableBufferPointer { reached in
                            guard let codes = codes.baseAddress else { return reached.update(repeating: root) }
                            if hasSets {
                                Self.walk(root, codes, stride, reached) { node, codes in
                                    let at = nodes[Int(node)]
                                    let code = codes[Int(at.feature)]
                                    guard isSet[Int(node)] else { return at.next &+ (code &- at.first > at.more ? 1 : 0) }
                                    let split = splits[Int(at.next)]
                                    return split.left &+ (split.codes.contains(code) ? 0 : 1)
                                }
                            } else {
                                Self.walk(root, codes, stride, reached) { node, codes in
                                    let at = nodes[Int(node)]
                                    return at.next &+ (codes[Int(at.feature)] &- at.first > at.more ? 1 : 0)
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private func walkSmall(_ root: UInt32, _ codes: [UInt8], _ stride: Int, _ reached: inout [UInt32]) {
        small.withUnsafeBufferPointer { small in
            codes.withUnsafeBufferPointer { codes in
                reached.withUnsafeMutableBufferPointer { reached in
                    guard let codes = codes.baseAddress, let nodes = small.baseAddress.map({ $0 + Int(root) }) else {
                        return reached.update(repeating: root)
                    }
                    Self.walk(0, codes, stride, reached) { node, codes in
                        let at = nodes[Int(node)]
                        let code = codes[Int(at & 0xFF)] &+ UInt8(truncatingIfNeeded: at >> 16) & 1
                        return at >> 17 &+ (code > UInt8(truncatingIfNeeded: at >> 8) ? 1 : 0)
                    }
                    for row in reached.indices { reached[row] &+= root }
                }
            }
        }
    }

    /// Walks eight rows at a time; `step` gives the node after a node for the codes of a row.
    @inline(__always)
    private static func walk(
        _ root: UInt32, _ codes: UnsafePointer<UInt8>, _ stride: Int, _ reached: UnsafeMutableBufferPointer<UInt32>,
        _ step: (UInt32, UnsafePointer<UInt8>) -> UInt32
    ) {
        var row = 0
        while row + 8 <= reached.count {
            let own = codes + row * stride
            var (a, b, c, d, e, f, g, h) = (root, root, root, root, root, root, root, root)
            var moved: UInt32
            repeat {
                let (a2, b2) = (step(a, own), step(b, own + stride))
                let (c2, d2) = (step(c, own + 2 * stride), step(d, own + 3 * stride))
                let (e2, f2) = (step(e, own + 4 * stride), step(f, own + 5 * stride))
                let (g2, h2) = (step(g, own + 6 * stride), step(h, own + 7 * stride))
                moved = (a ^ a2) | (b ^ b2) | (c ^ c2) | (d ^ d2) | (e ^ e2) | (f ^ f2) | (g ^ g2) | (h ^ h2)
                (a, b, c, d, e, f, g, h) = (a2, b2, c2, d2, e2, f2, g2, h2)
            } while moved != 0
            (reached[row], reached[row + 1], reached[row + 2], reached[row + 3]) = (a, b, c, d)
            (reached[row + 4], reached[row + 5], reached[row + 6], reached[row + 7]) = (e, f, g, h)
            row += 8
        }
        while row < reached.count {
            var node = root
            var next = step(node, codes + row * stride)
            while next != node { (node, next) = (next, step(next, codes + row * stride)) }
            reached[row] = node
            row += 1
        }
    }
}

extension CodeSet {
    /// The set as an interval of the circle of codes, where only the codes of `levels` levels and the missing one matter; nil if it is none.
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
