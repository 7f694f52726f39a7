extension Elementary {
    /// ln x to about 65 bits for positive finite x.
    static func extendedLog(_ x: Double) -> DoubleDouble {
        let (f, k) = splitNearOne(x)
        let s = DoubleDouble(f) / DoubleDouble.sum(2, f)
        let square = s * s
        let z = square.high
        // 2 artanh s = 2 s (1 + s^2/3 + s^4/5 + …); s^2 is at most 0.03: eleven terms reach 2^-66, and only the first needs both halves.
        let w = z * z
        let even = 1.0 / 5 + w * (1.0 / 9 + w * (1.0 / 13 + w * (1.0 / 17 + w * (1.0 / 21))))
        let odd = 1.0 / 7 + w * (1.0 / 11 + w * (1.0 / 15 + w * (1.0 / 19 + w * (1.0 / 23))))
        let series = even + z * odd
        let third = DoubleDouble(0x1.5555555555555p-2, 0x1.5555555555555p-56)
        let factor = square * (third + z * series) + 1
        let ln2 = DoubleDouble(0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56)
        return ln2 * k + (s * 2) * factor
    }

    /// x^y with the edge cases of IEEE 754, error below 1 ulp.
    public static func pow(_ x: Double, _ y: Double) -> Double {
        if y == 0 || x == 1 { return 1 }
        if x.isNaN || y.isNaN { return .nan }
        let isWhole = y.magnitude >= 0x1p53 || y == y.rounded(.towardZero)
        let isOdd = isWhole && y.magnitude < 0x1p53 && (Int64(y) & 1) != 0
        let magnitude = x.magnitude
        if y.isInfinite {
            if magnitude == 1 { return 1 }
            return (magnitude > 1) == (y > 0) ? .infinity : 0
        }
        let negative = x.sign == .minus && isOdd
        if x == 0 || magnitude.isInfinite {
            let result: Double = (magnitude.isInfinite) == (y > 0) ? .infinity : 0
            return negative ? -result : result
        }
        if x < 0 && !isWhole { return .nan }
        let result = magnitude == 1 ? 1 : positivePower(magnitude, y)
        return negative ? -result : result
    }

    /// x^y for positive finite x other than 1 and finite y other than 0.
    private static func positivePower(_ x: Double, _ y: Double) -> Double {
        // Exponents for which one correctly rounded operation is the answer.
        if y == 1 { return x }
        if y == 2 { return x * x }
        if y == 0.5 { return x.squareRoot() }
        if y == -1 { return 1 / x }
        // |ln x| is at least 2^-53 here: such exponents overflow or underflow.
        if y.magnitude > 0x1p64 { return (x > 1) == (y > 0) ? .infinity : 0 }
        let exponent = extendedLog(x) * y
        if exponent.high > 709.8 { return .infinity }
        if exponent.high < -745.2 { return 0 }
        return exp(exponent)
    }

    /// e^x for a sum of two doubles between -745.2 and 709.8.
    static func exp(_ x: DoubleDouble) -> Double {
        let k = (x.high * log2e + rounder) - rounder
        let high = x.high - k * ln2High
        let low = k * ln2Low - x.low
        let reduced = high - low
        let tail = (high - reduced) - low
        return scale(1 + (reduced + (tail + reduced * reduced * expSeries(reduced))), byTwoTo: Int(k))
    }

    /// The logarithm to base 2, exact for powers of two, error below 1 ulp.
    public static func log2(_ x: Double) -> Double {
        guard x > 0, x < .infinity else { return logAtEdge(x) }
        let (f, k) = splitNearOne(x)
        let inverseLn2 = DoubleDouble(0x1.71547652b82fep+0, 0x1.777d0ffda0d24p-56)
        return (extendedLog(1 + f) * inverseLn2 + k).value
    }

    /// The logarithm to base 10, exact for powers of ten, error below 1 ulp.
    public static func log10(_ x: Double) -> Double {
        guard x > 0, x < .infinity else { return logAtEdge(x) }
        let inverseLn10 = DoubleDouble(0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57)
        return (extendedLog(x) * inverseLn10).value
    }

    /// The hyperbolic tangent, error below 2 ulp.
    public static func tanh(_ x: Double) -> Double {
        if x.magnitude > 22 { return x > 0 ? 1 : -1 }
        let grown = expm1(2 * x.magnitude)
        let result = grown / (grown + 2)
        return x.sign == .minus ? -result : result
    }
}
