import CSystemLibraries

extension Cholesky {
    /// Wider inverses are left to LAPACK where it is installed.
    private static let ownInverseLimit = 2000

    /// The inverse of A, its columns solved for in parallel. Throws only when cancelled.
    public func inverse(context: ComputeContext) throws -> Matrix {
        let order = triangle.rows
        if order > Self.ownInverseLimit, rondo_lapack_available() != 0, let result = largeInverse { return result }
        return try Matrix(rows: order, columns: order, context: context) { column, values in
            var unit = [Double](repeating: 0, count: order)
            unit[column] = 1
            for (place, value) in (solve(unit) ?? []).enumerated() { values[place] = value }
        }.mirrored
    }

    private var largeInverse: Matrix? {
        guard let order = Int32(exactly: triangle.rows) else { return nil }
        var result = triangle
        guard rondo_dpotri(85, order, &result.storage) == 0 else { return nil }
        return result.mirrored
    }
}

extension Matrix {
    /// The upper triangle of a square matrix in the lower one as well.
    fileprivate var mirrored: Matrix {
        var result = self
        for column in 0..<rows {
            for row in 0..<column { result.storage[row * rows + column] = storage[column * rows + row] }
        }
        return result
    }
}
