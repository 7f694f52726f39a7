import CSystemLibraries

/// The equations of one row of a factored matrix, (G + sum of (c - 1) y y') x = sum of c y, solved by Cholesky factors in single precision.
///
/// Working memory of one thread. The bits depend neither on the processor nor on the rows solved before.
package final class FactorEquations {
    private let stride: Int
    private let work: UnsafeMutablePointer<Float>

    /// How many numbers each vector has, the last ones zero, for this many factors.
    package static func stride(_ factors: Int) -> Int { (factors + 15) / 16 * 16 }

    /// - Parameter stride: numbers of a vector, a multiple of 16.
    package init(stride: Int) {
        precondition(stride > 0 && stride % 16 == 0)
        self.stride = stride
        let count = Int(rondo_factor_work(Int64(stride)))
        work = UnsafeMutablePointer<Float>.allocate(capacity: count)
        work.initialize(repeating: 0, count: count)
    }

    deinit { work.deallocate() }

    /// Makes and factors the matrix.
    ///
    /// - Parameters:
    ///   - common: G, `stride` times `stride`.
    ///   - vectors: all y, one after the other.
    ///   - items: which of them count, each there.
    ///   - weights: c, one an item.
    package func setMatrix(_ common: [Float], _ vectors: [Float], items: ArraySlice<Int32>, weights: ArraySlice<Double>) {
        precondition(common.count == stride * stride && items.count == weights.count)
        items.withUnsafeBufferPointer { items in
            weights.withUnsafeBufferPointer { weights in
                guard let first = items.baseAddress, let weight = weights.baseAddress else {
                    return rondo_factor_matrix(common, vectors, Int64(stride), [], [], 0, work)
                }
                rondo_factor_matrix(common, vectors, Int64(stride), first, weight, Int64(items.count), work)
            }
        }
    }

    /// Writes the `stride` numbers of x.
    package func solve(
        _ vectors: [Float], items: ArraySlice<Int32>, weights: ArraySlice<Double>, into target: UnsafeMutableBufferPointer<Float>
    ) {
        precondition(target.count == stride && items.count == weights.count)
        items.withUnsafeBufferPointer { items in
            weights.withUnsafeBufferPointer { weights in
                guard let first = items.baseAddress, let weight = weights.baseAddress, let target = target.baseAddress else { return }
                rondo_factor_right(vectors, Int64(stride), first, weight, Int64(items.count), target)
                rondo_factor_solve(work, Int64(stride), target)
            }
        }
    }

    /// The solution for another right side of `stride` numbers.
    package func solution(_ right: [Float]) -> [Float] {
        precondition(right.count == stride)
        var solution = right
        rondo_factor_solve(work, Int64(stride), &solution)
        return solution
    }
}
