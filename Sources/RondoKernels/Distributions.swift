/// Distributions of test statistics: tail probabilities that keep their digits far out.
public enum Distributions {
    /// P(T <= t) of Student's t; NaN unless the degrees of freedom are positive.
    public static func studentT(_ t: Double, degreesOfFreedom: Double) -> Double {
        let tail = 0.5 * studentTTwoSided(t, degreesOfFreedom: degreesOfFreedom)
        return t > 0 ? 1 - tail : tail
    }

    /// P(|T| > |t|) of Student's t, the p value of a coefficient; relative error about 1e-13 down to 1e-300.
    public static func studentTTwoSided(_ t: Double, degreesOfFreedom n: Double) -> Double {
        guard n > 0, !t.isNaN else { return .nan }
        if n == .infinity { return NormalDistribution.twoSided(t) }
        if t.isInfinite { return 0 }
        // x = n / (n + t^2), and y = 1 - x without cancellation, both also where t^2 overflows.
        let ratio = t.magnitude / n.squareRoot()
        let (x, y) = ratio > 1e150 ? ((1 / ratio) * (1 / ratio), 1) : (1 / (1 + ratio * ratio), ratio * ratio / (1 + ratio * ratio))
        return BetaFunctions.regularised(n / 2, 0.5, x: x, y: y)
    }

    /// The t with P(|T| > t) = p for 0 < p <= 1, by bisection; NaN outside.
    public static func studentTCritical(twoSided p: Double, degreesOfFreedom n: Double) -> Double {
        guard p > 0, p <= 1, n > 0 else { return .nan }
        if n == .infinity { return -NormalDistribution.quantile(p / 2) }
        var (low, high) = (0.0, 1.0)
        while studentTTwoSided(high, degreesOfFreedom: n) > p, high < 1e300 { (low, high) = (high, high * 4) }
        for _ in 0..<200 {
            let middle = low + (high - low) / 2
            if middle <= low || middle >= high { break }
            if studentTTwoSided(middle, degreesOfFreedom: n) > p { low = middle } else { high = middle }
        }
        return low + (high - low) / 2
    }

    /// P(F > f) of the F distribution, the p value of a variance ratio.
    public static func fUpperTail(_ f: Double, _ numeratorDegrees: Double, _ denominatorDegrees: Double) -> Double {
        guard numeratorDegrees > 0, denominatorDegrees > 0, !f.isNaN else { return .nan }
        if f <= 0 { return 1 }
        if f == .infinity { return 0 }
        if denominatorDegrees == .infinity { return chiSquareUpperTail(f * numeratorDegrees, degreesOfFreedom: numeratorDegrees) }
        let ratio = f * (numeratorDegrees / denominatorDegrees)
        if ratio == .infinity { return 0 }
        return BetaFunctions.regularised(denominatorDegrees / 2, numeratorDegrees / 2, x: 1 / (1 + ratio), y: ratio / (1 + ratio))
    }

    /// P(X > x) of the chi-square distribution.
    public static func chiSquareUpperTail(_ x: Double, degreesOfFreedom: Double) -> Double {
        guard degreesOfFreedom > 0, !x.isNaN else { return .nan }
        return x <= 0 ? 1 : GammaFunctions.regularised(degreesOfFreedom / 2, x / 2).upper
    }

    /// P(X <= x) of the chi-square distribution.
    public static func chiSquare(_ x: Double, degreesOfFreedom: Double) -> Double {
        guard degreesOfFreedom > 0, !x.isNaN else { return .nan }
        return x <= 0 ? 0 : GammaFunctions.regularised(degreesOfFreedom / 2, x / 2).lower
    }

    /// P(K > x) of Kolmogorov's limiting distribution; x is the largest distance of two distribution functions times the root of the
    /// effective count (n for one sample, n m / (n + m) for two).
    ///
    /// Two series that are the same function (Jacobi's theta); each is used where it converges fast (Marsaglia, Tsang, Wang 2003).
    public static func kolmogorovUpperTail(_ x: Double) -> Double {
        if x.isNaN { return x }
        if x <= 0 { return 1 }
        if x < 1 {
            let base = -Double.pi * Double.pi / (8 * x * x)
            let sum = [81.0, 49, 25, 9, 1].reduce(0) { $0 + Elementary.exp($1 * base) }
            return max(0, 1 - (2 * Double.pi).squareRoot() / x * sum)
        }
        let square = DoubleDouble.product(x, x)
        var sum = 0.0
        for k in (1...6).reversed() {
            let factor = -2 * Double(k * k)
            let term = Elementary.exp(factor * square.high) * (1 + factor * square.low)
            sum += k % 2 == 1 ? term : -term
        }
        return min(max(2 * sum, 0), 1)
    }
}
