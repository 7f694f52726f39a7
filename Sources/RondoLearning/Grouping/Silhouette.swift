import RondoKernels

/// How much nearer rows lie to their own cluster than to the next one.
///
/// Source: Rousseeuw 1987, Silhouettes, Journal of Computational and Applied Mathematics 20.
enum Silhouette {
    /// The mean over the rows at these places of (b - a) / max(a, b), with a the mean distance from the others of the own cluster and b the
    /// least mean distance from another cluster; 0 for a row alone in its cluster. Nil when there are fewer than two clusters among them.
    static func mean(
        _ rows: RowMatrix, places: [Int], clusters: [Int], count: Int, context: ComputeContext
    ) throws -> Double? {
        var sizes = [Int](repeating: 0, count: count)
        for place in places { sizes[clusters[place]] += 1 }
        guard sizes.filter({ $0 > 0 }).count >= 2 else { return nil }
        let values = try rows.values.withUnsafeBufferPointer { buffer in
            nonisolated(unsafe) let buffer = buffer
            return try Parallel.mapChunks(count: places.count, chunkSize: 64, context: context) { _, items in
                items.map { item -> Double in
                    let own = clusters[places[item]]
                    guard sizes[own] > 1 else { return 0 }
                    var sums = [Double](repeating: 0, count: count)
                    for other in places {
                        let distance = RowMatrix.squaredDistance(
                            buffer, at: places[item] * rows.width, buffer, at: other * rows.width, width: rows.width)
                        sums[clusters[other]] += distance.squareRoot()
                    }
                    let inside = sums[own] / Double(sizes[own] - 1)
                    var outside = Double.infinity
                    for cluster in 0..<count where cluster != own && sizes[cluster] > 0 {
                        outside = min(outside, sums[cluster] / Double(sizes[cluster]))
                    }
                    let greater = max(inside, outside)
                    return greater > 0 ? (outside - inside) / greater : 0
                }
            }
        }
        return values.joined().reduce(0, +) / Double(places.count)
    }
}
