package import RondoKernels

/// Learns principal components.
package struct PCALearner: Learner {
    /// How many are kept; nil keeps all.
    package let components: Int?

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

    /// Weighted covariance, divisor the sum of weights.
    private static func covariance(
        _ design: DesignMatrix, means: [Double], weights: [Double]?, total: Double, _ context: ComputeContext
    ) throws -> Matrix {
        let width = design.columns.count
        // Only the upper triangle is read.
        let sums = try GramBlocks.sum(order: width, rowCount: design.rowCount, weights: weights, context: context) { column, rows, target in
            let mean = means[column]
            design.columns[column].withUnsafeBufferPointer { values in
                for (place, row) in rows.enumerated() { target[place] = values[row] - mean }
            }
        }
        return Matrix(rows: width, columns: width, storage: sums.map { $0 / total }) ?? Matrix(rows: 0, columns: 0)
    }
}
