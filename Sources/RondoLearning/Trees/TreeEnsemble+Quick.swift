import RondoKernels

extension TreeEnsemble {
    /// These trees for scoring many rows together; nil when one of them has too many leaves.
    func quickScorer(_ trees: some Sequence<Int>) -> QuickScorer? {
        var list: [(questions: [QuickScorer.Question], leafValues: [Double])] = []
        for tree in trees {
            var reading = QuickReading(ensemble: self)
            guard reading.visit(roots[tree]) else { return nil }
            list.append((reading.questions, reading.leafValues))
        }
        return QuickScorer(list)
    }

    /// Codes feature by feature, `stride` a feature, for those that a tree asks about.
    func columnCodes(_ features: Features, rows: Range<Int>, stride: Int, isAsked: [Bool]) -> [UInt8] {
        var codes = [UInt8](repeating: 0, count: stride * binned.bins.count)
        codes.withUnsafeMutableBufferPointer { codes in
            guard let base = codes.baseAddress else { return }
            for (index, bin) in binned.bins.enumerated() where isAsked[index] {
                bin.write(features.features[index], rows: rows, to: base + index * stride, stride: 1)
            }
        }
        return codes
    }

    /// By feature: whether a tree asks about it.
    var isAsked: [Bool] {
        var isAsked = [Bool](repeating: false, count: binned.bins.count)
        for node in nodes where !node.isLeaf { isAsked[Int(node.feature)] = true }
        return isAsked
    }
}

/// Reads one tree from left to right.
private struct QuickReading {
    let ensemble: TreeEnsemble
    var questions: [QuickScorer.Question] = []
    var leafValues: [Double] = []

    init(ensemble: TreeEnsemble) { self.ensemble = ensemble }

    /// Takes in the branch of a node; false when there are too many leaves.
    mutating func visit(_ index: Int) -> Bool {
        let node = ensemble.nodes[index]
        guard !node.isLeaf else {
            leafValues.append(ensemble.leafValues[Int(node.link)])
            return leafValues.count <= QuickScorer.mostLeaves
        }
        let first = leafValues.count
        let left = ensemble.left(of: node)
        guard visit(left) else { return false }
        questions.append(question(node, leaves: first..<leafValues.count))
        return visit(left + 1)
    }

    private func question(_ node: ForestNode, leaves: Range<Int>) -> QuickScorer.Question {
        let feature = Int(node.feature)
        guard node.isCategory else {
            let isMissingLeft = node.flags & ForestNode.missingLeftFlag != 0
            return QuickScorer.Question(
                feature: feature, first: isMissingLeft ? 255 : 0, more: node.code &+ (isMissingLeft ? 1 : 0), sides: [], leftLeaves: leaves)
        }
        let codes = ensemble.categorySplits[Int(node.link)].codes
        if let interval = codes.interval(levels: ensemble.binned.bins[feature].levelCount) {
            return QuickScorer.Question(feature: feature, first: interval.first, more: interval.more, sides: [], leftLeaves: leaves)
        }
        let sides: [UInt8] = (0..<256).map { codes.contains(UInt8(truncatingIfNeeded: $0)) ? 0 : 255 }
        return QuickScorer.Question(feature: feature, first: 0, more: 0, sides: sides, leftLeaves: leaves)
    }
}
