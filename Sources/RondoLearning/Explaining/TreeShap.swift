import RondoKernels

/// Exact Shapley values of trees in polynomial time (Lundberg et al. 2020, From local explanations to global understanding with
/// explainable AI for trees, algorithm 2).
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
    private let depth: Int

    /// - Parameter outputs: as many as `width`, or the number of classes that trees of one value a leaf take turns with.
    init(_ nodes: [Node], roots: [Int], leafValues: [Double], width: Int, outputs: Int, featureCount: Int) {
        self.nodes = nodes
        self.roots = roots
        self.leafValues = leafValues
        self.width = width
        self.outputs = outputs
        self.featureCount = featureCount
        var depths = [Int](repeating: 0, count: nodes.count)
        // Children come after their parents.
        for (index, node) in nodes.enumerated() where node.left >= 0 {
            depths[node.left] = depths[index] + 1
            depths[node.left + 1] = depths[index] + 1
        }
        depth = depths.max() ?? 0
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
                    let share = share(of: node.left, in: node)
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

    private func share(of child: Int, in node: Node) -> Double {
        let both = nodes[node.left].cover + nodes[node.left + 1].cover
        return both > 0 ? nodes[child].cover / both : 0.5
    }

    /// Adds the values of one row to `[output * featureCount + feature]`.
    ///
    /// - Parameter goesLeft: which way the row goes at an inner node.
    func add(to values: UnsafeMutablePointer<Double>, goesLeft: (Int) -> Bool) {
        // Every level of the walk has a path of its own, one element longer than that of the level above.
        let room = (depth + 2) * (depth + 3) / 2 + depth + 2
        withUnsafeTemporaryAllocation(of: Element.self, capacity: room) { buffer in
            guard let start = buffer.baseAddress else { return }
            start.initialize(repeating: Element(), count: room)
            for (tree, root) in roots.enumerated() {
                walk(
                    root, Path(elements: start, length: 0), Element(feature: -1, zero: 1, one: 1, weight: 0),
                    values + (width > 1 ? 0 : (tree % outputs) * featureCount), goesLeft)
            }
        }
    }

    // MARK: Paths

    /// A feature on the way to a node: the share of the ways that lead on without it and with it, and the weight of subsets so far.
    private struct Element {
        var feature = -1
        var zero = 0.0
        var one = 0.0
        var weight = 0.0
    }

    private struct Path {
        let elements: UnsafeMutablePointer<Element>
        /// Elements after the first `length` are free.
        var length: Int

        mutating func extend(_ element: Element) {
            let last = length
            elements[last] = element
            elements[last].weight = last == 0 ? 1 : 0
            length += 1
            let count = Double(last + 1)
            var index = last - 1
            while index >= 0 {
                elements[index + 1].weight += element.one * elements[index].weight * Double(index + 1) / count
                elements[index].weight = element.zero * elements[index].weight * Double(last - index) / count
                index -= 1
            }
        }

        /// Takes an element out, as if it had never been put in.
        mutating func unwind(_ place: Int) {
            let last = length - 1
            let (one, zero) = (elements[place].one, elements[place].zero)
            let count = Double(last + 1)
            var next = elements[last].weight
            for index in stride(from: last - 1, through: 0, by: -1) {
                if one != 0 {
                    let kept = elements[index].weight
                    elements[index].weight = next * count / (Double(index + 1) * one)
                    next = kept - elements[index].weight * zero * Double(last - index) / count
                } else {
                    elements[index].weight = elements[index].weight * count / (zero * Double(last - index))
                }
            }
            for index in place..<last {
                elements[index].feature = elements[index + 1].feature
                elements[index].zero = elements[index + 1].zero
                elements[index].one = elements[index + 1].one
            }
            length -= 1
        }

        /// The sum of the weights that `unwind` would leave.
        func sumWithout(_ place: Int) -> Double {
            let last = length - 1
            let (one, zero) = (elements[place].one, elements[place].zero)
            let count = Double(last + 1)
            var next = elements[last].weight
            var total = 0.0
            for index in stride(from: last - 1, through: 0, by: -1) {
                if one != 0 {
                    let kept = next * count / (Double(index + 1) * one)
                    total += kept
                    next = elements[index].weight - kept * zero * Double(last - index) / count
                } else if zero != 0 {
                    total += elements[index].weight * count / (zero * Double(last - index))
                }
            }
            return total
        }
    }

    private func walk(
        _ index: Int, _ parent: Path, _ element: Element, _ values: UnsafeMutablePointer<Double>, _ goesLeft: (Int) -> Bool
    ) {
        let node = nodes[index]
        var path = Path(elements: parent.elements + parent.length, length: parent.length)
        path.elements.update(from: parent.elements, count: parent.length)
        path.extend(element)
        guard node.left >= 0 else {
            for place in 1..<max(path.length, 1) {
                let own = path.elements[place]
                let weight = path.sumWithout(place) * (own.one - own.zero)
                for output in 0..<width { values[output * featureCount + own.feature] += weight * leafValues[node.value + output] }
            }
            return
        }
        let isLeft = goesLeft(index)
        let (hot, cold) = isLeft ? (node.left, node.left + 1) : (node.left + 1, node.left)
        // A feature that was asked before stands for both questions.
        var (zero, one) = (1.0, 1.0)
        if let place = (1..<max(path.length, 1)).first(where: { path.elements[$0].feature == node.feature }) {
            (zero, one) = (path.elements[place].zero, path.elements[place].one)
            path.unwind(place)
        }
        let hotShare = share(of: hot, in: node)
        walk(hot, path, Element(feature: node.feature, zero: zero * hotShare, one: one, weight: 0), values, goesLeft)
        walk(cold, path, Element(feature: node.feature, zero: zero * (1 - hotShare), one: 0, weight: 0), values, goesLeft)
    }
}
