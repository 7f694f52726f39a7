/// Inner loops over columns in twice the working precision, four lanes at a time.
///
/// The exact errors of products (Dekker 1971) and additions (Knuth) are added up beside the plain result (Ogita, Rump, Oishi,
/// "Accurate sum and dot product", 2005). Where a value is not finite, or beyond 2^990, its error counts as 0.
extension Columns {
    @inlinable @inline(__always)
    static func finiteOrZero(_ value: SIMD4<Double>) -> SIMD4<Double> {
        value.replacing(with: 0, where: value .!= value)
    }

    /// The rounding error of the product of `a` and `b`.
    @inlinable @inline(__always)
    static func productError(_ a: SIMD4<Double>, _ b: SIMD4<Double>, _ product: SIMD4<Double>) -> SIMD4<Double> {
        let scaledA = a * 134_217_729
        let scaledB = b * 134_217_729
        let headA = scaledA - (scaledA - a)
        let headB = scaledB - (scaledB - b)
        let tailA = a - headA
        let tailB = b - headB
        return finiteOrZero(((headA * headB - product) + headA * tailB + tailA * headB) + tailA * tailB)
    }

    /// The rounding error of the sum of `a` and `b`.
    @inlinable @inline(__always)
    static func sumError(_ a: SIMD4<Double>, _ b: SIMD4<Double>, _ sum: SIMD4<Double>) -> SIMD4<Double> {
        let shadow = sum - a
        return finiteOrZero((a - (sum - shadow)) + (b - shadow))
    }

    /// The sum of the lanes and their errors.
    @inlinable
    static func joined(_ high: SIMD4<Double>, _ low: SIMD4<Double>) -> DoubleDouble {
        (0..<4).reduce(DoubleDouble(0)) { $0 + DoubleDouble.orderedSum(high[$1], low[$1]) }
    }

    /// The sum of values and the number of NaN, which are left out when `skipping`.
    @inlinable
    static func extendedSum(_ values: UnsafePointer<Double>, _ count: Int, skipping: Bool) -> (sum: DoubleDouble, missing: Int) {
        var high = SIMD4<Double>.zero
        var low = SIMD4<Double>.zero
        var missing = SIMD4<Int64>.zero
        var index = 0
        while index + 4 <= count {
            var value = lanes(values, index)
            let absent = value .!= value
            missing.replace(with: missing &+ 1, where: absent)
            if skipping { value.replace(with: 0, where: absent) }
            let next = high + value
            low += sumError(high, value, next)
            high = next
            index += 4
        }
        var total = joined(high, low)
        var absentCount = Int(missing.wrappedSum())
        while index < count {
            let value = values[index]
            if value.isNaN { absentCount += 1 }
            if !(skipping && value.isNaN) { total += value }
            index += 1
        }
        return (total, absentCount)
    }

    /// The sum of a[i] b[i] for i in 0..<count.
    @inlinable
    static func extendedDot(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ count: Int) -> DoubleDouble {
        var high = SIMD4<Double>.zero
        var low = SIMD4<Double>.zero
        var index = 0
        while index + 4 <= count {
            let (x, y) = (lanes(a, index), lanes(b, index))
            let product = x * y
            let next = high + product
            low += productError(x, y, product) + sumError(high, product, next)
            high = next
            index += 4
        }
        var total = joined(high, low)
        while index < count {
            total += DoubleDouble.product(a[index], b[index])
            index += 1
        }
        return total
    }

    /// high[i] + low[i] += factor x[i] for i in 0..<count.
    @inlinable
    static func extendedAdd(
        _ factor: Double, _ x: UnsafePointer<Double>, to high: UnsafeMutablePointer<Double>, _ low: UnsafeMutablePointer<Double>,
        _ count: Int
    ) {
        let factors = SIMD4<Double>(repeating: factor)
        var index = 0
        while index + 4 <= count {
            let (value, old) = (lanes(x, index), lanes(high, index))
            let product = value * factors
            let next = old + product
            store(lanes(low, index) + (productError(value, factors, product) + sumError(old, product, next)), low, index)
            store(next, high, index)
            index += 4
        }
        while index < count {
            let product = DoubleDouble.product(x[index], factor)
            let next = DoubleDouble.sum(high[index], product.high)
            low[index] += product.low + next.low
            high[index] = next.high
            index += 1
        }
    }
}
