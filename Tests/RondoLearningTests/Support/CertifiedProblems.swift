import RondoKernels
import RondoReport
import RondoSignature
import Testing

@testable import RondoLearning

/// Problems of least squares whose exact answers are known.
///
/// The data are made here by single operations that every IEEE 754 machine rounds alike. The expected digits are those of the exact
/// solution of the rounded data: normal equations over fractions of whole numbers (Python 3.11, `fractions`), square roots with 2000 bits
/// (mpmath 1.4), printed to the nearest double. Problems in the manner of the Statistical Reference Datasets (NIST) and of Longley 1967, An
/// appraisal of least squares programs for the electronic computer, JASA 62, whose 16 rows are `economic`; Wampler 1970, A report on the
/// accuracy of some widely used least squares computer programs, JASA 65.
enum CertifiedProblems {
    struct Problem {
        let columns: [[Double]]
        let target: [Double]
        var hasIntercept = true
    }

    struct Known: Sendable, CustomTestStringConvertible {
        let name: String
        /// The intercept first, where there is one.
        let estimates: [Double]
        /// Empty where the residuals are zero.
        let errors: [Double]
        let deviation: Double
        let rSquared: Double
        /// Digits of the worst coefficient: scikit-learn 1.9.1 `LinearRegression`, statsmodels 0.15.0 `OLS` (the better of pinv and qr).
        let sklearn: Double
        let statsmodels: Double
        /// Digits of the worst standard error of statsmodels.
        let errorsOfStatsmodels: Double
        var testDescription: String { name }

        init(
            _ name: String, estimates: [Double], errors: [Double], deviation: Double, rSquared: Double, sklearn: Double,
            statsmodels: Double, errorsOfStatsmodels: Double
        ) {
            self.name = name
            self.estimates = estimates
            self.errors = errors
            self.deviation = deviation
            self.rSquared = rSquared
            self.sklearn = sklearn
            self.statsmodels = statsmodels
            self.errorsOfStatsmodels = errorsOfStatsmodels
        }
    }

    static func problem(_ name: String) -> Problem {
        switch name {
        case "wampler1": return wampler(0)
        case "wampler2":
            let x = (0...20).map { Double($0) }
            let target = x.map { (v: Double) -> Double in
                var sum = 1 + v / 10
                sum += v * v / 100
                sum += v * v * v / 1000
                sum += v * v * v * v / 10_000
                sum += v * v * v * v * v / 100_000
                return sum
            }
            return Problem(columns: powers(x, 5), target: target)
        case "wampler3": return wampler(1)
        case "wampler4": return wampler(100)
        case "wampler5": return wampler(10_000)
        case "tenth degree": return tenthDegree()
        case "economic": return Problem(columns: economic, target: employed)
        case "through zero":
            return Problem(columns: [numbers(11) { 60 + $0 }], target: numbers(11) { 130 + $0 }, hasIntercept: false)
        case "nearly the same": return nearlyTheSame()
        case "badly scaled": return badlyScaled()
        case "variance near 1": return variance(1)
        case "variance near 1e+06": return variance(1e6)
        default: return variance(1e12)
        }
    }

    /// Whole numbers of the places 0, 1, … as doubles.
    private static func numbers(_ count: Int, _ body: (Int) -> Int) -> [Double] { (0..<count).map { Double(body($0)) } }

    private static func tenthDegree() -> Problem {
        let x: [Double] = (0..<82).map { (place: Int) -> Double in
            let step: Double = 5.75 * Double(place)
            return -9 + step / 81
        }
        let noise = numbers(82) { ($0 * 37) % 101 }
        let target: [Double] = (0..<82).map { (place: Int) -> Double in
            let line: Double = 0.75 + 0.015625 * x[place]
            return line + noise[place] / 4096
        }
        return Problem(columns: powers(x, 10), target: target)
    }

    private static func nearlyTheSame() -> Problem {
        let first = numbers(40) { ($0 * 7) % 41 }
        let (moves, noise) = (numbers(40) { ($0 * 11) % 13 }, numbers(40) { ($0 * 5) % 7 })
        let second: [Double] = (0..<40).map { (place: Int) -> Double in first[place] + moves[place] * 0x1p-30 }
        let target: [Double] = (0..<40).map { (place: Int) -> Double in
            let slope: Double = 3 + 2 * first[place] - second[place]
            return slope + noise[place] / 8
        }
        return Problem(columns: [first, second], target: target)
    }

    private static func badlyScaled() -> Problem {
        let first: [Double] = numbers(40) { ($0 * 17) % 31 }.map { 1e9 + $0 / 64 }
        let second: [Double] = numbers(40) { ($0 * 13) % 29 }.map { 1e-9 * $0 }
        let third: [Double] = numbers(40) { ($0 * 19) % 37 }.map { 1e15 * $0 }
        let noise = numbers(40) { ($0 * 3) % 11 }
        let target: [Double] = (0..<40).map { (place: Int) -> Double in
            let level: Double = 2 + noise[place] / 4
            return level + second[place] / 1e9
        }
        return Problem(columns: [first, second, third], target: target)
    }

