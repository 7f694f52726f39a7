/// An unevaluated sum of two doubles: about 32 significant digits.
///
/// Exact transformations of Dekker (1971) and Knuth (volume 2, 4.2.2), without fused operations, so that the bits are the same on every
/// processor. Where a result is not finite, the low part is 0.
public struct DoubleDouble: Hashable, Sendable {
    /// The sum rounded to a double.
    public var high: Double
    /// What rounding left over.
    public var low: Double

    /// A sum of two parts, of which the low one is at most half a unit in the last place of the high one.
    @inlinable
    public init(_ high: Double, _ low: Double = 0) {
        self.high = high
        self.low = low
    }

    /// The nearest double.
    @inlinable public var value: Double { high + low }

    /// a + b exactly, for any order of magnitude.
    @inlinable
    public static func sum(_ a: Double, _ b: Double) -> DoubleDouble {
        let high = a + b
        guard high.isFinite else { return DoubleDouble(high) }
        let shadow = high - a
        return DoubleDouble(high, (a - (high - shadow)) + (b - shadow))
    }

    /// a + b exactly when |a| >= |b| or a is 0.
    @inlinable
    static func orderedSum(_ a: Double, _ b: Double) -> DoubleDouble {
        let high = a + b
        guard high.isFinite else { return DoubleDouble(high) }
        return DoubleDouble(high, b - (high - a))
    }

    /// a * b exactly; beyond 2^990, where splitting would overflow, only rounded; products below 2^-970 lose the low part's last bits.
    @inlinable
    public static func product(_ a: Double, _ b: Double) -> DoubleDouble {
        let high = a * b
        guard a.magnitude < 0x1p990, b.magnitude < 0x1p990, high.magnitude < 0x1p1020 else { return DoubleDouble(high) }
        let scaledA = a * 134_217_729
        let scaledB = b * 134_217_729
        let headA = scaledA - (scaledA - a)
        let headB = scaledB - (scaledB - b)
        let tailA = a - headA
        let tailB = b - headB
        let low = ((headA * headB - high) + headA * tailB + tailA * headB) + tailA * tailB
        return DoubleDouble(high, low)
    }

    /// The sum; relative error below 2^-104.
    @inlinable
    public static func + (a: DoubleDouble, b: Double) -> DoubleDouble {
        let total = sum(a.high, b)
        return orderedSum(total.high, total.low + a.low)
    }

    /// The sum; relative error below 2^-103.
    @inlinable
    public static func + (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
        let heads = sum(a.high, b.high)
        let tails = sum(a.low, b.low)
        let joined = orderedSum(heads.high, heads.low + tails.high)
        return orderedSum(joined.high, joined.low + tails.low)
    }

    /// The value with the other sign, exactly.
    @inlinable
    public static prefix func - (a: DoubleDouble) -> DoubleDouble { DoubleDouble(-a.high, -a.low) }

    /// The difference; relative error as of the sum.
    @inlinable
    public static func - (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble { a + (-b) }

    /// The product; relative error below 2^-102.
    @inlinable
    public static func * (a: DoubleDouble, b: Double) -> DoubleDouble {
        let heads = product(a.high, b)
        return orderedSum(heads.high, heads.low + a.low * b)
    }

    /// The product; relative error below 2^-101.
    @inlinable
    public static func * (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
        let heads = product(a.high, b.high)
        return orderedSum(heads.high, heads.low + (a.high * b.low + a.low * b.high))
    }

    /// The quotient; relative error below 2^-100 away from overflow and underflow.
    @inlinable
    public static func / (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
        let first = a.high / b.high
        guard first.isFinite else { return DoubleDouble(first) }
        let rest = a - b * first
        let second = rest.high / b.high
        let rest2 = rest - b * second
        return orderedSum(first, second) + rest2.high / b.high
    }

    /// Adds a double.
    @inlinable
    public static func += (a: inout DoubleDouble, b: Double) { a = a + b }

    /// Adds a sum of two doubles.
    @inlinable
    public static func += (a: inout DoubleDouble, b: DoubleDouble) { a = a + b }
}
