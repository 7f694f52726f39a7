import CSystemLibraries

/// A = U'U of a symmetric positive definite matrix.
public struct Cholesky: Sendable {
    /// The upper triangle U.
    public let triangle: Matrix

    /// Wider matrices are left to LAPACK where it is installed.
    private static let ownOrderLimit = 2000

    /// Factors a matrix, of which only the upper triangle is read; nil when it is not square or not positive definite to working precision.
    public init?(_ matrix: Matrix) {
        guard matrix.rows == matrix.columns else { return nil }
        let result =
            matrix.rows > Self.ownOrderLimit && rondo_lapack_available() != 0 ? Self.factorLarge(matrix) : Self.factor(matrix)
        guard let result else { return nil }
        triangle = result
    }

    /// Column by column with contiguous sums of products (Golub and Van Loan, 4.2.5).
    private static func factor(_ matrix: Matrix) -> Matrix? {
        var result = matrix
        let order = matrix.rows
        let complete = result.storage.withUnsafeMutableBufferPointer { values -> Bool in
            guard let base = values.baseAddress else { return true }
            for column in 0..<order {
                let target = base + column * order
                let original = target[column]
                for row in 0..<column {
                    let other = base + row * order
                    target[row] = (target[row] - Columns.dot(other, target, row)) / other[row]
                }
                let pivot = original - Columns.dot(target, target, column)
                guard pivot > original * 0x1p-50, pivot.isFinite else { return false }
                target[column] = pivot.squareRoot()
                for row in column + 1..<max(order, column + 1) { target[row] = 0 }
            }
            return true
        }
        return complete ? result : nil
    }

    private static func factorLarge(_ matrix: Matrix) -> Matrix? {
        guard let order = Int32(exactly: matrix.rows) else { return nil }
        var result = matrix
        guard rondo_dpotrf(85, order, &result.storage) == 0 else { return nil }
        for column in 0..<matrix.rows {
            for row in column + 1..<max(matrix.rows, column + 1) { result.storage[column * matrix.rows + row] = 0 }
        }
        return result
    }

    /// x with A x = b; nil when b has another length.
    public func solve(_ b: [Double]) -> [Double]? {
        guard b.count == triangle.rows else { return nil }
        return TriangularSystems.solve(triangle, TriangularSystems.solveTransposed(triangle, b))
    }

    /// The inverse of A.
    public var inverse: Matrix { TriangularSystems.inverseOfGram(triangle) }

    /// The logarithm of the determinant of A.
    public var logDeterminant: Double {
        2 * Sums.compensated((0..<triangle.rows).map { Elementary.log(triangle[$0, $0]) })
    }
}
