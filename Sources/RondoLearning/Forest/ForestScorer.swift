import RondoKernels

/// The trees of a forest laid out for scoring: eight rows walk a tree side by side, so that they wait for memory together.
///
/// Leaves point at themselves, so that rows that have arrived may go on walking until all have. A missing value has the greatest code
/// and goes right; where missing goes left, code and threshold are both shifted by one, and the missing code becomes 0.
struct ForestScorer: Sendable, Hashable {
    /// A node in eight bytes.
    private struct Node: Sendable, Hashable {
        /// The left child, to the right of which the right one follows; the node itself for a leaf; the set of a split of categories.
        var next: UInt32
        var feature: UInt16
        /// Shifted codes above it go right.
        var threshold: UInt8
        /// What is added to a code; `category` for splits of categories.
        var shift: UInt8

        static let category: UInt8 = 2
    }

    private let nodes: [Node]
    private let splits: [CategorySplit]
    private let hasCategories: [Bool]
    private let roots: [UInt32]
    /// Leaf of each node; 0 for inner ones.
    private let leaves: [UInt32]

    /// - Parameter nodes: checked nodes: every link is inside, and children come after their parents.
    init(_ nodes: [ForestNode], splits: [CategorySplit], roots: [Int]) {
        self.nodes = nodes.enumerated().map { index, node in
            if node.isLeaf { return Node(next: UInt32(truncatingIfNeeded: index), feature: 0, threshold: 255, shift: 0) }
            if node.isCategory { return Node(next: node.link, feature: node.feature, threshold: 0, shift: Node.category) }
            let shift: UInt8 = node.flags & ForestNode.missingLeftFlag != 0 ? 1 : 0
            return Node(next: node.link, feature: node.feature, threshold: node.code &+ shift, shift: shift)
        }
        leaves = nodes.map { $0.isLeaf ? $0.link : 0 }
        self.splits = splits
        self.roots = roots.map { UInt32(truncatingIfNeeded: $0) }
        hasCategories = roots.enumerated().map { place, root in
            let end = place + 1 < roots.count ? roots[place + 1] : nodes.count
            return root >= end || nodes[root..<end].contains { $0.isCategory }
        }
    }

    /// Adds the leaf values of every tree, in the order of the trees, for rows of `stride` codes each; `sums` has `width` values a row.
    func add(codes: [UInt8], stride: Int, leafValues: [Double], width: Int, to sums: inout [Double], cancellation: CancellationToken) throws
    {
        let rowCount = sums.count / width
        var reached = [UInt32](repeating: 0, count: rowCount)
        for tree in roots.indices {
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
        nodes.withUnsafeBufferPointer { nodes in
            splits.withUnsafeBufferPointer { splits in
                codes.withUnsafeBufferPointer { codes in
                    reached.withUnsafeMutableBufferPointer { reached in
                        guard let nodes = nodes.baseAddress else { return }
                        guard let codes = codes.baseAddress else { return reached.update(repeating: root) }
                        if hasCategories[tree] {
                            for row in reached.indices { reached[row] = Self.leaf(root, nodes, splits, codes + row * stride) }
                        } else {
                            Self.walkNumbers(root, nodes, codes, stride, reached)
                        }
                    }
                }
            }
        }
    }

    @inline(__always)
    private static func step(_ node: UInt32, _ nodes: UnsafePointer<Node>, _ codes: UnsafePointer<UInt8>) -> UInt32 {
        let at = nodes[Int(node)]
        return at.next &+ (codes[Int(at.feature)] &+ at.shift > at.threshold ? 1 : 0)
    }

    private static func walkNumbers(
        _ root: UInt32, _ nodes: UnsafePointer<Node>, _ codes: UnsafePointer<UInt8>, _ stride: Int,
        _ reached: UnsafeMutableBufferPointer<UInt32>
    ) {
        var row = 0
        while row + 8 <= reached.count {
            let own = codes + row * stride
            var (a, b, c, d, e, f, g, h) = (root, root, root, root, root, root, root, root)
            var moved: UInt32
            repeat {
                let (a2, b2) = (step(a, nodes, own), step(b, nodes, own + stride))
                let (c2, d2) = (step(c, nodes, own + 2 * stride), step(d, nodes, own + 3 * stride))
                let (e2, f2) = (step(e, nodes, own + 4 * stride), step(f, nodes, own + 5 * stride))
                let (g2, h2) = (step(g, nodes, own + 6 * stride), step(h, nodes, own + 7 * stride))
                moved = (a ^ a2) | (b ^ b2) | (c ^ c2) | (d ^ d2) | (e ^ e2) | (f ^ f2) | (g ^ g2) | (h ^ h2)
                (a, b, c, d, e, f, g, h) = (a2, b2, c2, d2, e2, f2, g2, h2)
            } while moved != 0
            (reached[row], reached[row + 1], reached[row + 2], reached[row + 3]) = (a, b, c, d)
            (reached[row + 4], reached[row + 5], reached[row + 6], reached[row + 7]) = (e, f, g, h)
            row += 8
        }
        while row < reached.count {
            var node = root
            while true {
                let next = step(node, nodes, codes + row * stride)
                if next == node { break }
                node = next
            }
            reached[row] = node
            row += 1
        }
    }

    /// The leaf of one row in a tree with splits of categories.
    @inline(__always)
    private static func leaf(
        _ root: UInt32, _ nodes: UnsafePointer<Node>, _ splits: UnsafeBufferPointer<CategorySplit>, _ codes: UnsafePointer<UInt8>
    ) -> UInt32 {
        var node = root
        while true {
            let at = nodes[Int(node)]
            let code = codes[Int(at.feature)]
            if at.shift == Node.category {
                let split = splits[Int(at.next)]
                node = split.left &+ (split.codes.contains(code) ? 0 : 1)
                continue
            }
            let next = at.next &+ (code &+ at.shift > at.threshold ? 1 : 0)
            if next == node { return node }
            node = next
        }
    }
}
