import RondoKernels

/// Numeric features without gaps, checked on all threads, and their means.
struct MeasuredColumns: Sendable {
    /// `[feature][row]`, all finite.
    let columns: [[Double]]
    let names: [String]
    let rowCount: Int
    /// Not weighted; not finite where the sum is beyond the greatest number.
    let means: [Double]

    /// - Throws: as `DesignMatrix`.
    init(_ features: Features, context: ComputeContext) throws {
        let parts = try Parallel.map(features.features.count, context: context) { index in
            let feature = features.features[index]
            // A finite mean says that all values are.
            if case .numbers(let values) = feature.values, case let mean = Sums.mean(values), mean.isFinite { return (values, mean) }
            let values = try DesignMatrix.numbers(of: feature)
            return (values, Sums.mean(values))
        }
        columns = parts.map(\.0)
        means = parts.map(\.1)
        names = features.names
        rowCount = features.rowCount
    }
}
