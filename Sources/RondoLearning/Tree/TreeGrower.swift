import RondoKernels

/// Grows a tree by exact splits: every numeric feature is sorted once, and its order is kept in every node by stable partition.
final class TreeGrower {
    private struct Work {
        var start: Int
        var end: Int
        var depth: Int
        var node: Int
    }

    struct Split {
        var score: Double
        var threshold = 0.0
        var isMissingLeft: Bool
        /// For categories: the levels that go left and those that go right.
        var leftLevels: [Int32] = []
        var rightLevels: [Int32] = []
    }

    /// Nodes above this size search their features on several threads.
    private static let parallelRows = 8192
    /// Scores that differ by less than this share are equal but for rounding.
    static let tieShare = 1e-10

    private let features: [Features.Feature]
    private let target: TreeTarget
    private let depth: Int
    private let leaf: Int
    private let context: ComputeContext
    private let totalRows: Int
    /// For each numeric feature its rows, node after node, in order of value with missing ones last; empty for categories.
    private var orders: [[Int32]]
    /// Rows node after node, in the order of the table.
    private var rows: [Int32]
    private var scratch: [Int32]
    private var isLeft: [Bool]
    private var nodes: [TreeNode] = []
    private(set) var leafValues: [Double] = []
    /// Levels listed by category splits.
    private(set) var levelLists: [Int32] = []
    private var importances: [Double]

    init(_ features: Features, target: TreeTarget, depth: Int, leaf: Int, context: ComputeContext) throws {
        self.features = features.features.map { $0.dense.clamped }
        self.target = target
        self.depth = depth
        self.leaf = leaf
        self.context = context
        let rows = (0..<features.rowCount).filter { target.weights[$0] > 0 }.map { Int32(truncatingIfNeeded: $0) }
        totalRows = rows.count
        let list = self.features
        orders = try Parallel.map(list.count, context: context) { index in
            guard case .numbers(let values) = list[index].values else { return [] }
            let keys = rows.map { Sorting.sortableBits(values[Int($0)]) }
            return Sorting.order(keys: keys).map { rows[$0] }
        }
        self.rows = rows
        scratch = rows
        isLeft = [Bool](repeating: false, count: features.rowCount)
        importances = [Double](repeating: 0, count: list.count)
    }

    /// Share of each feature in the decrease of impurity.
    var shares: [Double] {
        let total = importances.reduce(0, +)
        return total > 0 ? importances.map { $0 / total } : importances
    }

    func grow() throws -> [TreeNode] {
        nodes = [TreeNode()]
        var waiting = [Work(start: 0, end: totalRows, depth: 0, node: 0)]
        var unchecked = 0
        var settled = 0
        while let work = waiting.popLast() {
            unchecked += (work.end - work.start) * max(1, features.count) + 1000
            if unchecked > 1_000_000 {
                try context.cancellation.check()
                context.progress(Progress(done: settled, total: totalRows, label: "rows in leaves"))
                unchecked = 0
            }
            nodes[work.node].rows = Int32(truncatingIfNeeded: work.end - work.start)
            guard work.depth < depth, work.end - work.start >= 2, (work.end - work.start) / 2 >= leaf, !isPure(work),
                let (feature, split) = try bestSplit(work)
            else {
                settled += work.end - work.start
                addLeaf(work)
                continue
            }
            divide(work, feature, split, &waiting)
        }
        return nodes
    }

    private func isPure(_ work: Work) -> Bool {
        let first = Int(rows[work.start])
        if target.classCount > 0 {
            return rows[work.start..<work.end].allSatisfy { target.classes[Int($0)] == target.classes[first] }
        }
        return rows[work.start..<work.end].allSatisfy { target.values[Int($0)] == target.values[first] }
    }

    /// The weighted mean of the target in a node, as the distance from the first value.
    private func mean(_ work: Work) -> Double {
        let base = target.values[Int(rows[work.start])]
        var (sum, weight) = (0.0, 0.0)
        for row in rows[work.start..<work.end] {
            let own = target.weights[Int(row)]
            sum += own * (target.values[Int(row)] - base)
            weight += own
        }
        return base + sum / weight
    }

    private func sums(_ work: Work, center: Double) -> ExactSearch.NodeSums {
        var sums = ExactSearch.NodeSums()
        guard target.classCount == 0 else { return sums }
        for row in rows[work.start..<work.end] {
            let own = target.weights[Int(row)]
            sums.weight += own
            sums.sum += own * (target.values[Int(row)] - center)
        }
        return sums
    }

    private func addLeaf(_ work: Work) {
        nodes[work.node].link = Int32(truncatingIfNeeded: leafValues.count / target.width)
        guard target.classCount > 0 else {
            leafValues.append(mean(work) * target.unit)
            return
        }
        var shares = [Double](repeating: 0, count: target.classCount)
        for row in rows[work.start..<work.end] { shares[Int(target.classes[Int(row)])] += target.weights[Int(row)] }
        let total = shares.reduce(0, +)
        leafValues.append(contentsOf: shares.map { $0 / total })
    }

    // MARK: Splits

