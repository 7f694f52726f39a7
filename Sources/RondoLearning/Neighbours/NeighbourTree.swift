package import RondoKernels

/// A k-d tree over rows of mixed coordinates that finds the nearest of them exactly.
///
/// Rows are points of `width` coordinates, one after the other; NaN is missing. The distance of two points is the root of the sum
/// over the coordinates of min(1, |difference|)², and a coordinate that is missing on either side counts 1: numbers divided by
/// their width and levels coded by whole numbers meet on one scale.
///
/// Source: Friedman, Bentley and Finkel 1977, An algorithm for finding best matches in logarithmic expected time, ACM TOMS 3; Wilson
/// and Martinez 1997, Improved heterogeneous distance functions, JAIR 6.
package struct NeighbourTree: Sendable {
    /// The most points of a leaf, unless they are all alike.
    static let leafPoints = 16
    /// The most points that are looked at to choose where to cut.
    static let samplePoints = 128

    package let width: Int
    /// How many neighbours are asked for.
    package let neighbours: Int
    /// Coordinates in the order of the leaves.
    let points: [Double]
    /// The caller's number of each point, in the order of the leaves.
    let rows: [Int32]
    let nodes: [Node]
    /// Least and greatest known value of each coordinate of each node; plus and minus infinity without any.
    let boxes: [Double]

    struct Node: Sendable {
        /// Places of its points.
        var start: Int32
        var end: Int32
        /// The left child, the right one follows it; 0 for a leaf.
        var child: Int32
        /// Least caller's number among its points: equal distances are told apart by it.
        var firstRow: Int32
    }

    /// - Parameters:
    ///   - coordinates: `width` values a point.
    ///   - rows: a number for each point, in increasing order; of equally near points the lower number is nearer.
    ///   - neighbours: at least 1.
    package init(coordinates: [Double], width: Int, rows: [Int32], neighbours: Int, context: ComputeContext) throws {
        self.width = max(width, 1)
        self.neighbours = max(neighbours, 1)
        var builder = NeighbourTreeBuilder(coordinates: coordinates, width: self.width, rows: rows, neighbours: self.neighbours)
        try builder.build(context: context)
        nodes = builder.nodes
        boxes = builder.boxes
        self.rows = builder.order.map { rows[Int($0)] }
        var points: [Double] = []
        points.reserveCapacity(builder.order.count * self.width)
        for place in builder.order {
            for axis in 0..<self.width { points.append(coordinates[Int(place) * self.width + axis]) }
        }
        self.points = points
    }

    /// The numbers of the nearest points of each query, nearest first; fewer when there are fewer points.
    /// - Parameter queries: `width` values a query.
    package func nearest(to queries: [Double], context: ComputeContext) throws -> [[Int32]] {
        let count = queries.count / width
        guard !rows.isEmpty else { return Array(repeating: [], count: count) }
        let blocks = try Parallel.mapChunks(count: count, chunkSize: 256, context: context) { _, chunk in
            var search = NeighbourSearch<CappedSquare>(NearestList(reach: Double(neighbours)))
            return queries.withUnsafeBufferPointer { all in
                chunk.map { query in
                    search.run(UnsafeBufferPointer(rebasing: all[(query * width)..<((query + 1) * width)]), in: self)
                    return search.list.rows
                }
            }
        }
        return Array(blocks.joined())
    }
}

/// One search after the other in a tree, with the room that it needs.
struct NeighbourSearch<Distance: CoordinateDistance> {
    private(set) var list: NearestList
    private var stack: [(node: Int32, bound: Double)] = []

    init(_ list: NearestList) { self.list = list }

    /// Fills the list with the nearest points of one query.
    mutating func run(_ query: UnsafeBufferPointer<Double>, in tree: NeighbourTree) {
        list.removeAll()
        stack.removeAll(keepingCapacity: true)
        guard !tree.nodes.isEmpty else { return }
        let width = tree.width
        tree.nodes.withUnsafeBufferPointer { nodes in
            tree.boxes.withUnsafeBufferPointer { boxes in
                tree.points.withUnsafeBufferPointer { points in
                    stack.append((0, 0))
                    while let (index, bound) = stack.popLast() {
                        let node = nodes[Int(index)]
                        guard !list.isHopeless(bound, node.firstRow) else { continue }
                        if node.child == 0 {
                            for place in Int(node.start)..<Int(node.end) {
                                list.offer(Distance.between(query, points, place * width), tree.rows[place])
                            }
                            continue
                        }
                        let left = Distance.bound(query, boxes, Int(node.child) * 2 * width)
                        let right = Distance.bound(query, boxes, (Int(node.child) + 1) * 2 * width)
                        // The nearer child is looked at first: it lies on top.
                        if left <= right {
                            stack.append((node.child + 1, right))
                            stack.append((node.child, left))
                        } else {
                            stack.append((node.child, left))
                            stack.append((node.child + 1, right))
                        }
                    }
                }
            }
        }
    }
}
