/// The walk of rows through all trees that gathers their Shapley values; memory for one row at a time.
final class TreeShapWalk {
    private typealias Vector = SIMD4<Double>

    /// A node on the way, and how far its children are.
    private struct Level {
        var node = 0
        var feature = 0
        /// The child that the row goes to comes first, then the other.
        var isLeftFirst = true
        var done = 0
        /// What the feature stood for above this node: the share of rows and whether the row goes along.
        var zero = 1.0
        var one = 1.0
        /// The same for the child under work.
        var childZero = 1.0
        var childOne = 1.0

        /// Whether the feature was asked above already, with an effect.
        var isAgain: Bool { zero != 1 || one != 1 }
    }

    private let shap: TreeShap
    private let shares: [Double]
    /// Fours of points of the tree under work.
    private var size = 1
    private let levels: UnsafeMutablePointer<Level>
    /// By level, at each point: the product of all factors down to here.
    private let products: UnsafeMutablePointer<Vector>
    /// By level: the product without the feature of the node, and one over the factor that this takes out.
    private let others: UnsafeMutablePointer<Vector>
    private let inverses: UnsafeMutablePointer<Vector>
    /// By level and output: the sum over the leaves below of value and factors.
    private let sums: UnsafeMutablePointer<Vector>
    /// By feature.
    private let zeros: UnsafeMutablePointer<Double>
    private let ones: UnsafeMutablePointer<Double>

    init(_ shap: TreeShap, shares: [Double]) {
        self.shap = shap
        self.shares = shares
        let (rooms, size) = (shap.depth + 2, max(1, shap.fours.max() ?? 1))
        levels = .allocate(capacity: rooms)
        levels.initialize(repeating: Level(), count: rooms)
        func vectors(_ count: Int) -> UnsafeMutablePointer<Vector> {
            let memory = UnsafeMutablePointer<Vector>.allocate(capacity: count)
            memory.initialize(repeating: Vector(), count: count)
            return memory
        }
        products = vectors(rooms * size)
        others = vectors(rooms * size)
        inverses = vectors(rooms * size)
        sums = vectors(rooms * size * shap.width)
        zeros = .allocate(capacity: max(1, shap.featureCount))
        ones = .allocate(capacity: max(1, shap.featureCount))
        zeros.initialize(repeating: 1, count: max(1, shap.featureCount))
        ones.initialize(repeating: 1, count: max(1, shap.featureCount))
    }

    deinit {
        levels.deallocate()
        for memory in [products, others, inverses, sums] { memory.deallocate() }
        zeros.deallocate()
        ones.deallocate()
    }

    /// Adds the values of one row to `[output * featureCount + feature]`.
    ///
    /// - Parameter goesLeft: which way the row goes at an inner node.
    func add(to values: UnsafeMutablePointer<Double>, goesLeft: (Int) -> Bool) {
        shap.nodes.withUnsafeBufferPointer { nodes in
            guard let nodes = nodes.baseAddress else { return }
            for (tree, root) in shap.roots.enumerated() where nodes[root].left >= 0 {
                size = shap.fours[tree]
                products.update(repeating: Vector(repeating: 1), count: size)
                let output = shap.width > 1 ? 0 : (tree % shap.outputs) * shap.featureCount
                let rule = shap.rules[size]
                rule.points.withUnsafeBufferPointer { points in
                    rule.weights.withUnsafeBufferPointer { weights in
                        guard let points = points.baseAddress, let weights = weights.baseAddress else { return }
                        walk(root, nodes, points, weights, values + output, goesLeft)
                    }
                }
            }
        }
    }

