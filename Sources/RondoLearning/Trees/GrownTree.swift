/// One tree as it is grown: links count from its own beginning.
struct GrownTree: Sendable {
    var nodes: [ForestNode] = []
    var categorySplits: [CategorySplit] = []
    /// One row of values a leaf.
    var leafValues: [Double] = []
    /// Decrease of impurity by feature.
    var importances: [Double]
    /// Weight of the training rows in each node.
    var covers: [Double] = []

    init(importances: [Double]) { self.importances = importances }

    /// Makes a node an inner one; returns its left child, which the right one follows.
    mutating func split(_ node: Int, by split: FoundSplit, isCategory: Bool) -> Int {
        let left = nodes.count
        nodes.append(.leaf(0))
        nodes.append(.leaf(0))
        var flags: UInt8 = split.set.contains(FeatureBins.missing) ? ForestNode.missingLeftFlag : 0
        var link = UInt32(truncatingIfNeeded: left)
        if isCategory {
            flags |= ForestNode.categoryFlag
            link = UInt32(truncatingIfNeeded: categorySplits.count)
            categorySplits.append(CategorySplit(left: UInt32(truncatingIfNeeded: left), codes: split.set))
        }
        nodes[node] = ForestNode(
            link: link, feature: UInt16(truncatingIfNeeded: split.feature), code: isCategory ? 0 : split.code, flags: flags)
        return left
    }

    /// Makes a node a leaf of one value.
    mutating func addLeaf(_ node: Int, _ value: Double) {
        nodes[node] = .leaf(leafValues.count)
        leafValues.append(value)
    }

    /// Makes a node a leaf of several values.
    mutating func addLeaf(_ node: Int, _ values: [Double]) {
        nodes[node] = .leaf(leafValues.count / values.count)
        leafValues.append(contentsOf: values)
    }
}
