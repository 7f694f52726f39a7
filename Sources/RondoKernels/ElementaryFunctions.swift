// Links the C library, of which only exact operations are used: square root, rounding, remainder.
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Elementary functions in plain double arithmetic: the same bits on every processor.
///
/// The C library chooses other code where fused operations exist, so its results differ between machines.
/// Errors stated are in units in the last place (ulp).
public enum Elementary {
    // Computed, so that they become immediate constants in other modules too.
    @inlinable static var log2e: Double { 0x1.71547652b82fep+0 }
    /// ln 2 with 21 trailing zero bits, so that small multiples are exact.
    @inlinable static var ln2High: Double { 0x1.62e42fee00000p-1 }
    /// ln 2 minus `ln2High`.
    @inlinable static var ln2Low: Double { 0x1.a39ef35793c76p-33 }
    /// Adding and taking away 1.5 * 2^52 rounds to the nearest whole number.
    @inlinable static var rounder: Double { 0x1.8p+52 }

    /// e^x, error below 1 ulp; 0 below -745.14, infinity above 709.79.
    @inlinable
    public static func exp(_ x: Double) -> Double {
        guard x <= 709.782712893384 else { return x.isNaN ? x : .infinity }
        guard x > -745.1332191019412 else { return 0 }
        let k = (x * log2e + rounder) - rounder
        let high = x - k * ln2High
        let low = k * ln2Low
        let reduced = high - low
        let tail = (high - reduced) - low
        return scale(1 + (reduced + (tail + reduced * reduced * expSeries(reduced))), byTwoTo: Int(k))
    }

    /// (e^r - 1 - r) / r^2 for |r| <= 0.35 by its Taylor series; the part left out is below 1e-17.
    @inlinable
    static func expSeries(_ r: Double) -> Double {
        let square = r * r
        let fourth = square * square
        let p0 = 0.5 + r * (1.0 / 6)
        let p1 = 1.0 / 24 + r * (1.0 / 120)
        let p2 = 1.0 / 720 + r * (1.0 / 5_040)
        let p3 = 1.0 / 40_320 + r * (1.0 / 362_880)
        let p4 = 1.0 / 3_628_800 + r * (1.0 / 39_916_800)
        let p5 = 1.0 / 479_001_600 + r * (1.0 / 6_227_020_800)
        return (p0 + square * p1) + fourth * ((p2 + square * p3) + fourth * (p4 + square * p5))
    }

    /// value * 2^exponent, rounded once; exponents from -1100 to 1024.
    @inlinable
    static func scale(_ value: Double, byTwoTo exponent: Int) -> Double {
        if exponent >= -1021 && exponent <= 1023 { return value * Double(bitPattern: UInt64(exponent + 1023) << 52) }
        if exponent > 1023 { return value * 2 * 0x1p+1023 }
        return value * Double(bitPattern: UInt64(exponent + 1000 + 1023) << 52) * 0x1p-1000
    }

    /// e^x - 1 without cancellation near 0, error below 1.1 ulp.
    public static func expm1(_ x: Double) -> Double {
        if x.isNaN || x == 0 { return x }
        if x > 40 { return exp(x) }
        if x < -38 { return -1 }
        let k = (x * log2e + rounder) - rounder
        let high = x - k * ln2High
        let low = k * ln2Low
        let reduced = high - low
        let tail = (high - reduced) - low
        let curve = reduced * reduced * expSeries(reduced)
        if k == 0 { return reduced + (tail + curve) }
        let grown = DoubleDouble.orderedSum(reduced, tail + curve)
        // 2^k (1 + grown) - 1 = 2^k ((1 - 2^-k) + grown), and 1 - 2^-k is exact for these k.
        let power = Double(bitPattern: UInt64(Int(k) + 1023) << 52)
        let total = DoubleDouble.sum(1 - 1 / power, grown.high)
        return power * (total.high + (total.low + grown.low))
    }

    /// The logistic function 1 / (1 + e^-x), error below 2 ulp, without overflow.
    @inlinable
    public static func logistic(_ x: Double) -> Double {
        if x >= 0 { return 1 / (1 + exp(-x)) }
        let power = exp(x)
        return power / (1 + power)
    }

    /// The natural logarithm, error below 1 ulp; NaN below 0, minus infinity at 0.
    @inlinable
    public static func log(_ x: Double) -> Double {
        guard x > 0, x < .infinity else { return logAtEdge(x) }
        let (f, k) = splitNearOne(x)
        return logOfSplit(f, k, correction: 0)
    }

    @usableFromInline
    static func logAtEdge(_ x: Double) -> Double {
        if x == 0 { return -.infinity }
        return x > 0 ? .infinity : .nan
    }

    /// x = 2^k (1 + f) with 1 + f in [sqrt(1/2), sqrt 2).
    @inlinable
    static func splitNearOne(_ x: Double) -> (f: Double, k: Double) {
        var bits = x.bitPattern
        var k = 0.0
        if bits < 0x0010_0000_0000_0000 {
            bits = (x * 0x1p+54).bitPattern
            k = -54
        }
        // Moves the bound of mantissas from 1 to sqrt(1/2).
        let shifted = bits &+ (0x3FF0_0000_0000_0000 &- 0x3FE6_A09E_0000_0000)
        k += Double(Int(truncatingIfNeeded: shifted >> 52) &- 1023)
        let mantissa = (shifted & 0x000F_FFFF_FFFF_FFFF) &+ 0x3FE6_A09E_0000_0000
        return (Double(bitPattern: mantissa) - 1, k)
    }

    /// k ln 2 + ln(1 + f) + correction, where the correction is tiny.
    ///
    /// With s = f / (2 + f), ln(1 + f) = 2 artanh s; the polynomial in s^2 is the one of FreeBSD's msun (Sun Microsystems 1993, e_log.c).
    @inlinable
    static func logOfSplit(_ f: Double, _ k: Double, correction: Double) -> Double {
        let s = f / (2 + f)
        let z = s * s
        let w = z * z
        let even = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01))
        let odd =
            z * (6.666666666666735130e-01 + w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)))
        let half = 0.5 * f * f
        return k * ln2High - ((half - (s * (half + (even + odd)) + (k * ln2Low + correction))) - f)
    }

    /// ln(1 + x) without cancellation near 0, error below 1 ulp.
    public static func log1p(_ x: Double) -> Double {
        guard x > -1, x < .infinity else { return x == -1 ? -.infinity : (x > 0 ? x : .nan) }
        if x.magnitude < 0x1p-54 { return x }
        let total = DoubleDouble.sum(1, x)
        let (f, k) = splitNearOne(total.high)
        return logOfSplit(f, k, correction: total.low / total.high)
    }
}
