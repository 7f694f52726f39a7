import RondoKernels

/// The walk of some rows at once through all trees that gathers their Shapley values.
///
/// All rows meet all nodes, with the same shares of training rows; only whether a row goes along differs: 1 if it does, else 0.
final class TreeShapWalk {
    /// A number for each of the rows.
    typealias Rows = SIMD8<Double>
    static let rowCount = Rows.scalarCount

    /// A node on the way.
    private struct Level {
        var left = 0
        var feature = 0
        /// How many children are done.
        var done = 0
        /// Whether the feature was asked above too, and what it stood for there: the share of training rows and who goes along.
        var isAgain = false
        var zero = 1.0
        var one = Rows(repeating: 1)
        /// The share of the training rows here that go left, and who does.
        var share = 1.0
        var goesLeft = Rows()
    }

    /// What a walk through one tree needs.
    private struct Tree {
        let nodes: UnsafePointer<TreeShap.Node>
        /// Where the output begins that the tree adds to.
        let values: UnsafeMutablePointer<Rows>
        let size: Int
        let points: UnsafePointer<Double>
        let weights: UnsafePointer<Double>
    }

    private let shap: TreeShap
    private let shares: [Double]
    private let memory = WorkingMemory()
    private let levels: UnsafeMutablePointer<Level>
    /// By level, at each point: the product of all factors down to here; the same without the feature of the node; that times the weight of
    /// the point; one over the factor that the feature had above.
    private let products: UnsafeMutablePointer<Rows>
    private let others: UnsafeMutablePointer<Rows>
    private let weighted: UnsafeMutablePointer<Rows>
    private let inverses: UnsafeMutablePointer<Rows>
    /// By level and output, at each point: the sum over the leaves below of value and factors.
    private let sums: UnsafeMutablePointer<Rows>
    /// By feature: whether it was asked on the way, and what it stands for.
    private let isAsked: UnsafeMutablePointer<Bool>
    private let zeros: UnsafeMutablePointer<Double>
    private let ones: UnsafeMutablePointer<Rows>
    /// Points and weights by their number.
    private let rules: [(points: UnsafePointer<Double>, weights: UnsafePointer<Double>)]

    init(_ shap: TreeShap, shares: [Double]) {
        self.shap = shap
        self.shares = shares
        let room = (shap.depth + 2) * max(1, shap.sizes.max() ?? 1)
        levels = memory.filled(Level(), shap.depth + 2)
        products = memory.filled(Rows(), room)
        others = memory.filled(Rows(), room)
        weighted = memory.filled(Rows(), room)
        inverses = memory.filled(Rows(), room)
        sums = memory.filled(Rows(), room * shap.width)
        isAsked = memory.filled(false, shap.featureCount)
        zeros = memory.filled(1, shap.featureCount)
        ones = memory.filled(Rows(repeating: 1), shap.featureCount)
        let memory = memory
        rules = shap.rules.map { (memory.copied($0.points), memory.copied($0.weights)) }
    }

    /// A number for each row, written by `body`.
    @inline(__always)
    static func rows(_ body: (UnsafeMutablePointer<Double>) -> Void) -> Rows {
        var rows = Rows()
        withUnsafeMutableBytes(of: &rows) { bytes in
            if let first = bytes.baseAddress { body(first.assumingMemoryBound(to: Double.self)) }
        }
        return rows
    }

    /// Adds the values of the rows to `[output * featureCount + feature]`.
    ///
    /// - Parameter goesLeft: 1 for the rows that go left at an inner node.
    /// - Throws: `Interrupted` when cancelled.
    func add(to values: UnsafeMutablePointer<Rows>, cancellation: CancellationToken, goesLeft: (Int) -> Rows) throws {
        try shap.nodes.withUnsafeBufferPointer { nodes in
            guard let nodes = nodes.baseAddress else { return }
            for (number, root) in shap.roots.enumerated() where nodes[root].left >= 0 {
                try cancellation.check()
                let size = shap.sizes[number]
                products.update(repeating: Rows(repeating: 1), count: size)
                let output = shap.width > 1 ? 0 : (number % shap.outputs) * shap.featureCount
                let tree = Tree(
                    nodes: nodes, values: values + output, size: size, points: rules[size].points, weights: rules[size].weights)
                walk(tree, root, goesLeft)
            }
        }
    }

    private func walk(_ tree: Tree, _ root: Int, _ goesLeft: (Int) -> Rows) {
        var level = 0
        enter(tree, root, 0, goesLeft(root))
        while true {
            guard levels[level].done < 2 else {
                leave(tree, level)
                guard level > 0 else { return }
                level -= 1
                take(tree, level)
                continue
            }
            let child = levels[level].left + levels[level].done
            if tree.nodes[child].left < 0 {
                takeLeaf(tree, level, tree.nodes[child].value)
            } else {
                descend(tree, level)
                level += 1
                enter(tree, child, level, goesLeft(child))
            }
        }
    }

