import RondoKernels

/// How a model treats groups of rows: each group against all other rows, and what goes beyond chance.
///
/// Two classes: how often the positive class is answered, how often it is found and wrongly said, and whether probabilities come true.
/// Numbers: the signed error. More classes: how often the answer is right. Differences are tested once a group and measure; alarms
/// follow Holm 1979, so that a world without any difference raises one with the stated probability at most.
package struct FairnessAudit: Sendable {
    package enum Measure: String, Sendable, Hashable, CaseIterable {
        case selection = "selection_rate"
        case truePositives = "true_positive_rate"
        case falsePositives = "false_positive_rate"
        /// Mean probability minus the share that came true.
        case calibration
        /// Prediction minus truth.
        case signedError = "signed_error"
        case accuracy
    }

    /// One measure of one group, held against all other rows.
    package struct Finding: Sendable, Hashable {
        package let group: Int
        package let measure: Measure
        /// Rows that count for the measure.
        package let rows: Int
        package let value: Double
        package let others: Double
        /// Of the difference, at the stated level.
        package let lower: Double
        package let upper: Double
        /// Value divided by that of the others; NaN for differences of means.
        package let ratio: Double
        package let ratioLower: Double
        package let ratioUpper: Double
        /// NaN with too few rows for a test.
        package let probability: Double
        package internal(set) var isAlarm = false

        package var difference: Double { value - others }
    }
    package let findings: [Finding]
    /// How many tests the alarms are corrected for.
    package let tests: Int
    /// Fewest rows that count for a measure on either side of a test.
    package static let leastRows = 30

    /// - Parameters:
    ///   - groups: positions of each group; every row is in one at most.
    ///   - level: of the intervals; 1 less it is the chance of any alarm in a fair world.
    package init(_ input: MetricInput, groups: [[Int32]], level: Double = 0.95) {
        var findings: [Finding] = []
        let samples = FairnessAudit.samples(input)
        var groupOf = Array(repeating: -1, count: input.truth.count)
        for (index, rows) in groups.enumerated() { for row in rows { groupOf[Int(row)] = index } }
        for index in groups.indices {
            for (measure, values) in samples {
                var own: [Double] = []
                var others: [Double] = []
                for (row, value) in values.enumerated() where !value.isNaN && groupOf[row] >= 0 {
                    if groupOf[row] == index { own.append(value) } else { others.append(value) }
                }
                if own.isEmpty || others.isEmpty { continue }
                findings.append(FairnessAudit.finding(index, measure, own, others, level: level))
            }
        }
        let order = findings.indices.filter { !findings[$0].probability.isNaN }.sorted {
            (findings[$0].probability, $0) < (findings[$1].probability, $1)
        }
        tests = order.count
        for (place, index) in order.enumerated() {
            guard findings[index].probability <= (1 - level) / Double(order.count - place) else { break }
            findings[index].isAlarm = true
        }
        self.findings = findings
    }

    /// The values whose mean is the measure, NaN for rows that do not count.
    private static func samples(_ input: MetricInput) -> [(Measure, [Double])] {
        switch (input.truth, input.predictions) {
        case (.numbers(let truth), .numbers(let predicted)): return [(.signedError, zip(predicted, truth).map { $0 - $1 })]
        case (.classes, .probabilities):
            guard let pairs = try? ClassPairs(input, of: "fairness") else { return [] }
            let answers = pairs.predicted
            guard pairs.isBinary else { return [(.accuracy, zip(answers, pairs.truth).map { $0 == $1 ? 1 : 0 })] }
            let said = answers.map { Double($0) }
            return [
                (.selection, said), (.truePositives, zip(said, pairs.truth).map { $1 == 1 ? $0 : .nan }),
                (.falsePositives, zip(said, pairs.truth).map { $1 == 0 ? $0 : .nan }),
                (.calibration, zip(pairs.probabilities[1], pairs.truth).map { $0 - Double($1) }),
            ]
        default: return []
        }
    }

    private static func finding(_ group: Int, _ measure: Measure, _ own: [Double], _ others: [Double], level: Double) -> Finding {
        let (one, rest) = (Moments(own), Moments(others))
        let isRate = measure != .calibration && measure != .signedError
        let gap = one.mean - rest.mean
        let isTested = min(own.count, others.count) >= leastRows
        var (lower, upper, probability) = (Double.nan, Double.nan, Double.nan)
        if isTested {
            let (a, b) = (one.variance / Double(one.count), rest.variance / Double(rest.count))
            let error = (a + b).squareRoot()
            // Welch's degrees of freedom; rates are large-sample.
            let freedom = isRate ? 1e9 : (a + b) * (a + b) / (a * a / Double(one.count - 1) + b * b / Double(rest.count - 1))
            let factor = Distributions.studentTCritical(twoSided: 1 - level, degreesOfFreedom: freedom.isFinite ? freedom : 1e9)
            (lower, upper) = (gap - factor * error, gap + factor * error)
            if isRate {
                probability = twoRates(one.mean, rest.mean, Double(one.count), Double(rest.count))
            } else {
                probability = error > 0 ? Distributions.studentTTwoSided(gap / error, degreesOfFreedom: freedom) : 1
            }
        }
        var (ratio, low, high) = (Double.nan, Double.nan, Double.nan)
        if isRate, rest.mean > 0 {
            ratio = one.mean / rest.mean
            if one.mean > 0 {
                // Katz, Baptista, Azen and Pike 1978: the logarithm of a ratio of shares.
                let spread = ((1 - one.mean) / (one.mean * Double(one.count)) + (1 - rest.mean) / (rest.mean * Double(rest.count)))
                    .squareRoot()
                let factor = NormalDistribution.quantile((1 + level) / 2)
                (low, high) = (ratio * Elementary.exp(-factor * spread), ratio * Elementary.exp(factor * spread))
            }
        }
        return Finding(
            group: group, measure: measure, rows: own.count, value: one.mean, others: rest.mean, lower: lower, upper: upper, ratio: ratio,
            ratioLower: low, ratioUpper: high, probability: probability)
    }

    /// Two-sided test of equal shares with Yates' continuity correction.
    private static func twoRates(_ one: Double, _ other: Double, _ n: Double, _ m: Double) -> Double {
        let pooled = (one * n + other * m) / (n + m)
        let variance = pooled * (1 - pooled) * (1 / n + 1 / m)
        guard variance > 0 else { return 1 }
        let gap = max(0, (one - other).magnitude - (1 / n + 1 / m) / 2)
        return NormalDistribution.twoSided(gap / variance.squareRoot())
    }
}
