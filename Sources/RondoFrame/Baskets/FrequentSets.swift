public import RondoKernels

/// Sets of items that lie together in many baskets, found by growing frequent patterns (FP-growth: Han, Pei and Yin 2000): the baskets
/// are folded into a tree once, and no candidate is made that does not occur.
public struct FrequentSets: Sendable {
    /// Items of a set, ascending by code, and the number of baskets that hold all of them.
    public struct ItemSet: Sendable, Hashable {
        public let items: [Int32]
        public let count: Int
    }
    /// Single items included; by size, then in order of their codes.
    public let sets: [ItemSet]

    static let mostSets = 200_000

    /// - Parameter least: baskets that must hold a set, at least 1.
    /// - Throws: R0758 for more than 200,000 sets.
    public init(_ baskets: Baskets, least: Int, context: ComputeContext = .quiet) throws {
        let support = baskets.support
        let frequent = support.indices.filter { support[$0] >= max(least, 1) }.sorted {
            support[$0] != support[$1] ? support[$0] > support[$1] : $0 < $1
        }
        var rank = [Int32](repeating: -1, count: baskets.itemCount)
        for (place, item) in frequent.enumerated() { rank[item] = Int32(place) }
        var tree = PatternTree(rankCount: frequent.count)
        for basket in 0..<baskets.count {
            if basket & 4095 == 0 { try context.cancellation.check() }
            var path = baskets.items[baskets.starts[basket]..<baskets.starts[basket + 1]].map { rank[Int($0)] }.filter { $0 >= 0 }
            path.sort()
            tree.insert(path, count: 1)
        }
        var found: [ItemSet] = []
        try FrequentSets.grow(tree, suffix: [], names: frequent.map { Int32($0) }, least: max(least, 1), into: &found, context)
        found.sort { $0.items.count != $1.items.count ? $0.items.count < $1.items.count : $0.items.lexicographicallyPrecedes($1.items) }
        sets = found
    }

    private static func grow(
        _ tree: PatternTree, suffix: [Int32], names: [Int32], least: Int, into found: inout [ItemSet], _ context: ComputeContext
    ) throws {
        for rank in tree.heads.indices.reversed() where tree.counts[rank] >= least {
            try context.cancellation.check()
            let items = suffix + [names[rank]]
            found.append(ItemSet(items: items.sorted(), count: tree.counts[rank]))
            guard found.count <= mostSets else { throw Baskets.tooMany("sets") }
            if rank > 0 {
                try grow(tree.conditional(on: rank, least: least), suffix: items, names: names, least: least, into: &found, context)
            }
        }
    }
}

/// Baskets folded into a tree: items in order of their rank, common beginnings shared.
private struct PatternTree {
    private var rank: [Int32] = [-1]
    private var count: [Int] = [0]
    private var parent: [Int32] = [-1]
    private var firstChild: [Int32] = [-1]
    private var sibling: [Int32] = [-1]
    /// The next node of the same rank.
    private var next: [Int32] = [-1]
    /// The last node of each rank, and the baskets of each rank.
    private(set) var heads: [Int32]
    private(set) var counts: [Int]
    /// Nodes right below the root, by rank: the root has many children.
    private var roots: [Int32]

    init(rankCount: Int) {
        heads = Array(repeating: -1, count: rankCount)
        counts = Array(repeating: 0, count: rankCount)
        roots = Array(repeating: -1, count: rankCount)
    }

    /// Adds a path of ascending ranks.
    mutating func insert(_ path: [Int32], count added: Int) {
        var node: Int32 = 0
        for item in path {
            counts[Int(item)] += added
            var child = node == 0 ? roots[Int(item)] : firstChild[Int(node)]
            while child >= 0, rank[Int(child)] != item { child = sibling[Int(child)] }
            if child < 0 { child = append(item, under: node) }
            count[Int(child)] += added
            node = child
        }
    }

    private mutating func append(_ item: Int32, under node: Int32) -> Int32 {
        let child = Int32(rank.count)
        rank.append(item)
        count.append(0)
        parent.append(node)
        firstChild.append(-1)
        next.append(heads[Int(item)])
        heads[Int(item)] = child
        if node == 0 {
            sibling.append(-1)
            roots[Int(item)] = child
        } else {
            sibling.append(firstChild[Int(node)])
            firstChild[Int(node)] = child
        }
        return child
    }

    /// The tree of what lies before this item in its baskets, without what is rare there.
    func conditional(on item: Int, least: Int) -> PatternTree {
        var support = Array(repeating: 0, count: item)
        var node = heads[item]
        while node >= 0 {
            var above = parent[Int(node)]
            while above > 0 {
                support[Int(rank[Int(above)])] += count[Int(node)]
                above = parent[Int(above)]
            }
            node = next[Int(node)]
        }
        var result = PatternTree(rankCount: item)
        node = heads[item]
        var path: [Int32] = []
        while node >= 0 {
            path.removeAll(keepingCapacity: true)
            var above = parent[Int(node)]
            while above > 0 {
                if support[Int(rank[Int(above)])] >= least { path.append(rank[Int(above)]) }
                above = parent[Int(above)]
            }
            path.reverse()
            result.insert(path, count: count[Int(node)])
            node = next[Int(node)]
        }
        return result
    }
}
