import RondoKernels

/// Starts of k-means: greedy k-means++ (Arthur and Vassilvitskii 2007, section 6).
enum KMeansSeeding {
    private static let chunkSize = 8192

    /// `count` rows as centres, one after the other.
    static func centres(
        _ count: Int, rows: RowMatrix, weights: [Double]?, stream: inout RandomStream, context: ComputeContext
    ) throws -> [Double] {
        var nearest = [Double](repeating: .infinity, count: rows.rowCount)
        var chosen: [Int] = []
        let first = draw(stream.uniform(), weights ?? [Double](repeating: 1, count: rows.rowCount))
        try approach(&nearest, centre: first, rows, context)
        chosen.append(first)
        let candidates = count < 3 ? 2 : 2 + Int(Elementary.log(Double(count)))
        while chosen.count < count {
            let chances = weights.map { zip(nearest, $0).map(*) } ?? nearest
            var best: (row: Int, nearest: [Double], total: Double)?
            for _ in 0..<candidates {
                let row = draw(stream.uniform(), chances)
                var trial = nearest
                try approach(&trial, centre: row, rows, context)
                var total = 0.0
                for index in trial.indices { total += trial[index] * (weights.map { $0[index] } ?? 1) }
                if best.map({ total < $0.total }) ?? true { best = (row, trial, total) }
            }
            guard let best else { break }
            nearest = best.nearest
            chosen.append(best.row)
        }
        return chosen.flatMap { rows.row($0) }
    }

    /// A place with a chance proportional to its value.
    private static func draw(_ uniform: Double, _ values: [Double]) -> Int {
        let wanted = uniform * values.reduce(0, +)
        var sum = 0.0
        var last = 0
        for (place, value) in values.enumerated() where value > 0 {
            sum += value
            last = place
            if sum > wanted { return place }
        }
        return last
    }

    private static func approach(_ nearest: inout [Double], centre: Int, _ rows: RowMatrix, _ context: ComputeContext) throws {
        try rows.values.withUnsafeBufferPointer { values in
            try nearest.withUnsafeMutableBufferPointer { nearest in
                nonisolated(unsafe) let (nearest, values) = (nearest, values)
                try Parallel.chunks(count: rows.rowCount, chunkSize: chunkSize, context: context) { _, items in
                    for row in items {
                        let distance = RowMatrix.squaredDistance(
                            values, at: row * rows.width, values, at: centre * rows.width, width: rows.width)
                        nearest[row] = min(nearest[row], distance)
                    }
                }
            }
        }
    }
}