    private func walk(
        _ root: Int, _ nodes: UnsafePointer<TreeShap.Node>, _ points: UnsafePointer<Vector>, _ weights: UnsafePointer<Vector>,
        _ values: UnsafeMutablePointer<Double>, _ goesLeft: (Int) -> Bool
    ) {
        var level = 0
        enter(root, level, nodes, points, goesLeft)
        while true {
            guard levels[level].done < 2 else {
                let feature = levels[level].feature
                (zeros[feature], ones[feature]) = (levels[level].zero, levels[level].one)
                guard level > 0 else { return }
                level -= 1
                let below = sums + (level + 1) * size * shap.width
                take(level, points, weights, values) { output, place in below[output &* self.size &+ place] }
                continue
            }
            let child = prepareChild(level, nodes)
            guard levels[level].childZero != 0 || levels[level].childOne != 0 else {
                levels[level].done += 1
                continue
            }
            guard nodes[child].left >= 0 else {
                let start = nodes[child].value
                take(level, points, weights, values) { output, _ in Vector(repeating: self.shap.leafValues[start + output]) }
                continue
            }
            let (zero, one, feature) = (levels[level].childZero, levels[level].childOne, levels[level].feature)
            (zeros[feature], ones[feature]) = (zero, one)
            let size = size
            let (own, below) = (others + level * size, products + (level + 1) * size)
            for place in 0..<size { below[place] = own[place] * (zero + (one - zero) * points[place]) }
            level += 1
            enter(child, level, nodes, points, goesLeft)
        }
    }

    private func enter(
        _ index: Int, _ level: Int, _ nodes: UnsafePointer<TreeShap.Node>, _ points: UnsafePointer<Vector>, _ goesLeft: (Int) -> Bool
    ) {
        let feature = nodes[index].feature
        let (zero, one) = (zeros[feature], ones[feature])
        levels[level] = Level(node: index, feature: feature, isLeftFirst: goesLeft(index), zero: zero, one: one)
        let size = size
        let (own, whole, inverse) = (others + level * size, products + level * size, inverses + level * size)
        if levels[level].isAgain {
            for place in 0..<size {
                inverse[place] = 1 / (zero + (one - zero) * points[place])
                own[place] = whole[place] * inverse[place]
            }
        } else {
            for place in 0..<size { own[place] = whole[place] }
        }
        (sums + level * size * shap.width).update(repeating: Vector(), count: size * shap.width)
    }

    /// Notes what the feature stands for on the way to the next child.
    private func prepareChild(_ level: Int, _ nodes: UnsafePointer<TreeShap.Node>) -> Int {
        let own = levels[level]
        let isLeft = (own.done == 0) == own.isLeftFirst
        let share = shares[own.node]
        levels[level].childZero = own.zero * (isLeft ? share : 1 - share)
        levels[level].childOne = own.done == 0 ? own.one : 0
        return nodes[own.node].left + (isLeft ? 0 : 1)
    }

    /// Takes in what the leaves below the child under work sum up to.
    @inline(__always)
    private func take(
        _ level: Int, _ points: UnsafePointer<Vector>, _ weights: UnsafePointer<Vector>, _ values: UnsafeMutablePointer<Double>,
        _ below: (_ output: Int, _ place: Int) -> Vector
    ) {
        let state = levels[level]
        let (zero, one) = (state.childZero, state.childOne)
        let size = size
        let (own, inverse) = (others + level * size, inverses + level * size)
        for output in 0..<shap.width {
            let sum = sums + (level * shap.width + output) * size
            var (fresh, earlier) = (Vector(), Vector())
            if state.isAgain {
                for place in 0..<size {
                    let ratio = (zero + (one - zero) * points[place]) * inverse[place]
                    let leaves = below(output, place)
                    let whole = weights[place] * own[place] * leaves
                    fresh += whole
                    earlier += whole * ratio
                    sum[place] += ratio * leaves
                }
            } else {
                for place in 0..<size {
                    let leaves = below(output, place)
                    fresh += weights[place] * own[place] * leaves
                    sum[place] += (zero + (one - zero) * points[place]) * leaves
                }
            }
            values[output &* shap.featureCount &+ state.feature] +=
                (one - zero) * Self.total(fresh) - (state.one - state.zero) * Self.total(earlier)
        }
        levels[level].done += 1
    }

    @inline(__always)
    private static func total(_ vector: Vector) -> Double { (vector[0] + vector[1]) + (vector[2] + vector[3]) }
}
