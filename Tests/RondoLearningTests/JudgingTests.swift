import RondoKernels
import RondoLearning
import RondoReport
import Testing

/// Statistics behind judging: found where planted, silent where there is nothing.
@Suite struct JudgingTests {
    // MARK: Fairness

    /// A classifier whose answers are right for both groups, except that a share of the positive rows of group 1 is missed.
    private func world(_ seed: UInt64, rows: Int, missed: Double) -> (MetricInput, [[Int32]]) {
        var stream = RandomStream(seed: seed, purpose: "fairness world")
        var truth: [Int32] = []
        var probability: [Double] = []
        var groups: [[Int32]] = [[], [], []]
        for row in 0..<rows {
            let group = stream.uniform(below: 3)
            groups[group].append(Int32(row))
            let isPositive = stream.bernoulli(0.4)
            truth.append(isPositive ? 1 : 0)
            var found = stream.bernoulli(isPositive ? 0.8 : 0.1)
            if group == 1, isPositive, stream.bernoulli(missed) { found = false }
            probability.append(found ? 0.8 : 0.15)
        }
        let predictions = Predictions.probabilities([probability.map { 1 - $0 }, probability], names: ["no", "yes"])
        return (MetricInput(truth: .classes(truth, names: ["no", "yes"]), predictions: predictions), groups)
    }

    /// Group 1 loses 40 % of its hits: its true positive rate is 0.48 instead of 0.8, which the interval covers.
    @Test func plantedBiasIsFoundWithItsInterval() throws {
        var covered = 0
        for seed: UInt64 in 1...40 {
            let (input, groups) = world(seed, rows: 3_000, missed: 0.4)
            let audit = FairnessAudit(input, groups: groups)
            let found = try #require(audit.findings.first { $0.group == 1 && $0.measure == .truePositives })
            #expect(found.isAlarm)
            if found.lower <= -0.32, found.upper >= -0.32 { covered += 1 }
            #expect(found.ratioLower < 0.6 * 1.15 && found.ratioUpper > 0.6 / 1.15)
        }
        #expect(covered >= 34, "a 95 % interval covers the planted difference in \(covered) of 40 worlds")
    }

    /// Without any bias an alarm is raised in at most 5 % of the worlds: of 300, no more than 15 and three deviations of it.
    @Test func fairWorldsAlarmAtTheStatedRate() {
        var alarms = 0
        for seed: UInt64 in 1...300 {
            let (input, groups) = world(1_000 + seed, rows: 900, missed: 0)
            if FairnessAudit(input, groups: groups).findings.contains(where: \.isAlarm) { alarms += 1 }
        }
        #expect(alarms <= 26 && alarms >= 1, "\(alarms) alarms")
    }

    @Test func signedErrorOfNumbers() throws {
        var stream = RandomStream(seed: 4, purpose: "signed")
        let truth = (0..<2_000).map { _ in 100 + 10 * stream.normal() }
        let predicted = truth.enumerated().map { row, value in value + 5 * stream.normal() + (row % 4 == 0 ? 2 : 0) }
        let groups = (0..<4).map { group in (0..<Int32(2_000)).filter { Int($0) % 4 == group } }
        let audit = FairnessAudit(MetricInput(truth: .numbers(truth), predictions: .numbers(predicted)), groups: groups)
        let worst = try #require(audit.findings.filter(\.isAlarm).min { $0.probability < $1.probability })
        #expect(worst.group == 0 && worst.lower < 2 && worst.upper > 2)
        let few = FairnessAudit(MetricInput(truth: .numbers(truth), predictions: .numbers(predicted)), groups: [[0, 1, 2], [3, 4, 5]])
        #expect(few.tests == 0 && few.findings.allSatisfy { !$0.isAlarm && $0.probability.isNaN })
    }

    // MARK: Patterns in mistakes

