import RondoKernels

/// Draws rows with replacement, evenly or in proportion to weights; or takes each row as often as its whole weight says.
struct RowDrawing: Sendable {
    let rowCount: Int
    /// Running sums of the weights; empty for equal ones.
    private let sums: [Double]
    /// How often each row is taken, when nothing is drawn.
    private let fixed: DrawnRows?

    /// How many rows are drawn altogether.
    var most: Int { fixed?.total ?? rowCount }

    private static let mostCopies = Double(1 << 30)

    /// - Parameter isWhole: take all rows instead of drawing, unless weights are no whole numbers.
    init(rowCount: Int, weights: [Double]?, isWhole: Bool) {
        self.rowCount = rowCount
        if !isWhole {
            fixed = nil
        } else if let weights {
            let areCopies = weights.allSatisfy { $0 == $0.rounded() } && weights.reduce(0, +) <= Self.mostCopies
            fixed = areCopies ? DrawnRows(weights.lazy.map { UInt32($0) }) : nil
        } else {
            fixed = DrawnRows(repeatElement(1, count: rowCount))
        }
        // Weights are brought below 1 first, so that their sum is finite.
        let largest = weights?.max() ?? 1
        var total = 0.0
        sums =
            weights?.map { weight in
                total += weight / largest
                return total
            } ?? []
    }

    /// How often each row is drawn.
    func counts(_ stream: inout RandomStream) -> DrawnRows {
        if let fixed { return fixed }
        var counts = DrawnRows(rowCount: rowCount)
        guard let total = sums.last else {
            for _ in 0..<rowCount { counts.draw(stream.uniform(below: rowCount)) }
            return counts
        }
        for _ in 0..<rowCount {
            let point = stream.uniform() * total
            var low = 0
            var high = rowCount - 1
            while low < high {
                let middle = (low + high) / 2
                if sums[middle] > point { high = middle } else { low = middle + 1 }
            }
            counts.draw(low)
        }
        return counts
    }
}
