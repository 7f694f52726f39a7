import CSystemLibraries

/// All eigenvalues of a large symmetric matrix, and the vectors of the greatest ones only: most of the work of the others is left out.
///
/// The matrix is brought to three diagonals; their eigenvectors come from relatively robust representations (Dhillon and Parlett 2004,
/// "Multiple representations to compute orthogonal eigenvectors of symmetric tridiagonal matrices").
struct LeadingEigenvectors {
    /// In decreasing order.
    let values: [Double]
    /// One after the other, that of the greatest value first.
    let vectors: [Double]

    /// Products of different vectors beyond this are no rounding errors.
    private static let mostOverlap = 1e-11

    /// nil where LAPACK does not find them, or they do not stand at right angles.
    ///
    /// Throws when cancelled.
    init?(_ matrix: Matrix, count: Int, context: ComputeContext) throws {
        let order = matrix.rows
        // A power of two brings the numbers to the middle of their range.
        let peak = matrix.storage.reduce(0) { max($0, $1.magnitude) }
        guard count > 0, peak > 0 else { return nil }
        let scale = Double(sign: .plus, exponent: min(max(-Int(peak.exponent), -1000), 1000), significand: 1)
        guard let bands = ThreeDiagonals(matrix.storage.map { $0 * scale }, order: order) else { return nil }
        try context.cancellation.check()
        let all = BackgroundWork(context: context) { bands.values }
        guard let found = bands.vectors(count: count), Self.areApart(found, order), let values = try all.value() else { return nil }
        self.values = values.reversed().map { $0 / scale }
        vectors = (0..<count).reversed().flatMap { found[$0 * order..<($0 + 1) * order] }
    }

    /// Whether vectors of some length that stand one after the other are at right angles.
    private static func areApart(_ vectors: [Double], _ order: Int) -> Bool {
        vectors.withUnsafeBufferPointer { vectors in
            guard let base = vectors.baseAddress else { return false }
            let starts = stride(from: 0, to: vectors.count, by: order)
            return starts.allSatisfy { one in
                stride(from: 0, to: one, by: order).allSatisfy { Columns.dot(base + one, base + $0, order).magnitude < mostOverlap }
            }
        }
    }

    /// A matrix that orthogonal transformations have brought to three diagonals.
    private struct ThreeDiagonals: Sendable {
        private let order: Int
        private let diagonal: [Double]
        /// Beside the diagonal; one element more for the use of LAPACK.
        private let beside: [Double]
        private let reflectors: [Double]
        private let factors: [Double]

        private static let upper = CChar(85)
        private static let left = CChar(76)
        private static let plain = CChar(78)

        init?(_ matrix: [Double], order: Int) {
            guard let size = Int32(exactly: order), let work = Int32(exactly: 64 * order) else { return nil }
            var (reflectors, space) = (matrix, [Double](repeating: 0, count: 64 * order))
            var diagonal = [Double](repeating: 0, count: order)
            var (beside, factors) = (diagonal, diagonal)
            guard rondo_dsytrd(Self.upper, size, &reflectors, &diagonal, &beside, &factors, &space, work) == 0 else { return nil }
            (self.order, self.diagonal, self.beside) = (order, diagonal, beside)
            (self.reflectors, self.factors) = (reflectors, factors)
        }

        /// All eigenvalues, ascending.
        var values: [Double]? {
            var (values, rest) = (diagonal, beside)
            return rondo_dsterf(Int32(truncatingIfNeeded: order), &values, &rest) == 0 ? values : nil
        }

        /// The eigenvectors of the greatest values, in the ascending order of these.
        func vectors(count: Int) -> [Double]? {
            let size = Int32(truncatingIfNeeded: order)
            var (main, side) = (diagonal, beside)
            var (values, vectors) = ([Double](repeating: 0, count: order), [Double](repeating: 0, count: order * count))
            var space = [Double](repeating: 0, count: 64 * order)
            var (support, integers) = ([Int32](repeating: 0, count: 2 * order), [Int32](repeating: 0, count: 10 * order))
            let (work, wanted) = (64 * size, Int32(truncatingIfNeeded: count))
            guard
                rondo_dstemr(
                    size, &main, &side, size - wanted + 1, size, &values, &vectors, &support, &space, work, &integers, 10 * size) == 0,
                rondo_dormtr(
                    Self.left, Self.upper, Self.plain, size, wanted, reflectors, size, factors, &vectors, &space, work) == 0
            else { return nil }
            return vectors
        }
    }
}
