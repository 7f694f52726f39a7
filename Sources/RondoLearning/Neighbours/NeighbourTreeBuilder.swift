import RondoKernels

/// Cuts points into halves along the coordinate in which they differ most, until few are left.
struct NeighbourTreeBuilder {
    private let coordinates: [Double]
    private let width: Int
    private let rows: [Int32]
    private let neighbours: Int
    /// Places of the points in the order of the leaves; points that can never be among the nearest are left out.
    private(set) var order: [Int32]
    private(set) var nodes: [NeighbourTree.Node] = []
    private(set) var boxes: [Double] = []

    init(coordinates: [Double], width: Int, rows: [Int32], neighbours: Int) {
        self.coordinates = coordinates
        self.width = width
        self.rows = rows
        self.neighbours = neighbours
        order = (0..<rows.count).map { Int32(truncatingIfNeeded: $0) }
    }

    mutating func build(context: ComputeContext) throws {
        guard !order.isEmpty else { return }
        appendNode(0..<order.count)
        var open = [0]
        while let index = open.popLast() {
            if index % 256 == 0 { try context.cancellation.check() }
            let range = Int(nodes[index].start)..<Int(nodes[index].end)
            guard range.count > NeighbourTree.leafPoints, let middle = cut(range) else { continue }
            let child = nodes.count
            nodes[index].child = Int32(truncatingIfNeeded: child)
            appendNode(range.lowerBound..<middle)
            appendNode(middle..<range.upperBound)
            open.append(child + 1)
            open.append(child)
        }
        shortenCrowds()
    }

    private mutating func appendNode(_ range: Range<Int>) {
        var first = Int32.max
        var box = [Double](repeating: 0, count: 2 * width)
        for axis in 0..<width { (box[2 * axis], box[2 * axis + 1]) = (.infinity, -.infinity) }
        for place in range {
            let point = Int(order[place])
            first = min(first, rows[point])
            for axis in 0..<width {
                let value = coordinates[point * width + axis]
                if value < box[2 * axis] { box[2 * axis] = value }
                if value > box[2 * axis + 1] { box[2 * axis + 1] = value }
            }
        }
        nodes.append(
            NeighbourTree.Node(
                start: Int32(truncatingIfNeeded: range.lowerBound), end: Int32(truncatingIfNeeded: range.upperBound), child: 0,
                firstRow: first))
        boxes.append(contentsOf: box)
    }

    /// Orders the points of a range so that those below a cut come first; nil when they are all alike.
    private mutating func cut(_ range: Range<Int>) -> Int? {
        let step = max(1, range.count / NeighbourTree.samplePoints)
        let sample = Array(stride(from: range.lowerBound, to: range.upperBound, by: step))
        let half = sample.count / 2
        let spreads = (0..<width).map { axis -> Double in
            var sum = 0.0
            for pair in 0..<half {
                let difference = (value(sample[pair], axis) - value(sample[pair + half], axis)).magnitude
                let part = difference < 1 ? difference : 1
                sum += part * part
            }
            return sum
        }
        for axis in (0..<width).sorted(by: { (-spreads[$0], $0) < (-spreads[$1], $1) }) {
            let sorted = sample.map { key($0, axis) }.sorted()
            let pivot = sorted[half]
            let middle = partition(range, axis) { $0 < pivot }
            if middle > range.lowerBound, middle < range.upperBound { return middle }
            // The cut is the least value, or rare values escaped the sample.
            let least = range.reduce(Double.infinity) { min($0, key($1, axis)) }
            let upper = partition(range, axis) { $0 <= least }
            if upper < range.upperBound { return upper }
        }
        return nil
    }

    private func value(_ place: Int, _ axis: Int) -> Double { coordinates[Int(order[place]) * width + axis] }

    /// Missing values lie beyond all others.
    private func key(_ place: Int, _ axis: Int) -> Double {
        let value = value(place, axis)
        return value.isNaN ? .infinity : value
    }

    private mutating func partition(_ range: Range<Int>, _ axis: Int, _ isFront: (Double) -> Bool) -> Int {
        var end = range.lowerBound
        for place in range where isFront(key(place, axis)) {
            order.swapAt(place, end)
            end += 1
        }
        return end
    }

    /// Of many points all alike only the first few can be among the nearest: the others are left out.
    private mutating func shortenCrowds() {
        var kept: [Int32] = []
        kept.reserveCapacity(order.count)
        for index in nodes.indices where nodes[index].child == 0 {
            let range = Int(nodes[index].start)..<Int(nodes[index].end)
            let start = kept.count
            if range.count > max(NeighbourTree.leafPoints, neighbours) {
                kept.append(contentsOf: order[range].sorted { rows[Int($0)] < rows[Int($1)] }.prefix(neighbours))
            } else {
                kept.append(contentsOf: order[range])
            }
            (nodes[index].start, nodes[index].end) = (Int32(truncatingIfNeeded: start), Int32(truncatingIfNeeded: kept.count))
        }
        order = kept
    }
}
