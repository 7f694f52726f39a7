import RondoKernels

/// Least squares with an optional penalty on the squared coefficients, in the units of the columns given.
///
/// Columns and target are centred first when there is an intercept, so that it is never penalised and keeps its digits; a penalty L adds
/// the rows sqrt(L) I (Golub and Van Loan, "Matrix Computations", 6.1.4). Dependent columns get no coefficient.
struct WeightedLeastSquares: Sendable {
    let intercept: Double
    /// One a column; 0 for a dropped one.
    let coefficients: [Double]
    /// Columns without a coefficient: constant, or combinations of earlier ones.
    let dropped: [Int]
    /// Standard deviation of each column, divisor the sum of weights.
    let deviations: [Double]
    /// Variance of each coefficient for residual variance 1; NaN for dropped ones.
    let unscaledVariances: [Double]
    let unscaledInterceptVariance: Double
    let residualSumOfSquares: Double
    let totalSumOfSquares: Double
    /// Rows with weight less coefficients and intercept.
    let degreesOfFreedom: Int

    init(_ design: DesignMatrix, target: [Double], weights: [Double]?, penalty: Double, intercept: Bool, context: ComputeContext) throws {
        let centered = try CenteredColumns(
            design.columns, weights: weights, rowCount: design.rowCount, centering: intercept, context: context)
        let total = weights.map { Sums.compensated($0) } ?? Double(design.rowCount)
        let spread = ColumnSpread(target, weights: weights, totalWeight: total)
        let targetMean = intercept ? spread.mean : 0
        let targetScale = intercept ? spread.centeredScale : spread.plainScale
        let system = try WeightedLeastSquares.system(design, centered, weights: weights, penalty: penalty, context: context)
        let right =
            WeightedLeastSquares.scaled(target, mean: targetMean, scale: targetScale, weights: weights)
            + [Double](repeating: 0, count: system.rows - design.rowCount)
        let remainders = WeightedLeastSquares.remainders(
            design, centered, target: target, mean: targetMean, scale: targetScale, weights: weights, rows: system.rows)
        guard let solution = try LeastSquares.solve(system, right, remainders: remainders, context: context) else {
            throw Fault(
                "R0521", "the numbers are too large or too small to compute with",
                remedy: "bring the columns to one scale first, with scale")
        }
        let unit = targetScale > 0 ? 1 / targetScale : 0
        let weightsOfColumns = zip(solution.coefficients, centered.scales).map { $0 * $1 * unit }
        coefficients = weightsOfColumns
        dropped = solution.dependent
        deviations = centered.deviations
        var start = DoubleDouble(targetMean)
        for (coefficient, mean) in zip(weightsOfColumns, centered.means) { start += DoubleDouble.product(-coefficient, mean) }
        var moved = [Double](repeating: 0, count: design.columns.count)
        if remainders != nil, intercept {
            // Means and coefficients are rounded, and large ones of either sign may nearly cancel: what both lack counts.
            func rest(_ values: [Double], _ mean: Double, _ scale: Double) -> Double {
                WeightedLeastSquares.meanRest(values, mean: mean, scale: scale, weights: weights, totalWeight: centered.totalWeight)
            }
            start += rest(target, targetMean, targetScale) * unit
            for (index, scale) in centered.scales.enumerated() where scale > 0 {
                moved[index] = rest(design.columns[index], centered.means[index], scale)
                start += -solution.coefficients[index] * moved[index] * unit
                guard !solution.coefficientRests.isEmpty else { continue }
                start += -solution.coefficientRests[index] * scale * unit * centered.means[index]
            }
        }
        self.intercept = intercept ? start.value : 0
        residualSumOfSquares = solution.residualSumOfSquares * unit * unit
        totalSumOfSquares = right.withUnsafeBufferPointer { Sums.extendedDot($0, $0) }.value * unit * unit
        degreesOfFreedom = max(0, centered.effectiveRows - solution.rank - (intercept ? 1 : 0))
        guard penalty == 0 else {
            unscaledVariances = [Double](repeating: .nan, count: design.columns.count)
            unscaledInterceptVariance = .nan
            return
        }
        if let refined = solution.refinedVariances, let side = solution.sideSolution {
            unscaledVariances = zip(refined, centered.scales).map { $0 * $1 * $1 }
            var total = DoubleDouble(1 / centered.totalWeight)
            for index in solution.independent {
                let mean = centered.means[index] * centered.scales[index]
                total += DoubleDouble.product(side[index], mean)
                total += 2 * side[index] * moved[index]
                if !solution.sideRests.isEmpty { total += solution.sideRests[index] * mean }
            }
            unscaledInterceptVariance = intercept ? total.value : .nan
            return
        }
        let covariance = solution.unscaledCovariance
        var variances = [Double](repeating: .nan, count: design.columns.count)
        var ofIntercept = 1 / centered.totalWeight
        for (place, column) in solution.independent.enumerated() {
            variances[column] = covariance[place, place] * centered.scales[column] * centered.scales[column]
            let mean = centered.means[column] * centered.scales[column]
            for (other, otherColumn) in solution.independent.enumerated() {
                ofIntercept += covariance[place, other] * mean * (centered.means[otherColumn] * centered.scales[otherColumn])
            }
        }
        unscaledVariances = variances
        unscaledInterceptVariance = intercept ? ofIntercept : .nan
    }

