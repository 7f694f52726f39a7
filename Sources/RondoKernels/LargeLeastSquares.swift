import CSystemLibraries

/// Least squares of wide matrices by LAPACK's factorisation with column pivoting (dgeqp3), on one thread.
enum LargeLeastSquares {
    /// As `LeastSquares.solve`, without refinement; of dependent columns those with the least left over are named.
    static func solve(_ x: Matrix, _ y: [Double], tolerance: Double, context: ComputeContext) throws -> LeastSquaresSolution? {
        guard rondo_lapack_available() != 0 else { throw SystemLibraryMissing.openBLAS }
        guard let rows = Int32(exactly: x.rows), let columns = Int32(exactly: x.columns), rows > 0, columns > 0 else { return nil }
        try context.cancellation.check()
        let exponents = try OrthogonalFactorisation.scalingExponents(x, context: context)
        var values = x.storage
        for column in 0..<x.columns {
            let factor = OrthogonalFactorisation.power(exponents[column])
            for index in column * x.rows..<(column + 1) * x.rows { values[index] *= factor }
        }
        var pivot = [Int32](repeating: 0, count: x.columns)
        var tau = [Double](repeating: 0, count: min(x.rows, x.columns))
        var work = [Double](repeating: 0, count: 3 * x.columns + 1 + 64 * (x.columns + 1))
        var right = y
        guard rondo_dgeqp3(rows, columns, &values, &pivot, &tau, &work, Int32(work.count)) == 0 else { return nil }
        try context.cancellation.check()
        let reflections = Int32(tau.count)
        guard rondo_dormqr(76, 84, rows, 1, reflections, values, rows, tau, &right, &work, Int32(work.count)) == 0 else { return nil }
        let greatest = values[0].magnitude
        let rank = (0..<tau.count).prefix { values[$0 * x.rows + $0].magnitude > tolerance * greatest }.count
        // Columns are put back into increasing order by a small factorisation of R, so that the result has one form.
        let kept = pivot.prefix(rank).map { Int($0) - 1 }
        let order = kept.indices.sorted { kept[$0] < kept[$1] }
        var sorted = [Double]()
        for place in order {
            sorted.append(contentsOf: (0..<rank).map { $0 <= place ? values[place * x.rows + $0] : 0 })
        }
        let factors = HouseholderFactors(values: sorted, rows: rank, columns: rank, tolerance: -1)
        var head = Array(right.prefix(rank))
        head.withUnsafeMutableBufferPointer { if let base = $0.baseAddress { factors.applyTranspose(base) } }
        let triangle = factors.triangle
        let scaled = TriangularSystems.solve(triangle, head)
        var coefficients = [Double](repeating: 0, count: x.columns)
        let independent = order.map { kept[$0] }
        for (place, column) in independent.enumerated() {
            coefficients[column] = scaled[place] * OrthogonalFactorisation.power(exponents[column])
        }
        let fitted = x.multiplied(by: coefficients) ?? []
        let chosen = Set(independent)
        return LeastSquares.solution(
            x, coefficients: coefficients, residuals: zip(y, fitted).map { $0 - $1 }, triangle: triangle, independent: independent,
            dependent: (0..<x.columns).filter { !chosen.contains($0) }, exponents: exponents, refinements: 0)
    }
}
