package import RondoKernels
package import RondoReport

/// Centres of clusters, the largest cluster first.
package struct KMeansModel: GroupingModel {
    package static let familyName = "kmeans"
    package static let answer = "cluster"

    let names: [String]
    /// One centre after the other.
    let centres: [Double]
    /// Weight of the training rows of each cluster.
    let sizes: [Double]
    /// Sum of squared distances of the training rows from their centres.
    package let inertia: Double

    private static let chunkSize = 4096
    /// Rows that the silhouette is computed from: its cost grows with their square.
    private static let silhouetteRows = 2000

    init(names: [String], best: LloydIterations.Result, width: Int) {
        self.names = names
        let order = Sorting.order(best.sizes, .descending)
        sizes = order.map { best.sizes[$0] }
        centres = order.flatMap { best.centres[$0 * width..<($0 + 1) * width] }
        inertia = best.inertia
    }

    package func predict(_ features: Features, context: ComputeContext) throws -> Predictions {
        let nearest = try self.nearest(rows(of: features), context)
        return .numbers(nearest.map { Double($0.cluster + 1) })
    }

    private func rows(of features: Features) throws -> RowMatrix { RowMatrix(try DesignMatrix(features, trainedOn: names)) }

    private func nearest(_ rows: RowMatrix, _ context: ComputeContext) throws -> [(cluster: Int, distance: Double)] {
        let (width, count) = (rows.width, sizes.count)
        return try rows.values.withUnsafeBufferPointer { values in
            try centres.withUnsafeBufferPointer { centres in
                nonisolated(unsafe) let (values, centres) = (values, centres)
                let parts = try Parallel.mapChunks(count: rows.rowCount, chunkSize: Self.chunkSize, context: context) { _, items in
                    items.map { row in
                        var best = (cluster: 0, distance: Double.infinity)
                        for cluster in 0..<count {
                            let distance = RowMatrix.squaredDistance(
                                values, at: row * width, centres, at: cluster * width, width: width)
                            if distance < best.distance { best = (cluster, distance) }
                        }
                        return best
                    }
                }
                return Array(parts.joined())
            }
        }
    }

    /// `inertia`: mean squared distance from the own centre; `silhouette` (Rousseeuw 1987): -1 to 1, of evenly spaced rows when there are many.
    package func measures(_ features: Features, context: ComputeContext) throws -> [(name: String, value: Double)] {
        let rows = try rows(of: features)
        let nearest = try nearest(rows, context)
        guard !nearest.isEmpty else { return [] }
        let inertia = nearest.reduce(0) { $0 + $1.distance } / Double(nearest.count)
        let step = max(1, nearest.count / Self.silhouetteRows)
        let places = Array(stride(from: 0, to: nearest.count, by: step))
        let silhouette = try Silhouette.mean(rows, places: places, clusters: nearest.map(\.cluster), count: sizes.count, context: context)
        return [("inertia", inertia)] + (silhouette.map { [("silhouette", $0)] } ?? [])
    }

    package var readable: String { "\(sizes.count) centres" }

    package func originalUnits(_ scaling: FeatureScaling) -> [TableBlock] {
        let total = sizes.reduce(0, +)
        let rows = sizes.indices.map { cluster in
            [Scalar(cluster + 1), Scalar(sizes[cluster]), Scalar(total > 0 ? sizes[cluster] / total : 0)]
                + names.indices.map { index in
                    let (mean, deviation) = scaling.of(index)
                    return Scalar(centres[cluster * names.count + index] * deviation + mean)
                }
        }
        return [
            TableBlock(
                caption: "centres of the clusters",
                columns: [.init("cluster", "integer", .count), .init("rows", "number", .count), .init("share", "number", .percent)]
                    + names.map { .init($0, "number") }, rows: rows)
        ]
    }

    package func archive() -> Archive {
        var archive = Archive()
        archive["names"] = .words(names)
        archive["centres"] = .numbers(centres)
        archive["sizes"] = .numbers(sizes)
        archive.set("inertia", inertia)
        return archive
    }

    /// - Throws: R0590 for damaged data.
    init(from archive: Archive) throws {
        names = try archive.words("names")
        sizes = try archive.numbers("sizes")
        try archive.require(!sizes.isEmpty, "sizes")
        centres = try archive.numbers("centres", count: sizes.count * names.count)
        inertia = try archive.number("inertia")
    }
}
