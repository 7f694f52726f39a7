/// The solution of min |y - X b| with what inference needs.
public struct LeastSquaresSolution: Sendable {
    /// One coefficient a column of X; 0 for dependent columns.
    public let coefficients: [Double]
    /// Columns that carry the solution, in increasing order.
    public let independent: [Int]
    /// Columns that are linear combinations of others, in increasing order.
    public let dependent: [Int]
    /// y - X b, rounded once from twice the working precision.
    public let residuals: [Double]
    /// The sum of squared residuals.
    public let residualSumOfSquares: Double
    /// Greatest over least magnitude on the diagonal of R, columns scaled to comparable size: a lower bound of the condition number.
    public let conditionEstimate: Double
    /// How many steps of refinement changed the coefficients.
    public let refinements: Int
    /// The diagonal of (X'X)^-1 refined to nearly full precision, one value a column, NaN for dependent ones; nil where that was not worth
    /// its cost: `unscaledVariances` are as good then, or the problem is large.
    public internal(set) var refinedVariances: [Double]?
    /// (X'X)^-1 times the side of `LeastSquares.Remainders`, as far as `refinedVariances`.
    public internal(set) var sideSolution: [Double]?
    /// What a double cannot hold of each coefficient, and of `sideSolution`, where that was found; else empty.
    public internal(set) var coefficientRests: [Double] = []
    public internal(set) var sideRests: [Double] = []

    let triangle: Matrix
    let exponents: [Int]

    /// The number of independent columns.
    public var rank: Int { independent.count }

    /// (X'X)^-1 over the independent columns; times the residual variance it is the covariance of the coefficients. Costs rank^3.
    public var unscaledCovariance: Matrix {
        var result = TriangularSystems.inverseOfGram(triangle)
        for column in 0..<rank {
            for row in 0..<rank {
                result.storage[column * rank + row] *= OrthogonalFactorisation.power(exponents[independent[row]])
                result.storage[column * rank + row] *= OrthogonalFactorisation.power(exponents[independent[column]])
            }
        }
        return result
    }

    /// The diagonal of (X'X)^-1, one value a column of X; NaN for dependent columns.
    public var unscaledVariances: [Double] {
        var result = [Double](repeating: .nan, count: coefficients.count)
        let covariance = unscaledCovariance
        for (place, column) in independent.enumerated() { result[column] = covariance[place, place] }
        return result
    }
}

/// Linear least squares by orthogonal factorisation with iterative refinement.
public enum LeastSquares {
    /// Wider matrices are left to LAPACK, whose bits may differ between processors in the last digits.
    public static let ownColumnLimit = 1000

    /// Share of a column's length below which what is left of it counts as nothing.
    public static let defaultTolerance = 1e-11

    /// What the columns and the right side lack in their last place, and what the inverse is asked for besides its diagonal.
    public struct Remainders: Sendable {
        /// Added to X and y without rounding; of the same shapes.
        public let x: Matrix
        public let y: [Double]
        /// One number a column: the inverse is multiplied by it.
        public let side: [Double]

        public init(x: Matrix, y: [Double], side: [Double]) {
            self.x = x
            self.y = y
            self.side = side
        }
    }

    /// Rows times squared columns up to which the inverse is refined.
    private static let refinedInverseSize = 1_000_000
    /// A better conditioned triangle has an inverse of enough digits.
    private static let refinedInverseCondition = 30.0

    /// Solves min |y - X b|; nil when the lengths differ or a value is not finite. Weights: multiply the rows of both by their roots.
    ///
    /// Householder factorisation that skips dependent columns, then steps of Björck's refinement of the augmented system with residuals in
    /// twice the working precision ("Iterative refinement of linear least squares solutions", BIT 7, 1967); large and well-conditioned
    /// problems go by `NormalEquations`. Throws when cancelled, and `SystemLibraryMissing` for more than `ownColumnLimit` columns without
    /// LAPACK.
    public static func solve(
        _ x: Matrix, _ y: [Double], remainders: Remainders? = nil, tolerance: Double = defaultTolerance, context: ComputeContext = .quiet
    ) throws -> LeastSquaresSolution? {
        guard y.count == x.rows, y.allSatisfy(\.isFinite), try x.isFinite(context: context) else { return nil }
        if let quick = try NormalEquations(x, y, context: context), let solution = try quick.solution(context: context) { return solution }
        if x.columns > ownColumnLimit { return try LargeLeastSquares.solve(x, y, tolerance: tolerance, context: context) }
        return try solveOwn(x, y, remainders: remainders, tolerance: tolerance, context: context)
    }

    /// The same for any number of columns without LAPACK.
    static func solveOwn(
        _ x: Matrix, _ y: [Double], remainders: Remainders? = nil, tolerance: Double, context: ComputeContext
    ) throws -> LeastSquaresSolution? {
        let factors = try OrthogonalFactorisation(x, tolerance: tolerance, context: context)
        var refinement = LeastSquaresRefinement(x: x, y: y, remainders: remainders, factors: factors)
        try refinement.run(context: context)
        var solution = solution(
            x, coefficients: refinement.coefficients, residuals: refinement.exactResiduals, triangle: refinement.triangle,
            independent: factors.top.independent, dependent: factors.top.dependent, exponents: factors.exponents,
            refinements: refinement.steps)
        let size = Double(x.rows) * Double(x.columns) * Double(x.columns)
        solution.coefficientRests = refinement.rests
        if let remainders, size <= Double(refinedInverseSize), solution.conditionEstimate > refinedInverseCondition {
            var variances = [Double](repeating: .nan, count: x.columns)
            for column in solution.independent {
                var unit = [Double](repeating: 0, count: x.columns)
                unit[column] = 1
                variances[column] = try refinement.inverse(times: unit, context: context).values[column]
            }
            solution.refinedVariances = variances
            (solution.sideSolution, solution.sideRests) = try refinement.inverse(times: remainders.side, context: context)
        }
        return solution
    }

    static func solution(
        _ x: Matrix, coefficients: [Double], residuals: [Double], triangle: Matrix, independent: [Int], dependent: [Int],
        exponents: [Int], refinements: Int
    ) -> LeastSquaresSolution {
        let total = residuals.withUnsafeBufferPointer { Sums.extendedDot($0, $0) }
        return LeastSquaresSolution(
            coefficients: coefficients, independent: independent, dependent: dependent, residuals: residuals,
            residualSumOfSquares: total.value, conditionEstimate: conditionEstimate(triangle), refinements: refinements,
            triangle: triangle, exponents: exponents)
    }

    static func conditionEstimate(_ triangle: Matrix) -> Double {
        let diagonal = (0..<triangle.rows).map { triangle[$0, $0].magnitude }
        guard let least = diagonal.min(), let greatest = diagonal.max() else { return 1 }
        return greatest / least
    }
}
