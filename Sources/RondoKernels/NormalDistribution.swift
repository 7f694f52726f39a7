/// The standard normal distribution and the error function.
public enum NormalDistribution {
    /// 1 - erf(x), error below 4 ulp where the result is normal, also in the far tail.
    public static func erfc(_ x: Double) -> Double {
        if x.isNaN { return x }
        if x < 0.5 { return x < -6 ? 2 : 1 - erf(x) }
        if x > 27.3 { return 0 }
        if x < 2 { return middleErfc(x) }
        // x^2 in two parts, because an error there is magnified.
        let square = DoubleDouble.product(x, x)
        let decay = Elementary.exp(-square.high) * (1 - square.low)
        // Continued fraction of Laplace (DLMF 7.9.1), from the inside.
        var tail = 0.0
        for k in stride(from: x < 3 ? 120 : 60, through: 1, by: -1) { tail = Double(k) * 0.5 / (x + tail) }
        return decay / ((x + tail) * 1.7724538509055160273)
    }

    private static func middleErfc(_ x: Double) -> Double {
        var term = DoubleDouble(x)
        var sum = DoubleDouble(x)
        let doubled = DoubleDouble.product(x, x) * 2
        var k = 1.0
        // erf(x) = 2/sqrt(pi) e^(-x^2) sum of (2 x^2)^k x / (1 3 5 … (2k + 1)); the cancellation 1 - erf needs a few extra digits.
        while term.high > sum.high * 0x1p-70 {
            term = term * doubled / DoubleDouble(2 * k + 1)
            sum += term
            k += 1
        }
        let square = DoubleDouble.product(x, x)
        let exact = extendedExp(-square)
        let factor = DoubleDouble(0x1.20dd750429b6dp+0, 0x1.1ae3a914fed80p-56)
        return (DoubleDouble(1) - sum * exact * factor).value
    }

    /// e^x for -4 <= x <= 0 to about 30 digits, by its series on a 16th of the argument.
    private static func extendedExp(_ x: DoubleDouble) -> DoubleDouble {
        let small = x * 0.0625
        var sum = DoubleDouble(1)
        var term = DoubleDouble(1)
        for k in 1...20 {
            term = term * small / DoubleDouble(Double(k))
            sum += term
        }
        for _ in 0..<4 { sum = sum * sum }
        return sum
    }

    /// The error function, error below 5 ulp.
    public static func erf(_ x: Double) -> Double {
        if x.isNaN { return x }
        if x.magnitude >= 0.5 { return x > 0 ? 1 - erfc(x) : erfc(-x) - 1 }
        let square = x * x
        var (power, sum, k) = (x, x, 0.0)
        // Maclaurin series (DLMF 7.6.1).
        while power.magnitude > sum.magnitude * 0x1p-60 {
            k += 1
            power *= -square / k
            sum += power / (2 * k + 1)
        }
        return sum * 1.1283791670955125739
    }

    /// The density at x.
    public static func density(_ x: Double) -> Double {
        let square = DoubleDouble.product(x, x)
        return Elementary.exp(-0.5 * square.high) * (1 - 0.5 * square.low) * 0.39894228040143267794
    }

    /// P(Z <= x).
    public static func cumulative(_ x: Double) -> Double { 0.5 * erfc(-x * 0.70710678118654752440) }

    /// P(Z > x).
    public static func upperTail(_ x: Double) -> Double { 0.5 * erfc(x * 0.70710678118654752440) }

    /// P(|Z| > |z|).
    public static func twoSided(_ z: Double) -> Double { erfc(z.magnitude * 0.70710678118654752440) }

    /// The x with P(Z <= x) = p; infinite at 0 and 1, NaN outside.
    ///
    /// Start by Abramowitz and Stegun 26.2.23, then Halley's method on the distribution function.
    public static func quantile(_ p: Double) -> Double {
        guard p > 0, p < 1 else { return p == 0 ? -.infinity : (p == 1 ? .infinity : .nan) }
        if p > 0.5 {
            // 1 - p is exact here.
            return -quantileBelowHalf(1 - p)
        }
        return quantileBelowHalf(p)
    }

    private static func quantileBelowHalf(_ p: Double) -> Double {
        if p == 0.5 { return 0 }
        let t = (-2 * Elementary.log(p)).squareRoot()
        var x = -(t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))))
        for _ in 0..<3 {
            let density = density(x)
            guard density > 0 else { break }
            let excess = x > -0.5 ? 0.5 * erf(x * 0.70710678118654752440) + (0.5 - p) : cumulative(x) - p
            let newton = excess / density
            x -= newton / (1 + 0.5 * x * newton)
        }
        return x
    }
}
