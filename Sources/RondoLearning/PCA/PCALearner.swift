package import RondoKernels

/// Learns principal components.
package struct PCALearner: Learner {
    /// How many are kept; nil keeps all.
    package let components: Int?

    private static let chunkSize = 4096

    package init(components: Int?) { self.components = components }

    package func fit(_ data: TrainingData, seed: UInt64, context: ComputeContext) throws -> any FittedModel {
        try data.requireRows()
        let design = try DesignMatrix(data.features)
        let width = design.columns.count
        if let components, components > width {
            throw Fault(
                "R0457", "\(components) components of \(width) columns: there are fewer columns than components",
                remedy: "write components \(max(width, 1))", subject: "components")
        }
        let centered = try CenteredColumns(
            design.columns, weights: data.weights, rowCount: design.rowCount, centering: true, context: context)
        let covariance = try Self.covariance(design, means: centered.means, weights: data.weights, total: centered.totalWeight, context)
        guard let eigen = try SymmetricEigen(covariance, context: context) else {
            throw Fault("R0513", "the covariance of the columns is not finite", remedy: "describe", subject: nil)
        }
        let kept = components ?? width
        return PCAModel(
            names: design.names, means: centered.means, variances: eigen.values.map { max($0, 0) },
            loadings: (0..<kept).flatMap { eigen.vectors.column($0) }, kept: kept)
    }

    /// Weighted covariance, divisor the sum of weights; sums of fixed chunks in chunk order.
    private static func covariance(
        _ design: DesignMatrix, means: [Double], weights: [Double]?, total: Double, _ context: ComputeContext
    ) throws -> Matrix {
        let width = design.columns.count
        let parts = try Parallel.mapChunks(count: design.rowCount, chunkSize: chunkSize, context: context) { _, items in
            var sums = [Double](repeating: 0, count: width * width)
            // Row by row the products of a column with all later ones lie side by side.
            var row = [Double](repeating: 0, count: width)
            sums.withUnsafeMutableBufferPointer { sums in
                for index in items {
                    for column in 0..<width { row[column] = design.columns[column][index] - means[column] }
                    let weight = weights?[index] ?? 1
                    row.withUnsafeBufferPointer { row in
                        for first in 0..<width {
                            let factor = weight * row[first]
                            for second in first..<width { sums[first &* width &+ second] += factor * row[second] }
                        }
                    }
                }
            }
            return sums
        }
        var sums = [Double](repeating: 0, count: width * width)
        for part in parts {
            for index in sums.indices { sums[index] += part[index] }
        }
        // Only the upper triangle is read: element (row, column) stands at column * width + row.
        var storage = [Double](repeating: 0, count: width * width)
        for first in 0..<width {
            for second in first..<width { storage[second * width + first] = sums[first * width + second] / total }
        }
        return Matrix(rows: width, columns: width, storage: storage) ?? Matrix(rows: 0, columns: 0)
    }
}