    /// The centred, scaled and weighted columns, with the rows of the penalty below them.
    private static func system(
        _ design: DesignMatrix, _ centered: CenteredColumns, weights: [Double]?, penalty: Double, context: ComputeContext
    ) throws -> Matrix {
        let columns = design.columns
        let extra = penalty > 0 ? columns.count : 0
        return try Matrix(rows: design.rowCount + extra, columns: columns.count, context: context) { index, values in
            let scale = centered.scales[index]
            write(columns[index], mean: centered.means[index], scale: scale, weights: weights, to: values)
            if extra > 0 { values[design.rowCount + index] = penalty.squareRoot() * scale }
        }
    }

    /// Above so many values the last digits are not worth a second copy.
    private static let remainderLimit = 1_000_000

    /// What `scaled` rounds away of each column and of the target: the difference of two numbers, and its product with a root of a weight,
    /// are exact with it.
    private static func remainders(
        _ design: DesignMatrix, _ centered: CenteredColumns, target: [Double], mean: Double, scale: Double, weights: [Double]?, rows: Int
    ) -> LeastSquares.Remainders? {
        guard rows * design.columns.count <= remainderLimit, !design.columns.isEmpty else { return nil }
        let extra = [Double](repeating: 0, count: rows - design.rowCount)
        let storage = design.columns.enumerated().flatMap { index, column in
            rest(column, mean: centered.means[index], scale: centered.scales[index], weights: weights) + extra
        }
        guard let matrix = Matrix(rows: rows, columns: design.columns.count, storage: storage) else { return nil }
        return LeastSquares.Remainders(
            x: matrix, y: rest(target, mean: mean, scale: scale, weights: weights) + extra,
            side: zip(centered.means, centered.scales).map { $0 * $1 })
    }

    private static func rest(_ values: [Double], mean: Double, scale: Double, weights: [Double]?) -> [Double] {
        guard scale > 0 else { return [Double](repeating: 0, count: values.count) }
        let center = mean * scale
        guard let weights else { return values.map { DoubleDouble.sum($0 * scale, -center).low } }
        return zip(values, weights).map { value, weight in
            let difference = DoubleDouble.sum(value * scale, -center)
            let root = weight.squareRoot()
            return DoubleDouble.product(difference.high, root).low + difference.low * root
        }
    }

    /// What the mean lacks, in scaled units.
    private static func meanRest(_ values: [Double], mean: Double, scale: Double, weights: [Double]?, totalWeight: Double) -> Double {
        var total = DoubleDouble(0)
        for (row, value) in values.enumerated() {
            let weight = weights?[row] ?? 1
            if weight > 0 { total += DoubleDouble.sum(value * scale, -mean * scale) * weight }
        }
        return (total / DoubleDouble(totalWeight)).value
    }

    /// (value - mean) scale root(weight); scaling comes first, so that the difference of two huge numbers does not overflow.
    private static func scaled(_ values: [Double], mean: Double, scale: Double, weights: [Double]?) -> [Double] {
        [Double](unsafeUninitializedCapacity: values.count) { buffer, count in
            write(values, mean: mean, scale: scale, weights: weights, to: buffer)
            count = values.count
        }
    }

    private static func write(
        _ values: [Double], mean: Double, scale: Double, weights: [Double]?, to result: UnsafeMutableBufferPointer<Double>
    ) {
        let center = mean * scale
        // A column without variation is 0, whatever rounding left of it.
        guard scale > 0 else { return result[..<values.count].update(repeating: 0) }
        values.withUnsafeBufferPointer { values in
            guard let weights else {
                for row in values.indices { result[row] = values[row] * scale - center }
                return
            }
            for row in values.indices { result[row] = (values[row] * scale - center) * weights[row].squareRoot() }
        }
    }
}