    private func noise(_ seed: UInt64, rows: Int, columns: Int, planted: Bool) -> ([Double], [MistakePatterns.Grouping]) {
        var stream = RandomStream(seed: seed, purpose: "patterns")
        let groupings = (0..<columns).map { _ in
            MistakePatterns.Grouping(codes: (0..<rows).map { _ in Int32(stream.uniform(below: 5)) }, count: 5)
        }
        let losses = (0..<rows).map { row in
            let isWeak = planted && groupings[3].codes[row] == 2 && groupings[11].codes[row] == 4
            return abs(stream.normal()) * (isWeak ? 2.5 : 1)
        }
        return (losses, groupings)
    }

    @Test func aPlantedPairAmongTwentyColumnsComesFirst() throws {
        for seed: UInt64 in 1...5 {
            let (losses, groupings) = noise(seed, rows: 6_000, columns: 20, planted: true)
            let found = try MistakePatterns(losses, groupings: groupings, seed: seed, context: .quiet).patterns
            let first = try #require(found.first, "seed \(seed)")
            #expect(first.conditions == [.init(grouping: 3, code: 2), .init(grouping: 11, code: 4)], "seed \(seed): \(first.conditions)")
            #expect(found.count == 1, "what is left is noise")
        }
    }

    @Test func aPlantedSingleColumnComesFirstAlone() throws {
        var (losses, groupings) = noise(9, rows: 4_000, columns: 20, planted: false)
        for row in losses.indices where groupings[7].codes[row] == 1 { losses[row] *= 2 }
        let found = try MistakePatterns(losses, groupings: groupings, seed: 1, context: .quiet).patterns
        #expect(found.map(\.conditions) == [[.init(grouping: 7, code: 1)]])
        groupings = []
        #expect(try MistakePatterns(losses, groupings: [], seed: 1, context: .quiet).patterns.isEmpty)
    }

    /// 1 % of the worlds at most: of 60, no more than two.
    @Test func nothingIsClaimedInNoise() throws {
        var claims = 0
        for seed: UInt64 in 1...60 {
            let (losses, groupings) = noise(100 + seed, rows: 1_500, columns: 20, planted: false)
            if try !MistakePatterns(losses, groupings: groupings, seed: seed, context: .quiet).patterns.isEmpty { claims += 1 }
        }
        #expect(claims <= 2, "\(claims) claims")
    }

    // MARK: Resampling and differences

    /// The 95 % percentile interval of a mean error covers the truth about as often as it says.
    @Test func intervalsCover() throws {
        var covered = 0
        let choice = try MetricChoice("mae")
        for seed: UInt64 in 1...100 {
            var stream = RandomStream(seed: seed, purpose: "cover")
            let errors = (0..<200).map { _ in stream.normal() }
            let input = MetricInput(truth: .numbers(errors.map { _ in 0 }), predictions: .numbers(errors))
            let found = try MetricIntervals([choice], input, level: 0.95, seed: seed, context: .quiet)
            let interval = try #require(found.intervals.first ?? nil)
            // The mean of |z| is the root of 2 / pi.
            if interval.lower <= 0.797884560802865, interval.upper >= 0.797884560802865 { covered += 1 }
        }
        #expect(covered >= 88 && covered <= 99, "\(covered)")
    }

    @Test func resamplesKeepTheClasses() {
        let truth = TargetValues.classes([0, 1, 1, 0, 0, 0, 2], names: ["a", "b", "c"])
        for index in 0..<20 {
            let rows = Resampling(truth, seed: 1, purpose: "test").rows(index)
            guard case .classes(let codes, _) = truth.gathering(rows) else { return }
            #expect(codes.filter { $0 == 0 }.count == 4 && codes.filter { $0 == 1 }.count == 2 && codes.filter { $0 == 2 }.count == 1)
        }
    }

    @Test func pairedDifferencesKnowBetterFromEqual() throws {
        var stream = RandomStream(seed: 8, purpose: "paired")
        let truth = (0..<400).map { _ in 10 * stream.normal() }
        func input(_ noise: Double) -> MetricInput {
            MetricInput(truth: .numbers(truth), predictions: .numbers(truth.map { $0 + noise * stream.normal() }))
        }
        let (good, same, bad) = (input(1), input(1), input(2))
        for name in ["mae", "rmse", "r2"] {
            let choice = try MetricChoice(name)
            let equal = try #require(try PairedDifference(choice, good, same, seed: 1, context: .quiet))
            let worse = try #require(try PairedDifference(choice, good, bad, seed: 1, context: .quiet))
            #expect(!equal.isDifferent && worse.isDifferent, "\(name)")
            #expect(equal.method == (name == "r2" ? .bootstrap : .paired))
        }
    }

