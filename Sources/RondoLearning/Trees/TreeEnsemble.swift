import RondoKernels
import RondoReport

/// Trees on binned features, whatever is made of their values: the common part of forests and boosted models.
struct TreeEnsemble: Sendable {
    let binned: BinnedFeatures
    /// All trees, one after the other; links count from the beginning of this array.
    let nodes: [ForestNode]
    let categorySplits: [CategorySplit]
    /// `width` values a leaf.
    let leafValues: [Double]
    let width: Int
    /// Where each tree begins.
    let roots: [Int]
    /// Weight of the training rows in each leaf, by its number.
    let leafCovers: [Double]
    /// Share of each feature in the decrease of impurity or loss.
    let importances: [Double]
    let scorer: ForestScorer

    init(_ binned: BinnedFeatures, trees: [GrownTree], width: Int, importances: [Double]) {
        var nodes: [ForestNode] = []
        var splits: [CategorySplit] = []
        var leaves: [Double] = []
        var covers: [Double] = []
        var roots: [Int] = []
        nodes.reserveCapacity(trees.reduce(0) { $0 + $1.nodes.count })
        covers.reserveCapacity(trees.reduce(0) { $0 + $1.leafValues.count / width })
        leaves.reserveCapacity(trees.reduce(0) { $0 + $1.leafValues.count })
        for tree in trees {
            let firstNode = UInt32(truncatingIfNeeded: nodes.count)
            let firstSplit = UInt32(truncatingIfNeeded: splits.count)
            let firstLeaf = UInt32(truncatingIfNeeded: leaves.count / width)
            roots.append(nodes.count)
            for node in tree.nodes {
                var moved = node
                moved.link &+= node.isLeaf ? firstLeaf : (node.isCategory ? firstSplit : firstNode)
                nodes.append(moved)
            }
            for split in tree.categorySplits { splits.append(CategorySplit(left: split.left &+ firstNode, codes: split.codes)) }
            leaves.append(contentsOf: tree.leafValues)
            covers.append(contentsOf: tree.leafCovers)
        }
        self.binned = binned
        self.nodes = nodes
        categorySplits = splits
        leafValues = leaves.inLargePages
        self.width = width
        self.roots = roots
        leafCovers = covers
        self.importances = importances
        scorer = ForestScorer(nodes, splits: splits, roots: roots, bins: binned.bins)
    }

    /// The shares of the features, the greatest first.
    var importanceTable: TableBlock {
        let order = importances.indices.sorted { (importances[$1], $0) < (importances[$0], $1) }
        return TableBlock(
            caption: "share of the decrease of impurity",
            columns: [TableBlock.Column("column", "text", .plain), TableBlock.Column("importance", "number", .percent)],
            rows: order.map { [.text(binned.bins[$0].name), Scalar(importances[$0])] })
    }

    /// Weight of the training rows in each node: an inner one has the rows of its children.
    var covers: [Double] {
        var covers = [Double](repeating: 0, count: nodes.count)
        for (index, node) in nodes.enumerated().reversed() {
            let left = node.isLeaf ? 0 : left(of: node)
            covers[index] = node.isLeaf ? leafCovers[Int(node.link)] : covers[left] + covers[left + 1]
        }
        return covers
    }

    /// The children of an inner node: the left one, which the right one follows.
    func left(of node: ForestNode) -> Int { node.isCategory ? Int(categorySplits[Int(node.link)].left) : Int(node.link) }

    /// Whether a code goes left at an inner node.
    func goesLeft(_ node: ForestNode, _ code: UInt8) -> Bool {
        if node.isCategory { return categorySplits[Int(node.link)].codes.contains(code) }
        return code == FeatureBins.missing ? node.flags & ForestNode.missingLeftFlag != 0 : code <= node.code
    }

    // MARK: Archive

