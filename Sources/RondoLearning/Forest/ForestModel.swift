package import RondoKernels
package import RondoReport

/// A fitted random forest.
package struct ForestModel: FittedModel {
    package static let familyName = "forest"

    let binned: BinnedFeatures
    /// Empty for numbers.
    package let classNames: [String]
    /// All trees, one after the other; links count from the beginning of this array.
    let nodes: [ForestNode]
    let categorySplits: [CategorySplit]
    /// `width` values a leaf.
    let leafValues: [Double]
    /// Where each tree begins.
    let roots: [Int]
    private let scorer: ForestScorer
    /// Share of each feature in the decrease of impurity, mean over the trees.
    package let importances: [Double]

    /// Values a leaf: one for numbers and two classes, else one a class.
    private var width: Int { classNames.count > 2 ? classNames.count : 1 }

    init(_ binned: BinnedFeatures, target: ForestTarget, trees: [GrownTree]) {
        self.binned = binned
        classNames = target.classNames
        var nodes: [ForestNode] = []
        var splits: [CategorySplit] = []
        var leaves: [Double] = []
        var roots: [Int] = []
        nodes.reserveCapacity(trees.reduce(0) { $0 + $1.nodes.count })
        leaves.reserveCapacity(trees.reduce(0) { $0 + $1.leafValues.count })
        let width = target.width
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
            splits.append(contentsOf: tree.categorySplits.map { CategorySplit(left: $0.left &+ firstNode, codes: $0.codes) })
            leaves.append(contentsOf: tree.leafValues)
        }
        self.nodes = nodes
        categorySplits = splits
        leafValues = leaves
        self.roots = roots
        scorer = ForestScorer(nodes, splits: splits, roots: roots, bins: binned.bins)
        importances = binned.bins.indices.map { feature in
            trees.reduce(0) { $0 + $1.importances[feature] } / Double(max(trees.count, 1))
        }
    }

    package func predict(_ features: Features, context: ComputeContext) throws -> Predictions {
        try features.requireNames(binned.bins.map(\.name))
        let width = width
        let blocks = try Parallel.mapChunks(count: features.rowCount, chunkSize: 8192, context: context) { _, rows in
            let codes = binned.codes(features, rows: rows)
            var sums = [Double](repeating: 0, count: rows.count * width)
            try scorer.add(
                codes: codes, stride: binned.bins.count, leafValues: leafValues, width: width, to: &sums, cancellation: context.cancellation
            )
            let trees = Double(roots.count)
            return sums.map { $0 / trees }
        }
        let sums = Array(blocks.joined())
        switch classNames.count {
        case 0: return .numbers(sums)
        case 2: return .probabilities([sums.map { 1 - $0 }, sums], names: classNames)
        default:
            let columns = classNames.indices.map { index in (0..<features.rowCount).map { sums[$0 * width + index] } }
            return .probabilities(columns, names: classNames)
        }
    }

    package var learned: [TableBlock] {
        let order = importances.indices.sorted { (importances[$1], $0) < (importances[$0], $1) }
        return [
            TableBlock(
                caption: "share of the decrease of impurity",
                columns: [TableBlock.Column("column", "text", .plain), TableBlock.Column("importance", "number", .percent)],
                rows: order.map { [.text(binned.bins[$0].name), Scalar(importances[$0])] })
        ]
    }

    package var readable: String { "importances" }

    package func archive() -> Archive {
        var archive = Archive()
        archive["features"] = .archives(binned.archive())
        archive["classes"] = .words(classNames)
        archive["nodes"] = .integers(nodes.map(\.packed))
        archive["category_links"] = .integers(categorySplits.map { Int64($0.left) })
        archive["category_codes"] = .integers(
            categorySplits.flatMap { split in (0..<4).map { Int64(bitPattern: split.codes.words[$0]) } })
        archive["leaf_values"] = .numbers(leafValues)
        archive["roots"] = .integers(roots.map { Int64($0) })
        archive["importances"] = .numbers(importances)
        return archive
    }

    /// - Throws: R0590 for damaged data: every link is checked, and children come after their parents, so that every walk ends.
    package init(from archive: Archive) throws {
        binned = try BinnedFeatures(from: archive.archives("features"))
        classNames = try archive.words("classes")
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
        roots = try archive.integers("roots").map { Int(clamping: $0) }
        importances = try archive.numbers("importances", count: binned.bins.count)
        try ForestModel.checkLinks(
            archive, nodes: nodes, splits: categorySplits, roots: roots, leafValues: leafValues, classes: classNames.count,
            features: binned.bins.count)
        scorer = ForestScorer(nodes, splits: categorySplits, roots: roots, bins: binned.bins)
    }

    private static func checkLinks(
        _ archive: Archive, nodes: [ForestNode], splits: [CategorySplit], roots: [Int], leafValues: [Double], classes: Int, features: Int
    ) throws {
        let width = classes > 2 ? classes : 1
        try archive.require(classes != 1 && leafValues.count % width == 0, "leaf_values")
        try archive.require(!roots.isEmpty && roots.allSatisfy { $0 >= 0 && $0 < nodes.count }, "roots")
        let leaves = leafValues.count / width
        for (index, node) in nodes.enumerated() {
            if node.isLeaf {
                try archive.require(Int(node.link) < leaves, "nodes")
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
    }
}
