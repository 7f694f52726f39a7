package import RondoKernels

/// Weighted sums of columns, one an output, before any link.
package struct WeightedSums: Sendable, Hashable {
    /// Empty text for numbers, the second of two classes, else every class.
    package let outputs: [String]
    package let unit: ShapValues.Unit
    package let intercepts: [Double]
    /// `[output][feature]`
    package let coefficients: [[Double]]
}

/// A model whose outputs are weighted sums of its columns.
package protocol WeightedSumModel: CoefficientModel {
    var names: [String] { get }
    var weightedSums: WeightedSums { get }
}

extension LinearModel: WeightedSumModel {
    package var weightedSums: WeightedSums { .number(intercept, coefficients) }
}

extension PenalisedModel: WeightedSumModel {
    package var weightedSums: WeightedSums { .number(intercept, coefficients) }
}

extension LogisticModel: WeightedSumModel {
    /// Log odds of the second of two classes; a score for every class otherwise, 0 for one without coefficients.
    package var weightedSums: WeightedSums {
        if classNames.count == 2 {
            return WeightedSums(outputs: [classNames[1]], unit: .score, intercepts: intercepts, coefficients: coefficients)
        }
        var constants = [Double](repeating: 0, count: classNames.count)
        var weights = [[Double]](repeating: [Double](repeating: 0, count: names.count), count: classNames.count)
        for (place, output) in outputClasses.enumerated() {
            constants[output] = intercepts[place]
            weights[output] = coefficients[place]
        }
        return WeightedSums(outputs: classNames, unit: .score, intercepts: constants, coefficients: weights)
    }
}

extension WeightedSums {
    fileprivate static func number(_ intercept: Double, _ coefficients: [Double]) -> WeightedSums {
        WeightedSums(outputs: [""], unit: .target, intercepts: [intercept], coefficients: [coefficients])
    }
}

/// Exact Shapley values of weighted sums: coefficient times the distance of the column from its mean (Štrumbelj and Kononenko 2014,
/// Explaining prediction models and individual predictions with feature contributions, section 2).
package enum LinearShap {
    /// - Parameters:
    ///   - features: rows to explain.
    ///   - background: rows that the means are taken from, those of training.
    /// - Throws: R0511 to R0514 for features the model cannot read.
    package static func values(
        of model: any WeightedSumModel, _ features: Features, background: Features, context: ComputeContext
    ) throws -> ShapValues {
        let design = try NumericColumns(features, trainedOn: model.names)
        let means = try NumericColumns(background, trainedOn: model.names).columns.map(mean)
        let sums = model.weightedSums
        let base = sums.outputs.indices.map { output in
            sums.intercepts[output] + Sums.compensated(zip(sums.coefficients[output], means).map { $0 * $1 })
        }
        let values = try sums.outputs.indices.map { output in
            try Parallel.map(design.columns.count, context: context) { column in
                let (weight, mean) = (sums.coefficients[output][column], means[column])
                guard weight != 0 else { return [Double](repeating: 0, count: design.rowCount) }
                switch design.columns[column] {
                case .dense(let values): return values.map { weight * ($0 - mean) }
                case .sparse(let sparse): return sparse.dense.map { weight * ($0 - mean) }
                }
            }
        }
        return ShapValues(features: model.names, outputs: sums.outputs, unit: sums.unit, base: base, values: values)
    }

    private static func mean(_ column: NumericColumns.Values) -> Double {
        switch column {
        case .dense(let values): values.isEmpty ? 0 : Sums.compensated(values) / Double(values.count)
        case .sparse(let sparse): sparse.count == 0 ? 0 : Sums.compensated(sparse.values) / Double(sparse.count)
        }
    }
}
