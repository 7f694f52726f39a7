/// Sine and cosine of whole turns: positions on a cycle (an hour of the day, a month of the year).
extension Elementary {
    /// sin(2πx) and cos(2πx), error below 1 ulp of the exact angle; NaN for values that are not finite.
    ///
    /// The turn is cut into quarters exactly, what is left lies in [-1/8, 1/8] of a turn, where the Taylor series are short
    /// (Abramowitz and Stegun, 4.3.65 and 4.3.66; the part left out is below 1e-18).
    public static func sineAndCosine(turns: Double) -> (sine: Double, cosine: Double) {
        guard turns.isFinite else { return (.nan, .nan) }
        let part = turns - turns.rounded(.down)
        let quarter = (part * 4).rounded()
        let angle = (part - quarter / 4) * (2 * Double.pi)
        let square = angle * angle
        let sine = angle + angle * square * sineSeries(square)
        let cosine = 1 + square * cosineSeries(square)
        switch Int(quarter) & 3 {
        case 0: return (sine, cosine)
        case 1: return (cosine, -sine)
        case 2: return (-sine, -cosine)
        default: return (-cosine, sine)
        }
    }

    /// (sin a / a - 1) / a².
    private static func sineSeries(_ square: Double) -> Double {
        series(square, [-6, 120, -5_040, 362_880, -39_916_800, 6_227_020_800, -1_307_674_368_000, 355_687_428_096_000])
    }

    /// (cos a - 1) / a².
    private static func cosineSeries(_ square: Double) -> Double {
        series(square, [-2, 24, -720, 40_320, -3_628_800, 479_001_600, -87_178_291_200, 20_922_789_888_000])
    }

    private static func series(_ square: Double, _ divisors: [Double]) -> Double {
        divisors.reversed().reduce(0) { $0 * square + 1 / $1 }
    }
}
