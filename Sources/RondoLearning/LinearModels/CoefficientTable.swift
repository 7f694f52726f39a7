import RondoKernels
package import RondoReport

/// One line of a table of coefficients; NaN where there is nothing to say.
struct CoefficientLine: Sendable, Hashable {
    var term: String
    var estimate: Double
    var standardError = Double.nan
    var statistic = Double.nan
    var probability = Double.nan
    /// The change of the prediction for one standard deviation of the column.
    var standardised = Double.nan
}

extension TableBlock {
    /// A table `term estimate standard_error t p standardised`.
    static func coefficients(_ caption: String, _ lines: [CoefficientLine]) -> TableBlock {
        TableBlock(
            caption: caption,
            columns: [
                Column("term", "text", .plain), Column("estimate", "number"), Column("standard_error", "number"), Column("t", "number"),
                Column("p", "number"), Column("standardised", "number"),
            ],
            rows: lines.map {
                [
                    .text($0.term), Scalar($0.estimate), Scalar($0.standardError), Scalar($0.statistic), Scalar($0.probability),
                    Scalar($0.standardised),
                ]
            })
    }
}

/// A model whose predictions come from a weighted sum of numeric columns.
package protocol CoefficientModel: FittedModel {
    /// Columns without a coefficient: constant, or combinations of earlier columns.
    var dropped: [String] { get }
    /// The tables of `learned` for a model whose columns were scaled as (x - mean) / deviation, in the units before scaling.
    ///
    /// - Parameters:
    ///   - means: one a feature; 0 for a column that was not scaled.
    ///   - deviations: one a feature; 1 for a column that was not scaled.
    func originalUnits(means: [Double], deviations: [Double]) -> [TableBlock]
}

/// How columns were scaled before a model saw them: x became (x - mean) / deviation.
package struct FeatureScaling: Sendable, Hashable {
    /// One a feature; 0 for a column that was not scaled.
    package var means: [Double]
    /// One a feature; 1 for a column that was not scaled.
    package var deviations: [Double]

    package init(means: [Double], deviations: [Double]) {
        self.means = means
        self.deviations = deviations
    }

    /// No scaling.
    package static func none(_ count: Int) -> FeatureScaling {
        FeatureScaling(means: [Double](repeating: 0, count: count), deviations: [Double](repeating: 1, count: count))
    }

    /// Mean and deviation of a feature; deviations that cannot divide count as 1.
    func of(_ index: Int) -> (mean: Double, deviation: Double) {
        let mean = index < means.count ? means[index] : 0
        let deviation = index < deviations.count ? deviations[index] : 1
        return (mean.isFinite ? mean : 0, deviation.isFinite && deviation != 0 ? deviation : 1)
    }
}

extension CoefficientModel {
    /// The tables of `learned` in the units before this scaling.
    package func originalUnits(_ scaling: FeatureScaling) -> [TableBlock] {
        originalUnits(means: scaling.means, deviations: scaling.deviations)
    }
}

/// Weighted sums of columns, added column by column in order.
enum WeightedSum {
    static let chunkRows = 8192

    static func values(_ design: NumericColumns, coefficients: [Double], intercept: Double, context: ComputeContext) throws -> [Double] {
        var result = [Double](repeating: intercept, count: design.rowCount)
        try result.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            nonisolated(unsafe) let target = base
            try Parallel.chunks(count: design.rowCount, chunkSize: chunkRows, context: context) { _, rows in
                for (coefficient, column) in zip(coefficients, design.columns) where coefficient != 0 {
                    switch column {
                    case .dense(let values):
                        values.withUnsafeBufferPointer { values in
                            for row in rows { target[row] += coefficient * values[row] }
                        }
                    case .sparse(let sparse):
                        for place in sparse.places(in: rows) { target[Int(sparse.rows[place])] += coefficient * sparse.values[place] }
                    }
                }
            }
        }
        return result
    }
}
