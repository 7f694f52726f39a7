package import RondoKernels

/// Learns centres by k-means.
package struct KMeansLearner: Learner {
    package let clusters: Int
    /// Centres to begin with, one after the other in the order of the columns; nil draws them, several times.
    private let first: [Double]?
    /// The most iterations of a start.
    private let iterations: Int

    /// How many times it starts anew.
    private static let starts = 3

    package init(clusters: Int, from first: [Double]? = nil, iterations: Int = 300) {
        self.clusters = clusters
        self.first = first
        self.iterations = iterations
    }

    package func fit(_ data: TrainingData, seed: UInt64, context: ComputeContext) throws -> any FittedModel {
        try data.requireRows()
        let design = try MeasuredColumns(data.features, context: context)
        let rows = try RowMatrix(design, context: context)
        guard clusters <= rows.rowCount else {
            throw Fault(
                "R0456", "\(clusters) clusters of \(rows.rowCount) rows: there are fewer rows than clusters",
                remedy: "write clusters \(min(8, rows.rowCount))", subject: "clusters")
        }
        let weights = data.weights
        let panels = try RowPanels(
            rows.values, rowCount: rows.rowCount, width: rows.width, middle: design.means, context: context)
        let stream = RandomStream(seed: seed, purpose: "kmeans")
        var best: LloydIterations.Result?
        for start in 0..<(first == nil ? Self.starts : 1) {
            var stream = stream.stream(unit: UInt64(start))
            let seeds = try first ?? KMeansSeeding.centres(clusters, rows: rows, weights: weights, stream: &stream, context: context)
            let result = try LloydIterations.run(
                rows, panels, weights: weights, from: seeds, count: clusters, limit: iterations, context: context)
            if result.inertia < best?.inertia ?? .infinity { best = result }
            context.progress(Progress(done: start + 1, total: Self.starts, label: "starts"))
        }
        guard let best else {
            throw Fault("R0513", "the distances between the rows are not finite", remedy: "describe", subject: nil)
        }
        return KMeansModel(names: design.names, best: best, width: rows.width)
    }
}
