import RondoKernels

/// Starts of k-means: greedy k-means++ (Arthur and Vassilvitskii 2007, section 6).
enum KMeansSeeding {
    private static let chunkSize = 8192
    /// Candidates that are held against the rows at once.
    private static let together = SIMD4<Double>.scalarCount

    /// `count` rows as centres, one after the other.
    static func centres(
        _ count: Int, rows: RowMatrix, weights: [Double]?, stream: inout RandomStream, context: ComputeContext
    ) throws -> [Double] {
        let first = draw(stream.uniform(), weights ?? [Double](repeating: 1, count: rows.rowCount))
        var chosen = [first]
        var nearest = try approach([Double](repeating: .infinity, count: rows.rowCount), [first], rows, context)[0]
        let candidates = count < 3 ? 2 : 2 + Int(Elementary.log(Double(count)))
        while chosen.count < count {
            let chances = weighted(nearest, weights)
            let drawn = (0..<candidates).map { _ in draw(stream.uniform(), chances) }
            var least = Double.infinity
            var best: (row: Int, nearest: [Double])?
            for (row, trial) in zip(drawn, try approach(nearest, drawn, rows, context)) {
                let total = weighted(trial, weights).reduce(0, +)
                if best == nil || total < least { (best, least) = ((row, trial), total) }
            }
            guard let best else { break }
            nearest = best.nearest
            chosen.append(best.row)
        }
        return chosen.flatMap { rows.row($0) }
    }

    private static func weighted(_ values: [Double], _ weights: [Double]?) -> [Double] {
        weights.map { zip(values, $0).map(*) } ?? values
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

    /// For each of some rows as a further centre: the squared distance of every row from the nearest centre.
    private static func approach(
        _ nearest: [Double], _ centres: [Int], _ rows: RowMatrix, _ context: ComputeContext
    ) throws -> [[Double]] {
        var result: [[Double]] = []
        for start in stride(from: 0, to: centres.count, by: together) {
            let group = centres[start..<min(start + together, centres.count)]
            var lanes = [SIMD4<Double>](repeating: .zero, count: rows.width)
            for (lane, centre) in group.enumerated() {
                for (axis, value) in rows.row(centre).enumerated() { lanes[axis][lane] = value }
            }
            let parts = try Parallel.mapChunks(count: rows.rowCount, chunkSize: chunkSize, context: context) { _, items in
                rows.squaredDistances(items, lanes)
            }
            for lane in group.indices.map({ $0 - start }) {
                result.append(
                    [Double](unsafeUninitializedCapacity: rows.rowCount) { target, count in
                        for distances in parts {
                            for distance in distances {
                                target[count] = min(nearest[count], distance[lane])
                                count += 1
                            }
                        }
                    })
            }
        }
        return result
    }
}
