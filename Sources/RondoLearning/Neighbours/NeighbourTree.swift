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
            var search = NeighbourSearch(neighbours: neighbours)
            return queries.withUnsafeBufferPointer { all in
                chunk.map { query in
                    let coordinates = UnsafeBufferPointer(rebasing: all[(query * width)..<((query + 1) * width)])
                    return search.run(coordinates, in: self)
                }
            }
        }
        return Array(blocks.joined())
    }
}

/// One search after the other in a tree, with the room that it needs.
struct NeighbourSearch {
    private var distances: [Double]
    private var found: [Int32]
    private var stack: [(node: Int32, bound: Double)] = []
    private let neighbours: Int

    init(neighbours: Int) {
        self.neighbours = neighbours
        distances = []
        found = []
        distances.reserveCapacity(neighbours + 1)
        found.reserveCapacity(neighbours + 1)
    }

    mutating func run(_ query: UnsafeBufferPointer<Double>, in tree: NeighbourTree) -> [Int32] {
        distances.removeAll(keepingCapacity: true)
        found.removeAll(keepingCapacity: true)
        stack.removeAll(keepingCapacity: true)
        let width = tree.width
        tree.nodes.withUnsafeBufferPointer { nodes in
            tree.boxes.withUnsafeBufferPointer { boxes in
                tree.points.withUnsafeBufferPointer { points in
                    stack.append((0, 0))
                    while let (index, bound) = stack.popLast() {
                        let node = nodes[Int(index)]
                        guard !isHopeless(bound, node.firstRow) else { continue }
                        if node.child == 0 {
                            for place in Int(node.start)..<Int(node.end) {
                                offer(Self.distance(query, points, place * width), tree.rows[place])
                            }
                            continue
                        }
                        let left = Self.bound(query, boxes, Int(node.child) * 2 * width)
                        let right = Self.bound(query, boxes, (Int(node.child) + 1) * 2 * width)
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
        return found
    }

    /// Whether nothing at this distance or beyond, with this number or a higher one, can be among the nearest.
    private func isHopeless(_ bound: Double, _ firstRow: Int32) -> Bool {
        guard found.count == neighbours, let worst = distances.last, let row = found.last else { return false }
        return bound > worst || (bound == worst && firstRow > row)
    }

    private mutating func offer(_ distance: Double, _ row: Int32) {
        guard !isHopeless(distance, row) else { return }
        var place = distances.count
        while place > 0, distance < distances[place - 1] || (distance == distances[place - 1] && row < found[place - 1]) { place -= 1 }
        distances.insert(distance, at: place)
        found.insert(row, at: place)
        if found.count > neighbours {
            distances.removeLast()
            found.removeLast()
        }
    }

    @inline(__always)
    private static func distance(_ query: UnsafeBufferPointer<Double>, _ points: UnsafeBufferPointer<Double>, _ start: Int) -> Double {
        var sum = 0.0
        for axis in 0..<query.count {
            let difference = (query[axis] - points[start + axis]).magnitude
            // NaN is not below 1 either.
            let part = difference < 1 ? difference : 1
            sum += part * part
        }
        return sum
    }

    /// The distance of the nearest place of a box: never more than that of a point in it, in the same order of sums.
    @inline(__always)
    private static func bound(_ query: UnsafeBufferPointer<Double>, _ boxes: UnsafeBufferPointer<Double>, _ start: Int) -> Double {
        var sum = 0.0
        for axis in 0..<query.count {
            let value = query[axis]
            let below = boxes[start + 2 * axis] - value
            let above = value - boxes[start + 2 * axis + 1]
            var part = below > above ? below : above
            part = part < 0 ? 0 : part < 1 ? part : 1
            sum += part * part
        }
        return sum
    }
}