    private static func powers(_ x: [Double], _ degree: Int) -> [[Double]] {
        var columns: [[Double]] = []
        var column = [Double](repeating: 1, count: x.count)
        for _ in 0..<degree {
            column = zip(column, x).map { $0 * $1 }
            columns.append(column)
        }
        return columns
    }

    private static let disturbances: [Double] = [
        759, -2048, 2048, -2048, 2523, -2048, 2048, -2048, 1838, -2048, 2048, -2048, 1838, -2048, 2048, -2048, 2523, -2048, 2048, -2048,
        759,
    ]

    private static func wampler(_ factor: Double) -> Problem {
        let x = (0...20).map { Double($0) }
        let exact = x.map { v in (0..<6).reduce(0.0) { sum, _ in sum * v + 1 } }
        return Problem(columns: powers(x, 5), target: zip(exact, disturbances).map { $0 + factor * $1 })
    }

    /// Nine groups of 21 values near a constant.
    private static func variance(_ constant: Double) -> Problem {
        let groups = (0..<189).map { $0 / 21 }
        let target: [Double] = groups.enumerated().map { (row: Int, group: Int) -> Double in
            let side = row % 21 == 0 ? 0 : (row % 2 == 1 ? -1 : 1)
            let tenths = Double(4 + side + group % 2)
            return constant + tenths / 10
        }
        let columns: [[Double]] = (1..<9).map { (level: Int) -> [Double] in groups.map { $0 == level ? 1.0 : 0.0 } }
        return Problem(columns: columns, target: target)
    }

    private static let employed: [Double] = [
        60323, 61122, 60171, 61187, 63221, 63639, 64989, 63761, 66019, 67857, 68169, 66513, 68655, 69564, 69331, 70551,
    ]
    private static let economic: [[Double]] = [
        [83.0, 88.5, 88.2, 89.5, 96.2, 98.1, 99.0, 100.0, 101.2, 104.6, 108.4, 110.8, 112.6, 114.2, 115.7, 116.9],
        [
            234289, 259426, 258054, 284599, 328975, 346999, 365385, 363112, 397469, 419180, 442769, 444546, 482704, 502601, 518173, 554894,
        ],
        [2356, 2325, 3682, 3351, 2099, 1932, 1870, 3578, 2904, 2822, 2936, 4681, 3813, 3931, 4806, 4007],
        [1590, 1456, 1616, 1650, 3099, 3594, 3547, 3350, 3048, 2857, 2798, 2637, 2552, 2514, 2572, 2827],
        [
            107608, 108632, 109773, 110929, 112075, 113270, 115094, 116219, 117388, 118734, 120445, 121950, 123366, 125368, 127852, 130081,
        ],
        (1947...1962).map { Double($0) },
    ]

