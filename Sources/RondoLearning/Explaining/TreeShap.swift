import RondoKernels

/// Exact Shapley values of trees, path dependent (Lundberg et al. 2020, From local explanations to global understanding with explainable
/// AI for trees).
///
/// A leaf counts its value times one factor for each feature on its path: `z + (o - z) t`, where z is the share of the training rows that
/// go this way, o tells whether the row does, and t is the chance that a feature is known. The Shapley value of a feature is the integral
/// over t of its own `o - z` times the factors of all others (Owen 1972, Multilinear extensions of games): a polynomial, which a few
/// Gaussian points integrate exactly. The sums over all leaves at these points are gathered on one walk through the tree, and a feature
/// that is asked again takes the place of its earlier self (the scheme of Yu et al. 2022, Linear TreeShap).
struct TreeShap: Sendable {
    /// A node as the algorithm sees it.
    struct Node: Sendable {
        /// The left child, which the right one follows; negative for a leaf.
        var left: Int
        var feature: Int
        /// Weight of the training rows here.
        var cover: Double
        /// For a leaf: where its `width` values begin.
        var value: Int
    }

    let nodes: [Node]
    let roots: [Int]
    let leafValues: [Double]
    let width: Int
    let featureCount: Int
    /// Output that a tree adds to, when leaves have one value: tree number modulo this.
    let outputs: Int
    /// Splits on the longest path.
    let depth: Int
    /// For each tree how many points it needs.
    let sizes: [Int]
    /// Points and weights of the integral by their number.
    let rules: [GaussLegendre]

    /// - Parameter outputs: as many as `width`, or the number of classes that trees of one value a leaf take turns with.
    init(_ nodes: [Node], roots: [Int], leafValues: [Double], width: Int, outputs: Int, featureCount: Int) {
        self.nodes = nodes
        self.roots = roots
        self.leafValues = leafValues
        self.width = width
        self.outputs = outputs
        self.featureCount = featureCount
        var depths = [Int32](repeating: 0, count: nodes.count)
        // Children come after their parents.
        for (index, node) in nodes.enumerated() where node.left >= 0 {
            depths[node.left] = depths[index] + 1
            depths[node.left + 1] = depths[index] + 1
        }
        depth = Int(depths.max() ?? 0)
        // With d features on a path the polynomial has degree d - 1, for which d / 2 points are enough.
        let different = TreeShap.differentFeatures(nodes)
        sizes = roots.enumerated().map { tree, root in
            let end = tree + 1 < roots.count ? roots[tree + 1] : nodes.count
            return max(1, (Int(different[root..<max(root, end)].max() ?? 0) + 1) / 2)
        }
        rules = (0...(sizes.max() ?? 0)).map { GaussLegendre(count: max($0, 1)) }
    }

    /// How many different features are asked on the way to each node.
    private static func differentFeatures(_ nodes: [Node]) -> [Int32] {
        var counts = [Int32](repeating: 0, count: nodes.count)
        var parents = [Int](repeating: -1, count: nodes.count)
        for (index, node) in nodes.enumerated() where node.left >= 0 {
            var above = parents[index]
            while above >= 0 && nodes[above].feature != node.feature { above = parents[above] }
            for child in node.left...node.left + 1 {
                parents[child] = index
                counts[child] = counts[index] + (above < 0 ? 1 : 0)
            }
        }
        return counts
    }

    /// The mean answer of all trees together, by output.
    var base: [Double] {
        var means = [Double](repeating: 0, count: nodes.count * width)
        for index in nodes.indices.reversed() {
            let node = nodes[index]
            for output in 0..<width {
                if node.left < 0 {
                    means[index * width + output] = leafValues[node.value + output]
                } else {
                    let share = leftShare(of: node)
                    means[index * width + output] =
                        share * means[node.left * width + output] + (1 - share) * means[(node.left + 1) * width + output]
                }
            }
        }
        var base = [Double](repeating: 0, count: outputs)
        for (tree, root) in roots.enumerated() {
            for output in 0..<width { base[width > 1 ? output : tree % outputs] += means[root * width + output] }
        }
        return base
    }

    /// The share of an inner node's training rows that go left.
    func leftShare(of node: Node) -> Double {
        let left = nodes[node.left].cover
        let both = left + nodes[node.left + 1].cover
        return both > 0 ? left / both : 0.5
    }

    /// The same by node; without meaning for leaves.
    var leftShares: [Double] { nodes.map { $0.left < 0 ? 0 : leftShare(of: $0) } }
}
