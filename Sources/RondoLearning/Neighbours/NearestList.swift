/// The nearest rows so far, nearest first; of equally near ones the lower row is nearer.
struct NearestList: Sendable {
    private(set) var distances: [Double] = []
    private(set) var rows: [Int32] = []
    /// Weight that the rows must have together; a row without a weight of its own weighs 1.
    private let reach: Double
    /// Weight of each row; nil: 1 each.
    private let weights: [Double]?
    private(set) var isFull = false

    init(reach: Double, weights: [Double]? = nil) {
        self.reach = reach
        self.weights = weights
    }

    mutating func removeAll() {
        distances.removeAll(keepingCapacity: true)
        rows.removeAll(keepingCapacity: true)
        isFull = false
    }

    /// Rows farther than this cannot be among the nearest.
    var limit: Double { isFull ? distances.last ?? .infinity : .infinity }

    /// Whether nothing at this distance or beyond, with this row or a higher one, can be among the nearest.
    @inline(__always)
    func isHopeless(_ distance: Double, _ row: Int32) -> Bool {
        guard isFull, let worst = distances.last, let last = rows.last else { return false }
        return distance > worst || (distance == worst && last < row)
    }

    @inline(__always)
    mutating func offer(_ distance: Double, _ row: Int32) {
        guard !isHopeless(distance, row) else { return }
        insert(distance, row)
    }

    private mutating func insert(_ distance: Double, _ row: Int32) {
        var place = distances.count
        while place > 0, distance < distances[place - 1] || (distance == distances[place - 1] && row < rows[place - 1]) { place -= 1 }
        distances.insert(distance, at: place)
        rows.insert(row, at: place)
        guard let weights else {
            if Double(distances.count) > reach {
                distances.removeLast()
                rows.removeLast()
            }
            isFull = Double(distances.count) >= reach
            return
        }
        // Summed anew in order: the same whatever came before.
        var total = 0.0
        for index in rows.indices {
            total += weights[Int(rows[index])]
            guard total >= reach else { continue }
            distances.removeLast(distances.count - index - 1)
            rows.removeLast(rows.count - index - 1)
            isFull = true
            return
        }
    }
}