    static let known: [Known] = [
        Known(
            "wampler1", estimates: [1.0, 1.0, 1.0, 1.0, 1.0, 1.0],
            errors: [], deviation: .nan, rSquared: 1.0,
            sklearn: 0.2, statsmodels: 9.4, errorsOfStatsmodels: 0.0),
        Known(
            "wampler2",
            estimates: [
                1.0, 0.10000000000000019, 0.009999999999999919, 0.0010000000000000137, 9.999999999999899e-05, 1.0000000000000025e-05,
            ],
            errors: [], deviation: .nan, rSquared: 1.0,
            sklearn: 0.0, statsmodels: 13.4, errorsOfStatsmodels: 0.0),
        Known(
            "wampler3", estimates: [1.0, 1.0, 1.0, 1.0, 1.0, 1.0],
            errors: [
                2152.3262467816967, 2363.5517346968054, 779.3435243315831, 101.47550755034965, 5.645665121707515, 0.11232485467931194,
            ], deviation: 2360.1450237926765, rSquared: 0.9999955590258199,
            sklearn: 0.2, statsmodels: 9.2, errorsOfStatsmodels: 10.4),
        Known(
            "wampler4", estimates: [1.0, 1.0, 1.0, 1.0, 1.0, 1.0],
            errors: [215232.62467816967, 236355.1734696805, 77934.3524331583, 10147.550755034965, 564.5665121707516, 11.232485467931193],
            deviation: 236014.50237926765, rSquared: 0.9574784408256621,
            sklearn: 0.2, statsmodels: 7.8, errorsOfStatsmodels: 10.4),
        Known(
            "wampler5", estimates: [1.0, 1.0, 1.0, 1.0, 1.0, 1.0],
            errors: [21523262.467816968, 23635517.34696805, 7793435.243315831, 1014755.0755034965, 56456.65121707516, 1123.2485467931194],
            deviation: 23601450.237926766, rSquared: 0.002246689215749398,
            sklearn: 0.2, statsmodels: 5.8, errorsOfStatsmodels: 10.4),
        Known(
            "tenth degree",
            estimates: [
                -356.40209755445585, -650.5298366089706, -525.5643418742438, -248.152013413254, -75.88372884570366, -15.713810724538824,
                -2.2330319374786263, -0.21516167135921335, -0.013460709288374386, -0.0004939902148062092, -8.079345974010698e-06,
            ],
            errors: [
                690.5299203823555, 1263.1334950702185, 1025.6400310233528, 486.8804973396889, 149.66827598952793, 31.138616245288237,
                4.441742890487931, 0.42908360165496295, 0.026874942575556206, 0.0009858772696470918, 1.6091470592436895e-05,
            ], deviation: 0.007469071318358136, rSquared: 0.9364373715384496,
            sklearn: 0.0, statsmodels: 7.2, errorsOfStatsmodels: 0.0),
        Known(
            "economic",
            estimates: [
                -3482258.6345958184, 15.061872271373323, -0.03581917929259102, -2.020229803816825, -1.033226867173592, -0.05110410565358071,
                1829.151464613552,
            ],
            errors: [
                890420.3836073726, 84.91492577476696, 0.03349100777224318, 0.4883996816516994, 0.21427416316167527, 0.2260732000693702,
                455.478499142212,
            ], deviation: 304.8540735619648, rSquared: 0.9954790045772957,
            sklearn: 13.6, statsmodels: 10.9, errorsOfStatsmodels: 12.5),
        Known(
            "through zero", estimates: [2.074380165289256],
            errors: [0.01652892561983471], deviation: 3.567530340063379, rSquared: 0.9993654922986628,
            sklearn: 16.0, statsmodels: 16.0, errorsOfStatsmodels: 15.4),
        Known(
            "nearly the same", estimates: [3.4392905140818053, 18617347.52180303, -18617346.51991289],
            errors: [0.090859076624141, 11897208.474944856, 11897208.47393888], deviation: 0.2563900179367589, rSquared: 0.9995613812180296,
            sklearn: 0.0, statsmodels: 5.6, errorsOfStatsmodels: 6.0),
        Known(
            "badly scaled", estimates: [-2686376530.038075, 2.6863765326049878, -1686109.1789618789, 3.787777720196854e-18],
            errors: [1166175810.7758892, 1.1661758103415314, 19274169.72245648, 1.0448325919041616e-17], deviation: 0.7198762161623968,
            rSquared: 0.2469360137257321,
            sklearn: 0.0, statsmodels: 4.5, errorsOfStatsmodels: 0.0),
        Known(
            "variance near 1",
            estimates: [1.4, 0.09999999999999998, 0.0, 0.09999999999999998, 0.0, 0.09999999999999998, 0.0, 0.09999999999999998, 0.0],
            errors: [
                0.021821789023599245, 0.03086066999241839, 0.03086066999241839, 0.03086066999241839, 0.03086066999241839,
                0.03086066999241839, 0.03086066999241839, 0.03086066999241839, 0.03086066999241839,
            ], deviation: 0.10000000000000003, rSquared: 0.20588235294117632,
            sklearn: 15.1, statsmodels: 14.1, errorsOfStatsmodels: 15.1),
        Known(
            "variance near 1e+06",
            estimates: [1000000.4, 0.09999999997671694, 0.0, 0.09999999997671694, 0.0, 0.09999999997671694, 0.0, 0.09999999997671694, 0.0],
            errors: [
                0.021821789018518455, 0.030860669985233073, 0.030860669985233073, 0.030860669985233073, 0.030860669985233073,
                0.030860669985233073, 0.030860669985233073, 0.030860669985233073, 0.030860669985233073,
            ], deviation: 0.09999999997671694, rSquared: 0.20588235294117646,
            sklearn: 14.7, statsmodels: 8.2, errorsOfStatsmodels: 15.3),
        Known(
            "variance near 1e+12",
            estimates: [1000000000000.4, 0.0999755859375, 0.0, 0.0999755859375, 0.0, 0.0999755859375, 0.0, 0.0999755859375, 0.0],
            errors: [
                0.021816461438388397, 0.030853135649158515, 0.030853135649158515, 0.030853135649158515, 0.030853135649158515,
                0.030853135649158515, 0.030853135649158515, 0.030853135649158515, 0.030853135649158515,
            ], deviation: 0.0999755859375, rSquared: 0.20588235294117646,
            sklearn: 15.1, statsmodels: 2.2, errorsOfStatsmodels: 5.1),
    ]
}
