/// One tree as it is grown: links count from its own beginning.
struct GrownTree: Sendable {
    var nodes: [ForestNode] = []
    var categorySplits: [CategorySplit] = []
    /// One row of values a leaf.
    var leafValues: [Double] = []
    /// Decrease of impurity by feature.
    var importances: [Double]
    /// Weight of the training rows in each leaf, by its number.
    var leafCovers: [Double] = []

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

    /// Makes a node a leaf of one value, with so much weight of training rows.
    mutating func addLeaf(_ node: Int, _ value: Double, cover: Double) {
        nodes[node] = .leaf(leafCovers.count)
        leafValues.append(value)
        leafCovers.append(cover)
    }

    /// Makes a node a leaf of several values.
    mutating func addLeaf(_ node: Int, _ values: [Double], cover: Double) {
        nodes[node] = .leaf(leafCovers.count)
        leafValues.append(contentsOf: values)
        leafCovers.append(cover)
    }

    /// The same tree without the room that growing arrays leave behind their last elements.
    var compact: GrownTree {
        var copy = self
        copy.nodes = nodes.withUnsafeBufferPointer { Array($0) }
        copy.leafValues = leafValues.withUnsafeBufferPointer { Array($0) }
        copy.leafCovers = leafCovers.withUnsafeBufferPointer { Array($0) }
        return copy
    }
}
