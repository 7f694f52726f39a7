/// Least squares of large, well-conditioned problems: the triangle of X'X, and steps of refinement with the residuals of the rows.
///
/// Forming X'X squares the condition number; where that is far from the working precision, two steps that begin anew from the residuals
/// bring back what it cost (Björck, "Stability analysis of the method of seminormal equations for linear least squares", Linear
/// Algebra and its Applications 88/89, 1987). Everything else is left to the orthogonal factorisation.
struct NormalEquations {
    /// Smaller problems cost next to nothing by the factorisation.
    static let leastSize = 2_000_000
    /// Greatest ratio on the diagonal of the triangle.
    private static let mostCondition = 100.0
    private static let chunkRows = 1024

    private let x: Matrix
    private let y: [Double]
    private let exponents: [Int]
    private let factor: Cholesky

    /// nil when the columns are dependent, or too near to it.
    init?(_ x: Matrix, _ y: [Double], context: ComputeContext) throws {
        guard x.storage.count >= Self.leastSize, x.rows > 4 * x.columns, var gram = try x.gram(context: context) else { return nil }
        let exponents = (0..<x.columns).map { column -> Int in
            let length = gram[column, column].squareRoot()
            return length > 0 && length.isFinite ? -Int(length.exponent) : 0
        }
        for column in 0..<x.columns {
            for row in 0..<x.columns {
                gram[row, column] *= OrthogonalFactorisation.power(exponents[column])
                gram[row, column] *= OrthogonalFactorisation.power(exponents[row])
            }
        }
        guard let factor = Cholesky(gram), LeastSquares.conditionEstimate(factor.triangle) < Self.mostCondition else { return nil }
        (self.x, self.y, self.exponents, self.factor) = (x, y, exponents, factor)
    }

    func solution(context: ComputeContext) throws -> LeastSquaresSolution? {
        var coefficients = [Double](repeating: 0, count: x.columns)
        // The first pass solves, the others refine.
        for _ in 0..<3 {
            let slopes = try rest(coefficients, context).slopes
            guard let step = factor.solve(zip(slopes, exponents).map { $0 * OrthogonalFactorisation.power($1) }) else { return nil }
            for index in coefficients.indices { coefficients[index] += step[index] * OrthogonalFactorisation.power(exponents[index]) }
        }
        return LeastSquares.solution(
            x, coefficients: coefficients, residuals: try rest(coefficients, context).residuals, triangle: factor.triangle,
            independent: Array(0..<x.columns), dependent: [], exponents: exponents, refinements: 2)
    }

    /// y - X b, and X' times it.
    private func rest(_ coefficients: [Double], _ context: ComputeContext) throws -> (residuals: [Double], slopes: [Double]) {
        var residuals = y
        let parts = try residuals.withUnsafeMutableBufferPointer { residuals in
            // Chunks write to their own rows.
            nonisolated(unsafe) let residuals = residuals
            return try x.storage.withUnsafeBufferPointer { values in
                nonisolated(unsafe) let values = values
                return try Parallel.mapChunks(count: x.rows, chunkSize: 16 * Self.chunkRows, context: context) { _, items in
                    var slopes = [Double](repeating: 0, count: x.columns)
                    guard let base = values.baseAddress, let target = residuals.baseAddress else { return slopes }
                    // So many rows stay in the cache between the two uses.
                    for start in stride(from: items.lowerBound, to: items.upperBound, by: Self.chunkRows) {
                        let count = min(Self.chunkRows, items.upperBound - start)
                        for (column, coefficient) in coefficients.enumerated() where coefficient != 0 {
                            Columns.add(-coefficient, base + column * x.rows + start, to: target + start, count)
                        }
                        for column in slopes.indices {
                            slopes[column] += Columns.dot(base + column * x.rows + start, target + start, count)
                        }
                    }
                    return slopes
                }
            }
        }
        var slopes = [Double](repeating: 0, count: x.columns)
        for part in parts { for index in slopes.indices { slopes[index] += part[index] } }
        return (residuals, slopes)
    }
}