    func write(to archive: inout Archive) {
        archive["features"] = .archives(binned.archive())
        archive["nodes"] = .integers(nodes.map(\.packed))
        archive["category_links"] = .integers(categorySplits.map { Int64($0.left) })
        archive["category_codes"] = .integers(categorySplits.flatMap { split in (0..<4).map { Int64(bitPattern: split.codes.words[$0]) } })
        archive["leaf_values"] = .numbers(leafValues)
        archive["roots"] = .integers(roots.map { Int64($0) })
        // Forests count whole rows, of which most leaves have few.
        archive["leaf_covers"] = ShortCounts.bytes(leafCovers).map { .bytes($0) } ?? .numbers(leafCovers)
        archive["importances"] = .numbers(importances)
    }

    /// - Throws: R0590 for damaged data: every link is checked, and children come after their parents, so that every walk ends.
    init(from archive: Archive, width: Int) throws {
        binned = try BinnedFeatures(from: archive.archives("features"))
        nodes = try archive.integers("nodes").map { ForestNode(packed: $0) }
        let links = try archive.integers("category_links")
        let words = try archive.integers("category_codes")
        try archive.require(words.count == 4 * links.count && links.allSatisfy { $0 >= 0 && $0 <= Int64(UInt32.max) }, "category_codes")
        categorySplits = links.enumerated().map { index, link in
            var codes = CodeSet()
            for word in 0..<4 { codes.words[word] = UInt64(bitPattern: words[4 * index + word]) }
            return CategorySplit(left: UInt32(truncatingIfNeeded: link), codes: codes)
        }
        leafValues = try archive.numbers("leaf_values")
        self.width = width
        roots = try archive.integers("roots").map { Int(clamping: $0) }
        leafCovers = try TreeEnsemble.leafCovers(archive, count: leafValues.count / max(width, 1))
        importances = try archive.numbers("importances", count: binned.bins.count)
        try TreeEnsemble.checkLinks(
            archive, nodes: nodes, splits: categorySplits, roots: roots, leaves: leafValues.count, width: width, features: binned.bins.count
        )
        scorer = ForestScorer(nodes, splits: categorySplits, roots: roots, bins: binned.bins)
    }

    private static func leafCovers(_ archive: Archive, count: Int) throws -> [Double] {
        guard case .bytes(let bytes) = archive["leaf_covers"] else { return try archive.numbers("leaf_covers", count: count) }
        let covers = ShortCounts.counts(bytes)
        try archive.require(covers.count == count, "leaf_covers")
        return covers
    }

    private static func checkLinks(
        _ archive: Archive, nodes: [ForestNode], splits: [CategorySplit], roots: [Int], leaves: Int, width: Int, features: Int
    ) throws {
        try archive.require(width > 0 && leaves % width == 0, "leaf_values")
        try archive.require(roots.allSatisfy { $0 >= 0 && $0 < nodes.count }, "roots")
        for (index, node) in nodes.enumerated() {
            if node.isLeaf {
                try archive.require(Int(node.link) < leaves / width, "nodes")
                continue
            }
            try archive.require(Int(node.feature) < features, "nodes")
            var left = Int(node.link)
            if node.isCategory {
                try archive.require(left < splits.count, "nodes")
                left = Int(splits[left].left)
            }
            try archive.require(left > index && left + 1 < nodes.count, "nodes")
        }
        try checkTrees(archive, nodes: nodes, splits: splits, roots: roots)
    }

    /// Throws R0590 unless each tree keeps to its own nodes: the short form of a node counts from the root of its tree.
    private static func checkTrees(_ archive: Archive, nodes: [ForestNode], splits: [CategorySplit], roots: [Int]) throws {
        for (number, root) in roots.enumerated() {
            let end = number + 1 < roots.count ? roots[number + 1] : nodes.count
            try archive.require(root < end, "roots")
            for node in nodes[root..<end] where !node.isLeaf {
                let left = node.isCategory ? Int(splits[Int(node.link)].left) : Int(node.link)
                try archive.require(left + 1 < end, "nodes")
            }
        }
    }
}