    /// What the feature of a node stands for on the way to the child under work.
    @inline(__always)
    private func childFactor(_ level: Int) -> (zero: Double, one: Rows) {
        let own = levels + level
        let (share, goesLeft) = (own.pointee.share, own.pointee.goesLeft)
        return own.pointee.done == 0
            ? (own.pointee.zero * share, own.pointee.one * goesLeft)
            : (own.pointee.zero * (1 - share), own.pointee.one * (1 - goesLeft))
    }

    @inline(__always)
    private func enter(_ tree: Tree, _ index: Int, _ level: Int, _ goesLeft: Rows) {
        let node = tree.nodes[index]
        let (zero, one, isAgain) = (zeros[node.feature], ones[node.feature], isAsked[node.feature])
        levels[level] = Level(
            left: node.left, feature: node.feature, isAgain: isAgain, zero: zero, one: one, share: shares[index], goesLeft: goesLeft)
        let (first, points, weights) = (level &* tree.size, tree.points, tree.weights)
        let (whole, own, heavy, inverse) = (products + first, others + first, weighted + first, inverses + first)
        for place in 0..<tree.size {
            if isAgain {
                let point = points[place]
                // Where no training row goes, rows that do not either count nothing from there on.
                inverse[place] = zero > 0 ? 1 / (zero * (1 - point) + one * point) : one / point
                own[place] = whole[place] * inverse[place]
            } else {
                own[place] = whole[place]
            }
            heavy[place] = weights[place] * own[place]
        }
        (sums + first &* shap.width).update(repeating: Rows(), count: tree.size &* shap.width)
    }

    @inline(__always)
    private func descend(_ tree: Tree, _ level: Int) {
        let (zero, one) = childFactor(level)
        let feature = levels[level].feature
        (zeros[feature], ones[feature], isAsked[feature]) = (zero, one, true)
        let (own, below) = (others + level &* tree.size, products + (level + 1) &* tree.size)
        for place in 0..<tree.size {
            let point = tree.points[place]
            below[place] = own[place] * (zero * (1 - point) + one * point)
        }
    }

    /// Takes in what the leaves below the child under work sum up to.
    @inline(__always)
    private func take(_ tree: Tree, _ level: Int) {
        let (zero, one) = childFactor(level)
        let heavy = weighted + level &* tree.size
        for output in 0..<shap.width {
            let sum = sums + (level &* shap.width + output) &* tree.size
            let below = sums + ((level + 1) &* shap.width + output) &* tree.size
            var fresh = Rows()
            for place in 0..<tree.size {
                let (point, leaves) = (tree.points[place], below[place])
                fresh += heavy[place] * leaves
                sum[place] += (zero * (1 - point) + one * point) * leaves
            }
            tree.values[output &* shap.featureCount &+ levels[level].feature] += (one - zero) * fresh
        }
        levels[level].done += 1
    }

    @inline(__always)
    private func takeLeaf(_ tree: Tree, _ level: Int, _ leaf: Int) {
        let (zero, one) = childFactor(level)
        let heavy = weighted + level &* tree.size
        var fresh = Rows()
        for place in 0..<tree.size { fresh += heavy[place] }
        for output in 0..<shap.width {
            let value = shap.leafValues[leaf + output]
            let sum = sums + (level &* shap.width + output) &* tree.size
            for place in 0..<tree.size {
                let point = tree.points[place]
                sum[place] += (zero * value) * (1 - point) + one * (value * point)
            }
            tree.values[output &* shap.featureCount &+ levels[level].feature] += (one - zero) * (fresh * value)
        }
        levels[level].done += 1
    }

    /// Puts back what the feature stood for above, where its value loses what it was given for the leaves below.
    @inline(__always)
    private func leave(_ tree: Tree, _ level: Int) {
        let (feature, zero, one, isAgain) = (levels[level].feature, levels[level].zero, levels[level].one, levels[level].isAgain)
        (zeros[feature], ones[feature], isAsked[feature]) = (zero, one, isAgain)
        guard isAgain else { return }
        let (heavy, inverse) = (weighted + level &* tree.size, inverses + level &* tree.size)
        for output in 0..<shap.width {
            let sum = sums + (level &* shap.width + output) &* tree.size
            var earlier = Rows()
            for place in 0..<tree.size {
                sum[place] *= inverse[place]
                earlier += heavy[place] * sum[place]
            }
            tree.values[output &* shap.featureCount &+ feature] -= (one - zero) * earlier
        }
    }
}