    private func bestSplit(_ work: Work) throws -> (Int, Split)? {
        // Distances from the node's mean keep their digits where the target is far from 0.
        let center = target.classCount == 0 ? mean(work) : 0
        let search = ExactSearch(target: target, center: center, node: sums(work, center: center), leaf: leaf)
        let range = work.start..<work.end
        var found: [Split?]
        if range.count >= Self.parallelRows && context.threads.value > 1 {
            let (features, orders, rows) = (features, orders, rows)
            found = try Parallel.map(features.count, context: context) { index in
                search.split(features[index], order: orders[index], rows: rows, range: range)
            }
        } else {
            found = features.indices.map { search.split(features[$0], order: orders[$0], rows: rows, range: range) }
        }
        guard let best = winner(found), let split = found[best] else { return nil }
        importances[best] += target.classCount == 0 ? split.score : max(0, split.score - ownScore(work))
        return (best, split)
    }

    /// The feature with the best split; of equally good ones, that which has helped most so far.
    ///
    /// Small nodes have many equally good splits, and always taking the first column would let a column of noise win them.
    private func winner(_ found: [Split?]) -> Int? {
        let highest = found.reduce(-1) { max($0, $1?.score ?? -1) }
        let enough = highest - Self.tieShare * highest.magnitude
        return found.indices.filter { found[$0].map { $0.score >= enough } ?? false }.max { first, second in
            (importances[first], second) < (importances[second], first)
        }
    }

    /// Sum of squared class weights over the weight of a node.
    private func ownScore(_ work: Work) -> Double {
        var shares = [Double](repeating: 0, count: target.classCount)
        for row in rows[work.start..<work.end] { shares[Int(target.classes[Int(row)])] += target.weights[Int(row)] }
        return shares.reduce(0) { $0 + $1 * $1 } / shares.reduce(0, +)
    }

    private func divide(_ work: Work, _ feature: Int, _ split: Split, _ waiting: inout [Work]) {
        let range = work.start..<work.end
        mark(range, feature, split)
        let leftRows = partition(&rows, range)
        for index in orders.indices where !orders[index].isEmpty { _ = partition(&orders[index], range) }
        let middle = work.start + leftRows
        let left = nodes.count
        nodes[work.node].feature = Int32(truncatingIfNeeded: feature)
        nodes[work.node].threshold = split.threshold
        nodes[work.node].link = Int32(truncatingIfNeeded: left)
        nodes[work.node].isMissingLeft = split.isMissingLeft
        if case .categories = features[feature].values {
            let isOtherLeft = weight(range.lowerBound..<middle) >= weight(middle..<range.upperBound)
            let listed = (isOtherLeft ? split.rightLevels : split.leftLevels).sorted()
            nodes[work.node].isOtherLeft = isOtherLeft
            nodes[work.node].firstLevel = Int32(truncatingIfNeeded: levelLists.count)
            nodes[work.node].levelCount = Int32(truncatingIfNeeded: listed.count)
            levelLists.append(contentsOf: listed)
        }
        nodes.append(TreeNode())
        nodes.append(TreeNode())
        waiting.append(Work(start: middle, end: work.end, depth: work.depth + 1, node: left + 1))
        waiting.append(Work(start: work.start, end: middle, depth: work.depth + 1, node: left))
    }

    private func weight(_ range: Range<Int>) -> Double { rows[range].reduce(0) { $0 + target.weights[Int($1)] } }

    /// Notes for every row of a node whether it goes left.
    private func mark(_ range: Range<Int>, _ feature: Int, _ split: Split) {
        switch features[feature].values {
        case .numbers(let values):
            for row in rows[range] {
                let value = values[Int(row)]
                isLeft[Int(row)] = value.isNaN ? split.isMissingLeft : value <= split.threshold
            }
        case .categories(let codes, _):
            let left = Set(split.leftLevels)
            for row in rows[range] {
                let code = codes[Int(row)]
                isLeft[Int(row)] = code < 0 ? split.isMissingLeft : left.contains(code)
            }
        case .sparse: break
        }
    }

    /// Puts the rows that go left first, order kept; returns their number.
    private func partition(_ order: inout [Int32], _ range: Range<Int>) -> Int {
        order.withUnsafeMutableBufferPointer { order in
            scratch.withUnsafeMutableBufferPointer { scratch in
                isLeft.withUnsafeBufferPointer { isLeft in
                    var left = range.lowerBound
                    var right = 0
                    for place in range {
                        let row = order[place]
                        let goesLeft = isLeft[Int(row)]
                        order[left] = row
                        scratch[right] = row
                        left += goesLeft ? 1 : 0
                        right += goesLeft ? 0 : 1
                    }
                    for place in 0..<right { order[left + place] = scratch[place] }
                    return left - range.lowerBound
                }
            }
        }
    }
}

extension Features.Feature {
    /// The same with the largest finite numbers in place of infinities.
    fileprivate var clamped: Features.Feature {
        guard case .numbers(let values) = values, values.contains(where: \.isInfinite) else { return self }
        return Features.Feature(name, .numbers(values.map { $0.isNaN ? $0 : FeatureBins.clamped($0) }))
    }
}
