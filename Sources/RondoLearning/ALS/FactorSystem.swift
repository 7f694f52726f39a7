/// The equations of one person or item: (G + sum of (c - 1) y y') x = sum of c y, solved by Cholesky factors in single precision.
///
/// Working memory of one thread.
final class FactorSystem {
    private let stride: Int
    private let factors: Int
    /// The upper triangle, row by row; the lower one is not read but for the register of the diagonal.
    private let matrix: UnsafeMutablePointer<Float>
    private let right: UnsafeMutablePointer<Float>
    /// One over each pivot; 0 for a direction that the equations do not determine.
    private let inverses: UnsafeMutablePointer<Float>

    init(factors: Int, stride: Int) {
        self.factors = factors
        self.stride = stride
        matrix = UnsafeMutablePointer<Float>.allocate(capacity: stride * stride)
        right = UnsafeMutablePointer<Float>.allocate(capacity: stride)
        inverses = UnsafeMutablePointer<Float>.allocate(capacity: stride)
        matrix.initialize(repeating: 0, count: stride * stride)
        right.initialize(repeating: 0, count: stride)
        inverses.initialize(repeating: 0, count: stride)
    }

    deinit {
        matrix.deallocate()
        right.deallocate()
        inverses.deallocate()
    }

    /// Makes the matrix of somebody with these items of weights c.
    func setMatrix(_ common: [Float], _ rows: FactorRows, items: ArraySlice<Int32>, weights: ArraySlice<Double>) {
        common.withUnsafeBufferPointer { common in
            guard let base = common.baseAddress else { return }
            matrix.update(from: base, count: stride * stride)
        }
        rows.values.withUnsafeBufferPointer { values in
            guard let base = values.baseAddress else { return }
            for (item, weight) in zip(items, weights) where weight != 1 {
                add(Float(weight - 1), base + Int(item) * stride)
            }
        }
    }

    /// Adds a multiple of the products of a vector with itself.
    private func add(_ factor: Float, _ vector: UnsafePointer<Float>) {
        for row in 0..<factors {
            let scale = SIMD4<Float>(repeating: factor * vector[row])
            let target = matrix + row * stride
            for column in Swift.stride(from: row / 4 * 4, to: stride, by: 4) {
                Self.store(Self.lanes(target, column) + scale * Self.lanes(vector, column), target, column)
            }
        }
    }

    /// U with U'U = A in place of the upper triangle, row after row (Golub and Van Loan, 4.2.6).
    func factorise() {
        for pivot in 0..<factors { inverses[pivot] = matrix[pivot * stride + pivot] }
        for pivot in 0..<factors {
            let row = matrix + pivot * stride
            let value = row[pivot]
            // A direction whose pivot is lost in rounding is left out.
            let inverse = value > inverses[pivot] * 0x1p-20 ? 1 / value.squareRoot() : 0
            inverses[pivot] = inverse
            let first = pivot / 4 * 4
            for column in first..<pivot { row[column] = 0 }
            let scale = SIMD4<Float>(repeating: inverse)
            for column in Swift.stride(from: first, to: stride, by: 4) { Self.store(Self.lanes(row, column) * scale, row, column) }
            for below in pivot + 1..<max(factors, pivot + 1) {
                let scale = SIMD4<Float>(repeating: row[below])
                let target = matrix + below * stride
                for column in Swift.stride(from: below / 4 * 4, to: stride, by: 4) {
                    Self.store(Self.lanes(target, column) - scale * Self.lanes(row, column), target, column)
                }
            }
        }
    }

    /// The solution for items of weights c.
    func solve(_ rows: FactorRows, items: ArraySlice<Int32>, weights: ArraySlice<Double>, into target: UnsafeMutablePointer<Float>) {
        right.update(repeating: 0, count: stride)
        rows.values.withUnsafeBufferPointer { values in
            guard let base = values.baseAddress else { return }
            for (item, weight) in zip(items, weights) {
                let scale = SIMD4<Float>(repeating: Float(weight))
                let vector = base + Int(item) * stride
                for column in Swift.stride(from: 0, to: stride, by: 4) {
                    Self.store(Self.lanes(right, column) + scale * Self.lanes(vector, column), right, column)
                }
            }
        }
        substitute()
        target.update(from: right, count: stride)
    }

    /// The solution for a right side of `stride` numbers.
    func solve(_ vector: [Float]) -> [Float] {
        for place in 0..<stride { right[place] = place < factors ? vector[place] : 0 }
        substitute()
        return (0..<stride).map { right[$0] }
    }

    /// Solves U'U x = right in place.
    private func substitute() {
        for place in 0..<factors {
            let value = right[place] * inverses[place]
            let row = matrix + place * stride
            let scale = SIMD4<Float>(repeating: value)
            for column in Swift.stride(from: place / 4 * 4, to: stride, by: 4) {
                Self.store(Self.lanes(right, column) - scale * Self.lanes(row, column), right, column)
            }
            right[place] = value
        }
        for place in (0..<factors).reversed() {
            let row = matrix + place * stride
            var sum = right[place]
            for column in place + 1..<max(factors, place + 1) { sum -= row[column] * right[column] }
            right[place] = sum * inverses[place]
        }
    }

    @inline(__always)
    private static func lanes(_ pointer: UnsafePointer<Float>, _ index: Int) -> SIMD4<Float> {
        UnsafeRawPointer(pointer + index).loadUnaligned(as: SIMD4<Float>.self)
    }

    @inline(__always)
    private static func lanes(_ pointer: UnsafeMutablePointer<Float>, _ index: Int) -> SIMD4<Float> {
        UnsafeRawPointer(pointer + index).loadUnaligned(as: SIMD4<Float>.self)
    }

    @inline(__always)
    private static func store(_ value: SIMD4<Float>, _ pointer: UnsafeMutablePointer<Float>, _ index: Int) {
        UnsafeMutableRawPointer(pointer + index).storeBytes(of: value, as: SIMD4<Float>.self)
    }
}
