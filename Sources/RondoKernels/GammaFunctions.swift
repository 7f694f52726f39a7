/// The gamma function and the incomplete gamma integrals.
public enum GammaFunctions {
    private static let halfLog2Pi = 0.918938533204672741780329736406

    /// Binet's function: ln gamma(x) = (x - 1/2) ln x - x + ln(2 pi)/2 + binet(x), for x > 0.
    ///
    /// Stirling's series from 15 on, below that by binet(x) - binet(x + 1) = (x + 1/2) ln(1 + 1/x) - 1 (DLMF 5.11.1).
    static func binet(_ x: Double) -> Double {
        var shifted = x
        var correction = 0.0
        while shifted < 15 {
            correction += (shifted + 0.5) * Elementary.log1p(1 / shifted) - 1
            shifted += 1
        }
        let inverse = 1 / shifted
        let z = inverse * inverse
        var series = 0.0
        for coefficient in stirlingCoefficients.reversed() { series = series * z + coefficient }
        return correction + inverse * series
    }

    private static let stirlingCoefficients: [Double] = [
        1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360_360, 1.0 / 156, -3617.0 / 122_400,
    ]

    /// ln |gamma(x)|; infinity at 0, -1, -2 … The error is about 1e-15 of the larger of 1 and the value.
    public static func logGamma(_ x: Double) -> Double {
        if x.isNaN { return x }
        if x.isInfinite { return .infinity }
        if x <= 0 {
            guard x != x.rounded(.down) else { return .infinity }
            let sine = sineOfPiTimes(x - x.rounded(.down))
            return Elementary.log(Double.pi / (sine.magnitude * x.magnitude)) - logGamma(-x)
        }
        if x == 1 || x == 2 { return 0 }
        if x > 0.5 && x < 2.5 { return logGammaNearOneAndTwo(x) }
        if x > 1e300 { return x * (Elementary.log(x) - 1) }
        return (x - 0.5) * Elementary.log(x) - x + halfLog2Pi + binet(x)
    }

    /// sin(pi f) for 0 < f < 1.
    private static func sineOfPiTimes(_ fraction: Double) -> Double {
        let f = min(fraction, 1 - fraction)
        // Taylor series of the sine up to pi/4, of the cosine beyond.
        let angle = f <= 0.25 ? f * Double.pi : (0.5 - f) * Double.pi
        var (term, sum, k) = f <= 0.25 ? (angle, angle, 1.0) : (1.0, 1.0, 0.0)
        while term.magnitude > 1e-18 * sum.magnitude {
            term *= -angle * angle / ((k + 1) * (k + 2))
            sum += term
            k += 2
        }
        return sum
    }

    /// Around the zeros at 1 and 2, where the general formula cancels, for |t| <= 1/2 (DLMF 5.7.3):
    /// ln gamma(1 + t) = -ln(1 + t) + t (1 - c) + sum of (-1)^k (zeta(k) - 1) t^k / k.
    private static func logGammaNearOneAndTwo(_ x: Double) -> Double {
        // gamma(x) = (x - 1) gamma(x - 1) moves arguments from 1.5 on down by one.
        let t = x < 1.5 ? x - 1 : x - 2
        var sum = 0.0
        for k in stride(from: 40, through: 2, by: -1) {
            let sign: Double = k % 2 == 0 ? 1 : -1
            sum = (sum + sign * zetaMinusOne[k - 2] / Double(k)) * t
        }
        let oneMinusEuler = 0.422784335098467139393487909917598
        let regular = t * (oneMinusEuler + sum)
        return x < 1.5 ? regular - Elementary.log1p(t) : regular
    }

    /// zeta(k) - 1 for k = 2 … 40: direct sums with the tail by Euler and Maclaurin's formula.
    private static let zetaMinusOne: [Double] = (2...40).map { k in
        let order = Double(k)
        let limit = 60.0
        var sum = DoubleDouble(0)
        for n in (2..<Int(limit)).reversed() { sum += DoubleDouble(1) / wholePower(Double(n), k) }
        let power = wholePower(limit, k).value
        let rising3: Double = order * (order + 1) * (order + 2)
        let rising5: Double = rising3 * (order + 3) * (order + 4)
        let first: Double = order / (12 * limit)
        let second: Double = rising3 / (720 * limit * limit * limit)
        let third: Double = rising5 / (30_240 * limit * limit * limit * limit * limit)
        let tail: Double = limit / (order - 1) + 0.5 + first - second + third
        return (sum + tail / power).value
    }

    private static func wholePower(_ base: Double, _ exponent: Int) -> DoubleDouble {
        (0..<exponent).reduce(DoubleDouble(1)) { product, _ in product * base }
    }

    /// x ln(x / m) + m - x without cancellation where x is near m: the deviance part of Poisson and binomial terms.
    ///
    /// Source: Loader, "Fast and accurate computation of binomial probabilities" (2000).
    static func deviance(_ x: Double, _ m: Double) -> Double {
        let difference = x - m
        if difference.magnitude < 0.1 * (x + m) {
            let ratio = difference / (x + m)
            var sum = difference * ratio
            var term = 2 * x * ratio
            let square = ratio * ratio
            for j in 1..<1000 {
                term *= square
                let next = sum + term / Double(2 * j + 1)
                if next == sum { break }
                sum = next
            }
            return sum
        }
        return x == 0 ? m : x * Elementary.log(x / m) + m - x
    }

    /// x^a e^-x / gamma(a + 1).
    private static func term(_ a: Double, _ x: Double) -> Double {
        if a < 1e-5 { return Elementary.exp(a * Elementary.log(x) - x - logGamma(a + 1)) }
        return Elementary.exp(-deviance(a, x) - binet(a)) / (2 * Double.pi * a).squareRoot()
    }

    /// P(a, x) and Q(a, x) = 1 - P, the regularised incomplete gamma integrals for a > 0 and x >= 0; NaN elsewhere.
    ///
    /// Series below a + 1, continued fraction above (DLMF 8.11.4, 8.9.2); each is computed directly where it is small.
    public static func regularised(_ a: Double, _ x: Double) -> (lower: Double, upper: Double) {
        guard a > 0, x >= 0, a < .infinity else { return (.nan, .nan) }
        if x == 0 { return (0, 1) }
        if x == .infinity { return (1, 0) }
        let limit = iterationLimit(a)
        if x < a + 1 {
            var (sum, part, n) = (1.0, 1.0, a)
            for _ in 0..<limit {
                n += 1
                part *= x / n
                sum += part
                if part < sum * 0x1p-56 { break }
            }
            let lower = min(term(a, x) * sum, 1)
            return (lower, 1 - lower)
        }
        var b = x + 1 - a
        var c = 1e300
        var d = 1 / b
        var fraction = d
        for i in 1..<limit {
            let numerator = -Double(i) * (Double(i) - a)
            b += 2
            d = 1 / avoidZero(numerator * d + b)
            c = avoidZero(b + numerator / c)
            let factor = d * c
            fraction *= factor
            if (factor - 1).magnitude < 0x1p-53 { break }
        }
        let upper = min(max(term(a, x) * a * fraction, 0), 1)
        return (1 - upper, upper)
    }

    static func iterationLimit(_ size: Double) -> Int { 2000 + Int(min(20 * size.squareRoot(), 1e7)) }

    static func avoidZero(_ value: Double) -> Double { value.magnitude < 1e-300 ? 1e-300 : value }
}
