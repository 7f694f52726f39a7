package import RondoKernels

/// A node of an isolation tree.
struct IsolationNode: Sendable, Hashable {
    /// -1 for a leaf.
    var feature: Int32
    /// The left child, the right one follows it.
    var left: Int32
    /// Values below it go left; of a leaf the length of the path to it.
    var value: Double

    static func leaf(_ path: Double) -> IsolationNode { IsolationNode(feature: -1, left: 0, value: path) }
}

/// A fitted isolation forest: a score a row, near 1 for rows that stand apart, below 0.5 for those in the crowd.
package struct IsolationForestModel: Sendable {
    /// Columns.
    package let width: Int
    /// Rows that each tree was grown on.
    package let drawn: Int
    let nodes: [IsolationNode]
    let roots: [Int]

    package var trees: Int { roots.count }

    init(width: Int, drawn: Int, trees: [[IsolationNode]]) {
        self.width = width
        self.drawn = drawn
        var nodes: [IsolationNode] = []
        var roots: [Int] = []
        for tree in trees {
            let first = Int32(truncatingIfNeeded: nodes.count)
            roots.append(nodes.count)
            for var node in tree {
                if node.feature >= 0 { node.left += first }
                nodes.append(node)
            }
        }
        self.nodes = nodes
        self.roots = roots
    }

    /// The mean length of the path to a row among `count`: that of an unsuccessful search in a binary search tree.
    static func expectedPath(_ count: Int) -> Double {
        guard count > 1 else { return 0 }
        guard count > 2 else { return 1 }
        let below = Double(count - 1)
        return 2 * (Elementary.log(below) + 0.577_215_664_901_532_9) - 2 * below / Double(count)
    }

    /// Scores in (0, 1): 2 to the power of minus the mean path, in units of the expected one; 0.5 without trees.
    /// - Parameter columns: `[column][row]`, as many columns as learned, all finite.
    package func scores(_ columns: [[Double]], context: ComputeContext) throws -> [Double] {
        let count = columns.first?.count ?? 0
        let unit = Self.expectedPath(drawn)
        guard !roots.isEmpty, unit > 0, columns.count == width else { return Array(repeating: 0.5, count: count) }
        let blocks = try Parallel.mapChunks(count: count, chunkSize: 2048, context: context) { _, rows in
            nodes.withUnsafeBufferPointer { nodes in
                rows.map { row in
                    var sum = 0.0
                    for root in roots {
                        var node = nodes[root]
                        while node.feature >= 0 {
                            node = nodes[Int(node.left) + (columns[Int(node.feature)][row] < node.value ? 0 : 1)]
                        }
                        sum += node.value
                    }
                    return Elementary.exp(-0.693_147_180_559_945_3 * sum / Double(roots.count) / unit)
                }
            }
        }
        return Array(blocks.joined())
    }

    package func archive() -> Archive {
        var archive = Archive([
            "features": .codes(nodes.map(\.feature)), "lefts": .codes(nodes.map(\.left)), "values": .numbers(nodes.map(\.value)),
            "roots": .integers(roots.map { Int64($0) }),
        ])
        archive.set("width", width)
        archive.set("drawn", drawn)
        return archive
    }

    /// - Throws: R0590 for damaged data: children come after their parents, so that every walk ends.
    package init(from archive: Archive) throws {
        width = try archive.integer("width")
        drawn = try archive.integer("drawn")
        let (features, lefts, values) = (try archive.codes("features"), try archive.codes("lefts"), try archive.numbers("values"))
        try archive.require(features.count == lefts.count && features.count == values.count, "features")
        nodes = features.indices.map { IsolationNode(feature: features[$0], left: lefts[$0], value: values[$0]) }
        roots = try archive.integers("roots").map { Int(clamping: $0) }
        try archive.require(roots.allSatisfy { $0 >= 0 && $0 < nodes.count }, "roots")
        for (index, node) in nodes.enumerated() where node.feature >= 0 {
            try archive.require(Int(node.feature) < width && Int(node.left) > index && Int(node.left) + 1 < nodes.count, "lefts")
        }
    }
}
