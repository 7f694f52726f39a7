import RondoKernels

/// The trees of a forest laid out for scoring.
///
/// The codes that go left are an interval of the circle 0, 1, … 255, 0: those up to a cut point, with the missing code 255 before them
/// where missing goes left; most sets of levels are one too. For nodes of four bytes every row has its codes twice, the second time with
/// 1 added, so that missing is 0 there: then one comparison tells the side.
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

    /// Nodes in four bytes, so that a tree of thousands of leaves fits the nearest cache; links count from the beginning of the tree.
    private let small: [UInt32]
    /// By tree: whether its nodes are small.
    private let isSmall: [Bool]
    private let areAllSmall: Bool
    private let roots: [UInt32]
    /// Leaf of each node; 0 for inner ones.
    private let leaves: [UInt32]
    /// All nodes, where not all trees are small; else empty, as what follows.
    private let nodes: [Node]
    private let splits: [CategorySplit]
    /// The nodes whose levels are no interval.
    private let isSet: [Bool]

    /// - Parameter nodes: checked nodes: every link is inside, and children come after their parents.
    init(_ nodes: [ForestNode], splits: [CategorySplit], roots: [Int], bins: [FeatureBins]) {
        var isSet = [Bool](repeating: false, count: nodes.count)
        let list = nodes.enumerated().map { index, node in
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
        self.roots = roots.map { UInt32(truncatingIfNeeded: $0) }
        let areFew = 2 * bins.count <= TreeWalk.mostCodes
        var small = [UInt32](repeating: 0, count: areFew ? nodes.count : 0)
        isSmall = roots.enumerated().map { place, root in
            let end = place + 1 < roots.count ? roots[place + 1] : nodes.count
            guard areFew, root < end, end - root <= TreeWalk.mostNodes, !isSet[root..<end].contains(true) else { return false }
            for index in root..<end {
                let node = list[index]
                // Levels that begin elsewhere than at 0 or at the missing code need eight bytes, and a cut that leaves all on the left.
                let isCut = (node.first == 0 || node.first == 255) && node.more < TreeWalk.leafCode
                guard nodes[index].isLeaf || isCut, Int(node.next) >= root, Int(node.next) < end else { return false }
                let place = Int(node.feature) + (node.first == 255 ? bins.count : 0)
                small[index] = TreeWalk.node(
                    place: UInt8(truncatingIfNeeded: place), last: node.more, left: UInt16(truncatingIfNeeded: Int(node.next) - root))
            }
            return true
        }
        self.small = small
        areAllSmall = isSmall.allSatisfy { $0 }
        self.nodes = areAllSmall ? [] : list
        self.splits = areAllSmall ? [] : splits
        self.isSet = areAllSmall ? [] : isSet
    }

    /// Adds the leaf values of these trees, in their order, for rows of `stride` codes each; `sums` has `width` values a row.
    ///
    /// - Throws: `Interrupted` when cancelled.
    func add(
        codes: [UInt8], stride: Int, leafValues: [Double], width: Int, to sums: inout [Double], trees: some Sequence<Int>,
        cancellation: CancellationToken
    ) throws {
        let rowCount = sums.count / width
        let doubled = Self.doubled(codes, stride: stride, rowCount: rowCount)
        if rowCount == 1 && areAllSmall { return addRow(doubled, leafValues, width, to: &sums, trees: trees.map { roots[$0] }) }
        var reached: [UInt32] = []
        for tree in trees {
            if tree & 31 == 31 { try cancellation.check() }
            guard !isSmall[tree] else {
                addSmall(tree, doubled, 2 * stride, leafValues, width, rowCount, to: &sums)
                continue
            }
            if reached.isEmpty { reached = [UInt32](repeating: 0, count: rowCount) }
            walk(tree, codes, stride, &reached)
            for row in 0..<rowCount {
                let leaf = Int(leaves[Int(reached[row])]) * width
                for index in 0..<width { sums[row * width + index] += leafValues[leaf + index] }
            }
        }
    }

    // MARK: Small nodes

    /// The codes of each row, and behind them the same with 1 added.
    private static func doubled(_ codes: [UInt8], stride: Int, rowCount: Int) -> [UInt8] {
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

    private func addSmall(
        _ tree: Int, _ codes: [UInt8], _ stride: Int, _ leafValues: [Double], _ width: Int, _ rowCount: Int, to sums: inout [Double]
    ) {
        let root = Int(roots[tree])
        small.withUnsafeBufferPointer { small in
            leaves.withUnsafeBufferPointer { leaves in
                leafValues.withUnsafeBufferPointer { values in
                    codes.withUnsafeBufferPointer { codes in
                        sums.withUnsafeMutableBufferPointer { sums in
                            guard let small = small.baseAddress, let leaves = leaves.baseAddress, let values = values.baseAddress,
                                let codes = codes.baseAddress, let sums = sums.baseAddress
                            else { return }
                            TreeWalk.add(
                                nodes: small + root, leaves: leaves + root, leafValues: values, width: width, codes: codes, stride: stride,
                                rowCount: rowCount, to: sums)
                        }
                    }
                }
            }
        }
    }

    private func addRow(_ codes: [UInt8], _ leafValues: [Double], _ width: Int, to sums: inout [Double], trees: [UInt32]) {
        small.withUnsafeBufferPointer { small in
            leaves.withUnsafeBufferPointer { leaves in
                leafValues.withUnsafeBufferPointer { values in
                    codes.withUnsafeBufferPointer { codes in
                        sums.withUnsafeMutableBufferPointer { sums in
                            trees.withUnsafeBufferPointer { trees in
                                guard let small = small.baseAddress, let leaves = leaves.baseAddress, let values = values.baseAddress,
                                    let codes = codes.baseAddress, let sums = sums.baseAddress
                                else { return }
                                TreeWalk.add(
                                    nodes: small, roots: trees, leaves: leaves, leafValues: values, width: width, codes: codes, toRow: sums)
                            }
                        }
                    }
                }
            }
        }
    }

    // MARK: Nodes of eight bytes

    /// Writes the node that each row ends in: eight rows walk a tree side by side. Leaves send every code to themselves, so that rows
    /// that have arrived may go on walking until all have.
    private func walk(_ tree: Int, _ codes: [UInt8], _ stride: Int, _ reached: inout [UInt32]) {
        let root = roots[tree]
        nodes.withUnsafeBufferPointer { nodes in
            splits.withUnsafeBufferPointer { splits in
                isSet.withUnsafeBufferPointer { isSet in
                    codes.withUnsafeBufferPointer { codes in
                        reached.withUnsafeMutableBufferPointer { reached in
                            guard let codes = codes.baseAddress else { return reached.update(repeating: root) }
                            Self.walk(root, codes, stride, reached) { node, codes in
                                let at = nodes[Int(node)]
                                let code = codes[Int(at.feature)]
                                guard isSet[Int(node)] else { return at.next &+ (code &- at.first > at.more ? 1 : 0) }
                                let split = splits[Int(at.next)]
                                return split.left &+ (split.codes.contains(code) ? 0 : 1)
                            }
                        }
                    }
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
