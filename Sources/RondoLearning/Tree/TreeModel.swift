package import RondoKernels
import RondoReport

/// A fitted classification or regression tree.
package struct TreeModel: FittedModel {
    package static let familyName = "tree"

    let features: [TreeFeature]
    /// Empty for numbers.
    package let classNames: [String]
    let nodes: [TreeNode]
    /// `width` values a leaf.
    let leafValues: [Double]
    /// Levels listed by category splits, increasing within a node.
    let levels: [Int32]
    /// Share of each feature in the decrease of impurity.
    package let importances: [Double]

    /// Values a leaf: one for numbers and two classes, else one a class.
    var width: Int { classNames.count > 2 ? classNames.count : 1 }

    package var leafCount: Int { leafValues.count / width }

    package func predict(_ features: Features, context: ComputeContext) throws -> Predictions {
        let leaves = try leafNumbers(features, context: context)
        switch classNames.count {
        case 0: return .numbers(leaves.map { leafValues[$0] })
        case 2: return .probabilities([leaves.map { 1 - leafValues[$0] }, leaves.map { leafValues[$0] }], names: classNames)
        default:
            let width = width
            return .probabilities((0..<width).map { index in leaves.map { leafValues[$0 * width + index] } }, names: classNames)
        }
    }

    /// The leaf of each row.
    func leafNumbers(_ features: Features, context: ComputeContext) throws -> [Int] {
        try features.requireNames(self.features.map(\.name))
        let columns = zip(self.features, features.features).map(TreeColumn.init)
        let blocks = try Parallel.mapChunks(count: features.rowCount, chunkSize: 8192, context: context) { _, rows in
            rows.map { leaf(of: $0, columns) }
        }
        return Array(blocks.joined())
    }

    private func leaf(of row: Int, _ columns: [TreeColumn]) -> Int {
        var node = nodes[0]
        while !node.isLeaf {
            node = nodes[Int(node.link) + (goesLeft(node, row, columns[Int(node.feature)]) ? 0 : 1)]
        }
        return Int(node.link)
    }

    /// Which way a row goes at an inner node.
    func goesLeft(_ node: TreeNode, _ row: Int, _ column: TreeColumn) -> Bool {
        switch column {
        case .numbers(let values):
            let value = values[row]
            return value.isNaN ? node.isMissingLeft : FeatureBins.clamped(value) <= node.threshold
        case .codes(let codes, let table):
            var code = codes[row]
            if !table.isEmpty && code >= 0 { code = Int(code) < table.count ? table[Int(code)] : -1 }
            return code < 0 ? node.isMissingLeft : isListed(code, node) != node.isOtherLeft
        case .missing:
            return node.isMissingLeft
        }
    }

    private func isListed(_ code: Int32, _ node: TreeNode) -> Bool {
        var low = Int(node.firstLevel)
        var high = low + Int(node.levelCount)
        while low < high {
            let middle = (low + high) / 2
            if levels[middle] == code { return true }
            if levels[middle] < code { low = middle + 1 } else { high = middle }
        }
        return false
    }

    package var readable: String { "rules, \(NumberText.count(leafCount)) leaves" }

    package func archive() -> Archive {
        var archive = Archive()
        archive["features"] = .archives(
            features.map { feature in
                var entry = Archive()
                entry.set("name", feature.name)
                if let levels = feature.levels { entry["levels"] = .words(levels) }
                return entry
            })
        archive["classes"] = .words(classNames)
        archive["node_features"] = .codes(nodes.map(\.feature))
        archive["thresholds"] = .numbers(nodes.map(\.threshold))
        archive["links"] = .codes(nodes.map(\.link))
        archive["first_levels"] = .codes(nodes.map(\.firstLevel))
        archive["level_counts"] = .codes(nodes.map(\.levelCount))
        archive["sides"] = .bytes(nodes.map { ($0.isMissingLeft ? 1 : 0) + ($0.isOtherLeft ? 2 : 0) })
        archive["node_rows"] = .codes(nodes.map(\.rows))
        archive["leaf_values"] = .numbers(leafValues)
        archive["levels"] = .codes(levels)
        archive["importances"] = .numbers(importances)
        return archive
    }
}

/// A column of the rows to predict, in the codes of training.
enum TreeColumn {
    case numbers([Double])
    /// With a table from the codes of the rows to those of training, empty when they are the same.
    case codes([Int32], table: [Int32])
    /// A column of another kind than in training.
    case missing

    init(_ feature: TreeFeature, _ given: Features.Feature) {
        switch (feature.levels, given.values) {
        case (nil, .numbers(let values)):
            self = .numbers(values)
        case (nil, .sparse(let sparse)):
            self = .numbers(sparse.dense)
        case (let known?, .categories(let codes, let levels)):
            guard known != levels else {
                self = .codes(codes, table: [])
                return
            }
            let places = Dictionary(known.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
            self = levels.isEmpty ? .missing : .codes(codes, table: levels.map { places[$0] ?? -1 })
        case (nil, .categories), (.some, .numbers), (.some, .sparse):
            self = .missing
        }
    }
}
