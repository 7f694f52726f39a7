/// Sums in a fixed order: the same bits on every processor and for any number of threads.
public enum Sums {
    /// Missing values are NaN.
    public enum Missing: Sendable {
        /// A NaN makes the result NaN.
        case kept
        /// NaN values are left out.
        case skipped
    }

    @inlinable static var blockSize: Int { 128 }

    /// The sum by halving down to blocks of 128 values, each summed in eight lanes; 0 when empty.
    ///
    /// The error grows with the logarithm of the count (Higham, "Accuracy and stability of numerical algorithms", 4.2).
    @inlinable
    public static func pairwise(_ values: UnsafeBufferPointer<Double>, missing: Missing = .kept) -> Double {
        guard values.count > blockSize else { return block(values, missing) }
        let blocks = (values.count + blockSize - 1) / blockSize
        let middle = (blocks / 2) * blockSize
        return pairwise(UnsafeBufferPointer(rebasing: values[..<middle]), missing: missing)
            + pairwise(UnsafeBufferPointer(rebasing: values[middle...]), missing: missing)
    }

    @inlinable
    static func block(_ values: UnsafeBufferPointer<Double>, _ missing: Missing) -> Double {
        var lanes = SIMD8<Double>.zero
        var index = 0
        while index + 8 <= values.count {
            for lane in 0..<8 {
                let value = values[index + lane]
                lanes[lane] += missing == .skipped && value.isNaN ? 0 : value
            }
            index += 8
        }
        var total = ((lanes[0] + lanes[4]) + (lanes[1] + lanes[5])) + ((lanes[2] + lanes[6]) + (lanes[3] + lanes[7]))
        while index < values.count {
            let value = values[index]
            total += missing == .skipped && value.isNaN ? 0 : value
            index += 1
        }
        return total
    }

    /// The pairwise sum of an array.
    @inlinable
    public static func pairwise(_ values: [Double], missing: Missing = .kept) -> Double {
        values.withUnsafeBufferPointer { pairwise($0, missing: missing) }
    }

    /// The sum with a running correction (Neumaier 1974); 0 when empty.
    @inlinable
    public static func compensated(_ values: UnsafeBufferPointer<Double>, missing: Missing = .kept) -> Double {
        var total = 0.0
        var correction = 0.0
        for value in values {
            if missing == .skipped && value.isNaN { continue }
            let next = total + value
            correction += total.magnitude >= value.magnitude ? (total - next) + value : (value - next) + total
            total = next
        }
        // Infinite sums have a correction that is not a number.
        return total.isFinite ? total + correction : total
    }

    /// The same sum of values that are made one after the other.
    @inlinable
    public static func compensated(_ count: Int, _ value: (Int) -> Double) -> Double {
        var total = 0.0
        var correction = 0.0
        for index in 0..<max(count, 0) {
            let value = value(index)
            let next = total + value
            correction += total.magnitude >= value.magnitude ? (total - next) + value : (value - next) + total
            total = next
        }
        return total.isFinite ? total + correction : total
    }

    /// The compensated sum of an array.
    @inlinable
    public static func compensated(_ values: [Double], missing: Missing = .kept) -> Double {
        values.withUnsafeBufferPointer { compensated($0, missing: missing) }
    }

    /// The sum in twice the working precision; 0 when empty.
    @inlinable
    public static func extended(_ values: UnsafeBufferPointer<Double>, missing: Missing = .kept) -> DoubleDouble {
        values.baseAddress.map { Columns.extendedSum($0, values.count, skipping: missing == .skipped).sum } ?? DoubleDouble(0)
    }

    /// The sum of products in four lanes, over the shorter of the two lengths.
    @inlinable
    public static func dot(_ a: UnsafeBufferPointer<Double>, _ b: UnsafeBufferPointer<Double>) -> Double {
        guard let first = a.baseAddress, let second = b.baseAddress else { return 0 }
        return Columns.dot(first, second, min(a.count, b.count))
    }

    /// The sum of products of two arrays, over the shorter of the two lengths.
    @inlinable
    public static func dot(_ a: [Double], _ b: [Double]) -> Double {
        a.withUnsafeBufferPointer { first in b.withUnsafeBufferPointer { second in dot(first, second) } }
    }

    /// The sum of products in twice the working precision, over the shorter of the two lengths.
    @inlinable
    public static func extendedDot(_ a: UnsafeBufferPointer<Double>, _ b: UnsafeBufferPointer<Double>) -> DoubleDouble {
        guard let first = a.baseAddress, let second = b.baseAddress else { return DoubleDouble(0) }
        return Columns.extendedDot(first, second, min(a.count, b.count))
    }

    /// The arithmetic mean, rounded once from twice the working precision; NaN when there is nothing to average.
    @inlinable
    public static func mean(_ values: UnsafeBufferPointer<Double>, missing: Missing = .kept) -> Double {
        guard let base = values.baseAddress else { return .nan }
        let total = Columns.extendedSum(base, values.count, skipping: missing == .skipped)
        let count = missing == .skipped ? values.count - total.missing : values.count
        return count == 0 ? .nan : (total.sum / DoubleDouble(Double(count))).value
    }

    /// The arithmetic mean of an array.
    @inlinable
    public static func mean(_ values: [Double], missing: Missing = .kept) -> Double {
        values.withUnsafeBufferPointer { mean($0, missing: missing) }
    }
}
