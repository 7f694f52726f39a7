package import RondoKernels

extension TreeModel {
    /// Reads a tree back.
    ///
    /// - Throws: R0590 for damaged data: every link is checked, and children come after their parents, so that every walk ends.
    package init(from archive: Archive) throws {
        let features = try archive.archives("features").map { entry in
            TreeFeature(name: try entry.word("name"), levels: entry["levels"] == nil ? nil : try entry.words("levels"))
        }
        let thresholds = try archive.numbers("thresholds")
        let count = thresholds.count
        func column(_ name: String) throws -> [Int32] {
            let values = try archive.codes(name)
            try archive.require(values.count == count, name)
            return values
        }
        let nodeFeatures = try column("node_features")
        let links = try column("links")
        let firstLevels = try column("first_levels")
        let levelCounts = try column("level_counts")
        let rows = try column("node_rows")
        let sides = try archive.bytes("sides")
        try archive.require(count > 0 && sides.count == count, "sides")
        let nodes = (0..<count).map { index in
            TreeNode(
                feature: nodeFeatures[index], threshold: thresholds[index], link: links[index], firstLevel: firstLevels[index],
                levelCount: levelCounts[index], isMissingLeft: sides[index] & 1 != 0, isOtherLeft: sides[index] & 2 != 0, rows: rows[index])
        }
        self.init(
            features: features, classNames: try archive.words("classes"), nodes: nodes, leafValues: try archive.numbers("leaf_values"),
            levels: try archive.codes("levels"), importances: try archive.numbers("importances", count: features.count))
        try checkLinks(archive)
    }

    private func checkLinks(_ archive: Archive) throws {
        try archive.require(classNames.count != 1 && leafValues.count % width == 0, "leaf_values")
        for (index, node) in nodes.enumerated() {
            if node.isLeaf {
                try archive.require(node.link >= 0 && Int(node.link) < leafCount, "links")
                continue
            }
            try archive.require(Int(node.feature) < features.count, "node_features")
            try archive.require(Int(node.link) > index && Int(node.link) + 1 < nodes.count, "links")
            try archive.require(
                node.firstLevel >= 0 && node.levelCount >= 0 && Int(node.firstLevel) + Int(node.levelCount) <= levels.count, "level_counts")
        }
    }
}
