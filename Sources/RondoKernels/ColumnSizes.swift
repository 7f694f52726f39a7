/// Sizes of columns, four lanes at a time: what scaling and centring ask for.
extension Sums {
    /// The least and the greatest value; nil when there is none, or one is not finite.
    /// - Parameter weights: as many as values; a value without a positive weight does not count. nil counts all.
    public static func extremes(
        _ values: UnsafeBufferPointer<Double>, weights: UnsafeBufferPointer<Double>? = nil
    ) -> ClosedRange<Double>? {
        guard let base = values.baseAddress else { return nil }
        let count = weights.map { min($0.count, values.count) } ?? values.count
        var least = SIMD4<Double>(repeating: .infinity)
        var most = SIMD4<Double>(repeating: -.infinity)
        // A value less itself is 0, and NaN where it is not finite.
        var nothing = SIMD4<Double>.zero
        var index = 0
        while index + 4 <= count {
            let value = Columns.lanes(base, index)
            var (low, high) = (value, value)
            if let weight = weights?.baseAddress {
                let absent = .!(Columns.lanes(weight, index) .> 0)
                low.replace(with: .infinity, where: absent)
                high.replace(with: -.infinity, where: absent)
            }
            nothing += value - value
            least.replace(with: low, where: low .< least)
            most.replace(with: high, where: high .> most)
            index += 4
        }
        var (low, high, rest) = (least.min(), most.max(), nothing.sum())
        while index < count {
            rest += base[index] - base[index]
            if weights.map({ $0[index] > 0 }) ?? true { (low, high) = (min(low, base[index]), max(high, base[index])) }
            index += 1
        }
        return rest == 0 && low <= high ? low...high : nil
    }

    /// The sum of value times factor times weight, in twice the working precision; each product is rounded once a factor.
    public static func extended(
        _ values: UnsafeBufferPointer<Double>, times factor: Double, weights: UnsafeBufferPointer<Double>? = nil
    ) -> DoubleDouble {
        extended(values, weights: weights) { $0 * factor }
    }

    /// The sum of weight times (value times factor - center) squared, in twice the working precision.
    public static func extendedSquares(
        _ values: UnsafeBufferPointer<Double>, times factor: Double, around center: Double, weights: UnsafeBufferPointer<Double>? = nil
    ) -> DoubleDouble {
        extended(values, weights: weights) { value in
            let distance = value * factor - center
            return distance * distance
        }
    }

    @inline(__always)
    private static func extended(
        _ values: UnsafeBufferPointer<Double>, weights: UnsafeBufferPointer<Double>?, _ change: (SIMD4<Double>) -> SIMD4<Double>
    ) -> DoubleDouble {
        guard let base = values.baseAddress else { return DoubleDouble(0) }
        let count = weights.map { min($0.count, values.count) } ?? values.count
        var high = SIMD4<Double>.zero
        var low = SIMD4<Double>.zero
        var index = 0
        while index + 4 <= count {
            var term = change(Columns.lanes(base, index))
            if let weight = weights?.baseAddress { term *= Columns.lanes(weight, index) }
            let next = high + term
            low += Columns.sumError(high, term, next)
            high = next
            index += 4
        }
        var total = Columns.joined(high, low)
        while index < count {
            total += change(SIMD4(repeating: base[index]))[0] * (weights?[index] ?? 1)
            index += 1
        }
        return total
    }
}
