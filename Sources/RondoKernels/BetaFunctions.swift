/// The regularised incomplete beta integral.
public enum BetaFunctions {
    /// I_x(a, b) for a, b > 0; `y` is 1 - x, given apart so that neither loses digits. NaN outside of the domain.
    ///
    /// Continued fraction (DLMF 8.17.22) on the side where it converges fast; the power factor by Loader's deviances, accurate in
    /// far tails.
    public static func regularised(_ a: Double, _ b: Double, x: Double, y: Double) -> Double {
        guard a > 0, b > 0, a < .infinity, b < .infinity, x >= 0, y >= 0, x <= 1, y <= 1 else { return .nan }
        if x == 0 { return 0 }
        if y == 0 { return 1 }
        if x > (a + 1) / (a + b + 2) { return max(0, 1 - lowerSide(b, a, y, x)) }
        return lowerSide(a, b, x, y)
    }

    /// 1 - I_x(a, b), computed directly.
    public static func complement(_ a: Double, _ b: Double, x: Double, y: Double) -> Double { regularised(b, a, x: y, y: x) }

    /// x^a y^b / B(a, b).
    static func powerTerm(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
        let n = a + b
        let exponent =
            GammaFunctions.binet(n) - GammaFunctions.binet(a) - GammaFunctions.binet(b) - GammaFunctions.deviance(a, n * x)
            - GammaFunctions.deviance(b, n * y)
        return Elementary.exp(exponent) * (a / n * b / (2 * Double.pi)).squareRoot()
    }

    private static func lowerSide(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
        let front = powerTerm(a, b, x, y) / a
        guard front > 0 else { return 0 }
        let sum = a + b
        var c = 1.0
        var d = 1 / GammaFunctions.avoidZero(1 - sum * x / (a + 1))
        var fraction = d
        for step in 1..<GammaFunctions.iterationLimit(max(a, b)) {
            let m = Double(step)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 / GammaFunctions.avoidZero(1 + even * d)
            c = GammaFunctions.avoidZero(1 + even / c)
            fraction *= d * c
            let odd = -(a + m) * (sum + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 / GammaFunctions.avoidZero(1 + odd * d)
            c = GammaFunctions.avoidZero(1 + odd / c)
            let factor = d * c
            fraction *= factor
            if (factor - 1).magnitude < 0x1p-53 { break }
        }
        return min(max(front * fraction, 0), 1)
    }
}
