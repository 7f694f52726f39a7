package import RondoKernels

/// Learns principal components.
package struct PCALearner: Learner {
    /// How many are kept; nil keeps all.
    package let components: Int?

    package init(components: Int?) { self.components = components }

    package func fit(_ data: TrainingData, seed: UInt64, context: ComputeContext) throws -> any FittedModel {
        try data.requireRows()
        let design = try MeasuredColumns(data.features, context: context)
        let width = design.columns.count
        if let components, components > width {
            throw Fault(
                "R0457", "\(components) components of \(width) columns: there are fewer columns than components",
                remedy: "write components \(max(width, 1))", subject: "components")
        }
        let (means, total) = try Self.center(design, weights: data.weights, context)
        let covariance = try Self.covariance(design, means: means, weights: data.weights, total: total, context)
        guard let eigen = try SymmetricEigen(covariance, vectorCount: components, context: context) else {
            throw Fault("R0513", "the covariance of the columns is not finite", remedy: "describe", subject: nil)
        }
        let kept = components ?? width
        return PCAModel(
            names: design.names, means: means, variances: eigen.values.map { max($0, 0) },
            loadings: (0..<kept).flatMap { eigen.vectors.column($0) }, kept: kept)
    }

    /// Weighted means, and the sum of weights.
    private static func center(_ design: MeasuredColumns, weights: [Double]?, _ context: ComputeContext) throws -> ([Double], Double) {
        if weights == nil, design.means.allSatisfy(\.isFinite) { return (design.means, Double(design.rowCount)) }
        let centered = try CenteredColumns(
            design.columns, weights: weights, rowCount: design.rowCount, centering: true, context: context)
        return (centered.means, centered.totalWeight)
    }

    /// Weighted covariance, divisor the sum of weights; only the upper triangle is filled.
    private static func covariance(
        _ design: MeasuredColumns, means: [Double], weights: [Double]?, total: Double, _ context: ComputeContext
    ) throws -> Matrix {
        let width = design.columns.count
        let sums = try GramBlocks.ofDeviations(design.columns, means: means, weights: weights, context: context)
        return Matrix(rows: width, columns: width, storage: sums.map { $0 / total }) ?? Matrix(rows: 0, columns: 0)
    }
}
