import CSystemLibraries

/// Eigenvalues and eigenvectors of a symmetric matrix.
public struct SymmetricEigen: Sendable {
    /// Eigenvalues in decreasing order.
    public let values: [Double]
    /// Column k belongs to value k, has length 1, and its element of greatest magnitude (the first of equals) is positive.
    public let vectors: Matrix

    /// Wider matrices are left to LAPACK where it is installed; bits may then differ between processors.
    private static let ownOrderLimit = 256

    /// Decomposes a matrix, of which only the upper triangle is read; nil when it is not square or has values that are not finite.
    ///
    /// - Parameters:
    ///   - vectorCount: how many vectors are wanted, those of the greatest values first; nil stands for all.
    /// - Throws: only when cancelled.
    public init?(_ matrix: Matrix, vectorCount: Int? = nil, context: ComputeContext = .quiet) throws {
        guard matrix.rows == matrix.columns, matrix.storage.allSatisfy(\.isFinite) else { return nil }
        let order = matrix.rows
        let count = min(max(vectorCount ?? order, 0), order)
        if Self.isLarge(order), 2 * count <= order, let leading = try LeadingEigenvectors(matrix, count: count, context: context) {
            values = leading.values
            vectors = Self.upright(leading.vectors, order)
            return
        }
        guard let pair = Self.isLarge(order) ? Self.decomposeLarge(matrix) : try Self.decompose(matrix, context) else { return nil }
        let places = Sorting.order(pair.values, .descending)
        values = places.map { pair.values[$0] }
        vectors = Self.upright(places.prefix(count).flatMap { pair.vectors[$0 * order..<($0 + 1) * order] }, order)
    }

    private static func isLarge(_ order: Int) -> Bool { order > ownOrderLimit && rondo_lapack_available() != 0 }

    /// Vectors that stand one after the other, each with the sign that makes its greatest element positive.
    private static func upright(_ vectors: [Double], _ order: Int) -> Matrix {
        var result = Matrix(rows: order, columns: order > 0 ? vectors.count / order : 0)
        for start in stride(from: 0, to: vectors.count, by: max(order, 1)) {
            var peak = start
            for place in start..<start + order where vectors[place].magnitude > vectors[peak].magnitude { peak = place }
            let sign: Double = vectors[peak] < 0 ? -1 : 1
            for place in start..<start + order { result.storage[place] = sign * vectors[place] }
        }
        return result
    }

    /// Jacobi's cyclic rotations (Golub and Van Loan, 8.5): slow for large matrices, accurate and the same bits everywhere.
    private static func decompose(_ matrix: Matrix, _ context: ComputeContext) throws -> (values: [Double], vectors: [Double])? {
        let order = matrix.rows
        var a = matrix.storage
        for column in 0..<order {
            for row in 0..<column { a[row * order + column] = a[column * order + row] }
        }
        var v = Matrix.identity(order).storage
        for _ in 0..<60 {
            try context.cancellation.check()
            var rotations = 0
            for p in 0..<order {
                for q in p + 1..<max(order, p + 1) {
                    let off = a[q * order + p]
                    let (app, aqq) = (a[p * order + p], a[q * order + q])
                    if off.magnitude <= 0x1p-56 * (app.magnitude.squareRoot() * aqq.magnitude.squareRoot()) || off.magnitude < 1e-300 {
                        continue
                    }
                    rotations += 1
                    let theta = (aqq - app) / (2 * off)
                    let t = (theta < 0 ? -1 : 1) / (theta.magnitude + (1 + theta * theta).squareRoot())
                    let c = 1 / (1 + t * t).squareRoot()
                    rotate(&a, &v, order, p, q, cosine: c, sine: t * c, tangent: t)
                }
            }
            if rotations == 0 { break }
        }
        return ((0..<order).map { a[$0 * order + $0] }, v)
    }

    private static func rotate(
        _ a: inout [Double], _ v: inout [Double], _ order: Int, _ p: Int, _ q: Int, cosine c: Double, sine s: Double, tangent t: Double
    ) {
        let off = a[q * order + p]
        a[p * order + p] -= t * off
        a[q * order + q] += t * off
        a[q * order + p] = 0
        a[p * order + q] = 0
        for k in 0..<order where k != p && k != q {
            let (x, y) = (a[p * order + k], a[q * order + k])
            let (newX, newY) = (c * x - s * y, s * x + c * y)
            a[p * order + k] = newX
            a[k * order + p] = newX
            a[q * order + k] = newY
            a[k * order + q] = newY
        }
        for k in 0..<order {
            let (x, y) = (v[p * order + k], v[q * order + k])
            v[p * order + k] = c * x - s * y
            v[q * order + k] = s * x + c * y
        }
    }

    private static func decomposeLarge(_ matrix: Matrix) -> (values: [Double], vectors: [Double])? {
        guard let order = Int32(exactly: matrix.rows) else { return nil }
        let size = matrix.rows
        var vectors = matrix.storage
        var values = [Double](repeating: 0, count: size)
        var work = [Double](repeating: 0, count: 1 + 6 * size + 2 * size * size)
        var integers = [Int32](repeating: 0, count: 3 + 5 * size)
        guard let workCount = Int32(exactly: work.count) else { return nil }
        let info = rondo_dsyevd(86, 85, order, &vectors, &values, &work, workCount, &integers, Int32(integers.count))
        return info == 0 ? (values, vectors) : nil
    }
}
