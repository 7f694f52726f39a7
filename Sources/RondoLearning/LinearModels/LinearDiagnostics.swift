package import RondoKernels

/// What speaks against a linear model: its assumptions, each with the statistic that tests it.
///
/// The model is least squares with a constant on the given columns. Sources: Ramsey 1969 (linearity), Koenker 1981 after Breusch and
/// Pagan 1979 (equal variance), Jarque and Bera 1987 (normal residuals), Belsley, Kuh and Welsch 1980 (collinearity), Durbin and
/// Watson 1950 (independence).
package struct LinearDiagnostics: Sendable {
    /// A statistic with its probability under the assumption.
    package struct Test: Sendable, Hashable {
        package let value: Double
        /// NaN where there is none.
        package let probability: Double
    }
    /// F test of squares and cubes of the fitted values beside the columns.
    package let linearity: Test
    /// n times R² of the squared residuals on the columns.
    package let equalVariance: Test
    package let normality: Test
    package let skewness: Double
    /// 3 for normal residuals.
    package let kurtosis: Double
    /// Near 2 for independent residuals in the order of the rows.
    package let durbinWatson: Double
    /// Variance inflation a column; infinite for a combination of the others, NaN for a constant.
    package let inflations: [Double]
    /// Square root of the ratio of the greatest and the least eigenvalue of X'X, X with its constant.
    package let conditionNumber: Double
    package let rowCount: Int

    /// - Parameters:
    ///   - columns: each as long as `target`, without gaps.
    /// - Throws: R0816 with fewer rows than the tests need, or a perfect fit.
    package init(_ columns: [[Double]], target: [Double], context: ComputeContext) throws {
        let kept = columns.indices.filter { Moments(columns[$0]).sum2 > 0 }
        let design = kept.map { LinearDiagnostics.standardised(columns[$0]) }
        let center = Moments(target)
        let response = target.map { $0 - center.mean }
        guard target.count > kept.count + 4, let base = try LinearDiagnostics.solve(design, response, context),
            base.residualSumOfSquares > 1e-20 * center.sum2
        else {
            throw Fault(
                "R0816", "there are too few rows, or nothing is left to explain: residuals say nothing",
                remedy: "take more rows, or fewer columns")
        }
        rowCount = target.count
        let residuals = base.residuals
        let rows = Double(target.count)
        let rank = Double(base.rank)

        let fitted = LinearDiagnostics.standardised(zip(response, residuals).map { $0 - $1 })
        let powers = [fitted.map { $0 * $0 * rows }, fitted.map { $0 * $0 * $0 * rows * rows.squareRoot() }]
        let augmented = design + powers.map(LinearDiagnostics.standardised)
        if let wide = try LinearDiagnostics.solve(augmented, response, context), wide.rank > base.rank {
            let added = Double(wide.rank - base.rank)
            let freedom = rows - Double(wide.rank) - 1
            let value = (base.residualSumOfSquares - wide.residualSumOfSquares) / added / (wide.residualSumOfSquares / freedom)
            linearity = Test(value: value, probability: Distributions.fUpperTail(value, added, freedom))
        } else {
            linearity = Test(value: .nan, probability: .nan)
        }

        let squares = residuals.map { $0 * $0 }
        let spread = Moments(squares)
        let centred = squares.map { $0 - spread.mean }
        if spread.sum2 > 0, rank > 0, let solution = try LinearDiagnostics.solve(design, centred, context) {
            let value = rows * (1 - solution.residualSumOfSquares / spread.sum2)
            equalVariance = Test(value: value, probability: Distributions.chiSquareUpperTail(value, degreesOfFreedom: rank))
        } else {
            equalVariance = Test(value: .nan, probability: .nan)
        }

        let shape = Moments(residuals)
        skewness = shape.populationSkewness
        kurtosis = shape.populationKurtosis + 3
        let jarqueBera = rows / 6 * (skewness * skewness + (kurtosis - 3) * (kurtosis - 3) / 4)
        normality = Test(value: jarqueBera, probability: Distributions.chiSquareUpperTail(jarqueBera, degreesOfFreedom: 2))

        let steps = zip(residuals.dropFirst(), residuals).map { $0 - $1 }
        durbinWatson = Sums.compensated(steps.map { $0 * $0 }) / Sums.compensated(squares)

        var inflations = Array(repeating: Double.nan, count: columns.count)
        let variances = base.unscaledVariances
        for (place, column) in base.independent.enumerated() where place < variances.count { inflations[kept[column]] = variances[place] }
        for column in base.dependent { inflations[kept[column]] = .infinity }
        self.inflations = inflations
        conditionNumber = try LinearDiagnostics.condition([Array(repeating: 1, count: target.count)] + columns, context)
    }

    /// Centred, with sum of squares 1.
    private static func standardised(_ values: [Double]) -> [Double] {
        let moments = Moments(values)
        let length = moments.sum2.squareRoot()
        guard length > 0 else { return values.map { _ in 0 } }
        return values.map { ($0 - moments.mean) / length }
    }

    private static func solve(_ columns: [[Double]], _ response: [Double], _ context: ComputeContext) throws -> LeastSquaresSolution? {
        guard let matrix = Matrix(columns: columns) else { return nil }
        return try LeastSquares.solve(matrix, response, context: context)
    }

    private static func condition(_ columns: [[Double]], _ context: ComputeContext) throws -> Double {
        guard let matrix = Matrix(columns: columns), let gram = try matrix.gram(context: context),
            let eigen = try SymmetricEigen(gram, context: context), let low = eigen.values.min(), let high = eigen.values.max()
        else { return .nan }
        return low > 0 ? (high / low).squareRoot() : .infinity
    }
}