    // MARK: Assumptions of a linear model

    /// Stack loss (Brownlee 1965): statsmodels 0.15.0, OLS with a constant; linear_reset(power=3, use_f=True), het_breuschpagan,
    /// jarque_bera, durbin_watson, variance_inflation_factor, condition_number.
    @Test func stackLossAgreesWithStatsmodels() throws {
        let air: [Double] = [80, 80, 75, 62, 62, 62, 62, 62, 58, 58, 58, 58, 58, 58, 50, 50, 50, 50, 50, 56, 70]
        let water: [Double] = [27, 27, 25, 24, 22, 23, 24, 24, 23, 18, 18, 17, 18, 19, 18, 18, 19, 19, 20, 20, 20]
        let acid: [Double] = [89, 88, 90, 87, 87, 87, 93, 93, 87, 80, 89, 88, 82, 93, 89, 86, 72, 79, 80, 82, 91]
        let loss: [Double] = [42, 37, 37, 28, 18, 18, 19, 20, 15, 14, 14, 13, 11, 12, 8, 7, 8, 8, 9, 15, 15]
        let found = try LinearDiagnostics([air, water, acid], target: loss, context: .quiet)
        func agrees(_ value: Double, _ expected: Double, _ name: String) {
            #expect(abs(value - expected) <= 1e-9 * abs(expected), "\(name) \(value) \(expected)")
        }
        agrees(found.linearity.value, 1.1728648400629336, "linearity.value")
        agrees(found.linearity.probability, 0.33631027659857626, "linearity.probability")
        agrees(found.equalVariance.value, 4.8903677439753075, "equalVariance.value")
        agrees(found.equalVariance.probability, 0.1800032435149015, "equalVariance.probability")
        agrees(found.normality.value, 0.14024057278018187, "normality.value")
        agrees(found.normality.probability, 0.9322816723642553, "normality.probability")
        agrees(found.skewness, -0.19283352460129982, "skewness")
        agrees(found.kurtosis, 3.107405155740157, "kurtosis")
        agrees(found.durbinWatson, 1.4851310343413353, "durbinWatson")
        agrees(found.conditionNumber, 1811.5281229173838, "conditionNumber")
        agrees(found.inflations[0], 2.9064836274305046, "vif 1")
        agrees(found.inflations[1], 2.572632380318173, "vif 2")
        agrees(found.inflations[2], 1.3335874620976482, "vif 3")
    }

    @Test func brokenAssumptionsAreTold() throws {
        var stream = RandomStream(seed: 2, purpose: "assumptions")
        let x = (0..<500).map { _ in stream.uniform() * 4 }
        let fine = try LinearDiagnostics([x], target: x.map { 2 * $0 + stream.normal() }, context: .quiet)
        #expect(fine.linearity.probability > 0.01 && fine.equalVariance.probability > 0.01 && fine.normality.probability > 0.01)
        #expect(fine.durbinWatson > 1.7 && fine.durbinWatson < 2.3)
        let curved = try LinearDiagnostics([x], target: x.map { $0 * $0 + 0.2 * stream.normal() }, context: .quiet)
        #expect(curved.linearity.probability < 1e-10)
        let fan = try LinearDiagnostics([x], target: x.map { $0 + $0 * stream.normal() }, context: .quiet)
        #expect(fan.equalVariance.probability < 1e-6)
        let twice = try LinearDiagnostics([x, x.map { $0 * 2 }], target: x.map { $0 + stream.normal() }, context: .quiet)
        #expect(twice.inflations.contains(.infinity))
        #expect(throws: Fault.self) { try LinearDiagnostics([x], target: x.map { 3 * $0 }, context: .quiet) }
    }
}
