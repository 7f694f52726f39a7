import RondoKernels
package import RondoReport

extension TreeModel {
    private static let mostRules = 50
    private static let mostLevels = 4

    /// The rules of the largest leaves and the share of each column in the decrease of impurity.
    package var learned: [TableBlock] {
        let order = importances.indices.sorted { (importances[$1], $0) < (importances[$0], $1) }
        return [
            rules,
            TableBlock(
                caption: "share of the decrease of impurity",
                columns: [TableBlock.Column("column", "text", .plain), TableBlock.Column("importance", "number", .percent)],
                rows: order.map { [.text(features[$0].name), Scalar(importances[$0])] }),
        ]
    }

    private var rules: TableBlock {
        var parents = [Int](repeating: -1, count: nodes.count)
        for (index, node) in nodes.enumerated() where !node.isLeaf {
            parents[Int(node.link)] = index
            parents[Int(node.link) + 1] = index
        }
        let leaves = nodes.indices.filter { nodes[$0].isLeaf }
        let shown = leaves.sorted { (nodes[$1].rows, $0) < (nodes[$0].rows, $1) }.prefix(Self.mostRules)
        let caption =
            leaves.count > shown.count
            ? "rules: the largest \(NumberText.count(shown.count)) of \(NumberText.count(leaves.count)) leaves" : "rules"
        var columns = [TableBlock.Column("rule", "text", .plain), TableBlock.Column("rows", "integer", .count)]
        columns.append(TableBlock.Column("prediction", classNames.isEmpty ? "number" : "text", classNames.isEmpty ? .number : .plain))
        if !classNames.isEmpty { columns.append(TableBlock.Column("share", "number", .percent)) }
        return TableBlock(
            caption: caption, columns: columns,
            rows: shown.map { leaf in [.text(rule(leaf, parents)), Scalar(Int(nodes[leaf].rows))] + answer(Int(nodes[leaf].link)) })
    }

    private func answer(_ leaf: Int) -> [Scalar] {
        switch classNames.count {
        case 0:
            return [Scalar(leafValues[leaf])]
        case 2:
            let share = leafValues[leaf]
            return share > 0.5 ? [.text(classNames[1]), Scalar(share)] : [.text(classNames[0]), Scalar(1 - share)]
        default:
            var best = 0
            for index in 1..<width where leafValues[leaf * width + index] > leafValues[leaf * width + best] { best = index }
            return [.text(classNames[best]), Scalar(leafValues[leaf * width + best])]
        }
    }

    /// The conditions from the root to a leaf, joined by `and`.
    private func rule(_ leaf: Int, _ parents: [Int]) -> String {
        var conditions: [String] = []
        var child = leaf
        while parents[child] >= 0 {
            let parent = parents[child]
            conditions.append(condition(nodes[parent], isLeft: Int(nodes[parent].link) == child))
            child = parent
        }
        return conditions.isEmpty ? "all rows" : conditions.reversed().joined(separator: " and ")
    }

    private func condition(_ node: TreeNode, isLeft: Bool) -> String {
        let feature = features[Int(node.feature)]
        guard let names = feature.levels else {
            if node.threshold == .greatestFiniteMagnitude { return "\(feature.name) is \(isLeft ? "not " : "")missing" }
            return "\(feature.name) \(isLeft ? "<=" : ">") \(Scalar(node.threshold).plainText)"
        }
        let listed = levels[Int(node.firstLevel)..<Int(node.firstLevel + node.levelCount)].map { code in
            code >= 0 && Int(code) < names.count ? "\"\(names[Int(code)])\"" : "\"\""
        }
        if listed.isEmpty { return "\(feature.name) is \(node.isOtherLeft == isLeft ? "not " : "")missing" }
        let shown = listed.prefix(Self.mostLevels).joined(separator: ", ")
        let more = listed.count > Self.mostLevels ? ", and \(listed.count - Self.mostLevels) more" : ""
        return "\(feature.name) \(node.isOtherLeft == isLeft ? "not " : "")in [\(shown)\(more)]"
    }
}
