import RondoKernels
import RondoLearning
import RondoLifecycle
import Testing

/// The range of a release: split conformal, so that coverage of new rows is the level asked for.
@Suite struct ErrorProfileTests {
    @Test(arguments: [0.8, 0.9, 0.95]) func coversNewRowsAsPromised(_ level: Double) throws {
        var inside = 0
        var total = 0
        for seed in 0..<200 {
            var stream = RandomStream(seed: UInt64(seed), purpose: "coverage")
            func row() -> (Double, Double) {
                let value = 100 + 50 * stream.uniform()
                // Errors with a heavy tail: no normal law is assumed.
                let error = (stream.uniform() - 0.5) / (0.02 + stream.uniform())
                return (value + error, value)
            }
            let calibration = (0..<200).map { _ in row() }
            let profile = ErrorProfile(truth: calibration.map(\.0), predictions: calibration.map(\.1), level: level, tolerance: 0.1)
            let fresh = (0..<200).map { _ in row() }
            inside += fresh.filter { abs($0.0 - $0.1) <= profile.halfWidth(around: $0.1) }.count
            total += fresh.count
            #expect((profile.coverage ?? 0) >= level)
        }
        #expect(abs(Double(inside) / Double(total) - level) < 0.02)
    }

    /// Errors that grow with the estimate: one width covers on the whole only, widths by difficulty cover everywhere.
    @Test(arguments: [0.8, 0.9]) func widthsFollowTheDifficulty(_ level: Double) throws {
        var inside = [Int](repeating: 0, count: 4)
        var constant = inside
        var total = inside
        for seed in 0..<200 {
            var stream = RandomStream(seed: UInt64(seed), purpose: "difficulty")
            func row() -> (Double, Double) {
                let value = 100 + 900 * stream.uniform()
                return (value + 0.1 * value * stream.normal(), value)
            }
            let calibration = (0..<600).map { _ in row() }
            let profile = ErrorProfile(truth: calibration.map(\.0), predictions: calibration.map(\.1), level: level, tolerance: 0.1)
            #expect(profile.difficulty != nil)
            let residuals = calibration.map { abs($0.0 - $0.1) }.sorted()
            let width = residuals[Int((601 * level).rounded(.up)) - 1]
            for _ in 0..<200 {
                let (truth, value) = row()
                let band = min(3, Int((value - 100) / 225))
                total[band] += 1
                if abs(truth - value) <= profile.halfWidth(around: value) { inside[band] += 1 }
                if abs(truth - value) <= width { constant[band] += 1 }
            }
        }
        let all = Double(inside.reduce(0, +)) / Double(total.reduce(0, +))
        #expect(abs(all - level) < 0.02, "\(all)")
        for band in 0..<4 {
            let share = Double(inside[band]) / Double(total[band])
            #expect(abs(share - level) < 0.05, "\(band): \(share)")
        }
        #expect(Double(constant[3]) / Double(total[3]) < level - 0.08, "one width is too narrow for the largest")
    }

    @Test func equalErrorsHaveOneWidth() {
        var found = 0
        for seed in 0..<50 {
            var stream = RandomStream(seed: UInt64(seed), purpose: "equal")
            let predictions = (0..<600).map { _ in stream.uniform() }
            let profile = ErrorProfile(
                truth: predictions.map { $0 + stream.normal() }, predictions: predictions, level: 0.9, tolerance: 0.1)
            if profile.difficulty != nil { found += 1 }
        }
        #expect(found < 15, "\(found) of 50")
    }

    @Test func bandsAccountForEveryRow() throws {
        var stream = RandomStream(seed: 4, purpose: "bands")
        let predictions = (0..<500).map { _ in stream.uniform() }
        let truth = predictions.map { $0 + ($0 > 0.8 ? 3 : 0.3) * stream.normal() }
        let profile = ErrorProfile(truth: truth, predictions: predictions, level: 0.9, tolerance: 0.1)
        #expect(profile.bands.count == 5)
        #expect(profile.bands.reduce(0) { $0 + $1.rows } == (profile.difficulty == nil ? 500 : 250))
        #expect(zip(profile.bands, profile.bands.dropFirst()).allSatisfy { $0.high <= $1.low })
        let whole = profile.bands.reduce(0.0) { $0 + $1.coverage * Double($1.rows) } / Double(profile.bands.reduce(0) { $0 + $1.rows })
        #expect(abs(whole - (profile.coverage ?? 0)) < 1e-12)
        #expect(try ErrorProfile(archive: profile.archive()) == profile)
        #expect(try ErrorProfile(archive: profile.archive()).halfWidth(around: 0.9) == profile.halfWidth(around: 0.9))
    }

    @Test(arguments: [(0.8, 5), (0.9, 10), (0.95, 20), (0.99, 100)]) func tooFewRowsPromiseNothing(_ level: Double, _ least: Int) {
        #expect(ErrorProfile.leastRows(level) == least)
        func width(_ rows: Int) -> Double? {
            ErrorProfile(
                truth: (0..<rows).map { Double($0) }, predictions: [Double](repeating: 0, count: rows), level: level, tolerance: 0.1
            ).halfWidth
        }
        #expect(width(least - 1) == nil && width(least) != nil)
    }

    /// What a band promises beyond the rest is noticed, what chance does is not.
    @Test func narrowRangesAreNoticed() {
        #expect(CoverageTest.isTooNarrow(inside: 80, rows: 100, level: 0.9))
        #expect(!CoverageTest.isTooNarrow(inside: 87, rows: 100, level: 0.9))
        #expect(!CoverageTest.isTooNarrow(inside: 84, rows: 100, level: 0.9, tests: 10))
        #expect(!CoverageTest.isTooNarrow(inside: 3, rows: 10, level: 0.9), "ten rows say nothing")
        var alarms = 0
        for seed in 0..<1_000 {
            var stream = RandomStream(seed: UInt64(seed), purpose: "narrow")
            let inside = (0..<200).reduce(0) { count, _ in count + (stream.bernoulli(0.9) ? 1 : 0) }
            if CoverageTest.isTooNarrow(inside: inside, rows: 200, level: 0.9) { alarms += 1 }
        }
        #expect(alarms <= 65, "\(alarms) of 1,000 honest ranges")
    }

    /// The set of possible classes holds the true one as often as promised.
    @Test(arguments: [0.8, 0.9, 0.95]) func possibleClassesHoldTheTrueOne(_ level: Double) throws {
        var inside = 0
        for seed in 0..<200 {
            var stream = RandomStream(seed: UInt64(seed), purpose: "classes")
            func row() -> (Int32, [Double]) {
                let raw = (0..<3).map { _ in 0.05 + stream.uniform() }
                let shares = raw.map { $0 / raw.reduce(0, +) }
                let draw = stream.uniform()
                // The probabilities are too sure of themselves: no model is believed.
                let sharp = shares.map { $0 * $0 / shares.reduce(0) { $0 + $1 * $1 } }
                return (draw < shares[0] ? 0 : draw < shares[0] + shares[1] ? 1 : 2, sharp)
            }
            let calibration = (0..<150).map { _ in row() }
            func columns(_ rows: [(Int32, [Double])]) -> [[Double]] { (0..<3).map { place in rows.map { $0.1[place] } } }
            let range = try #require(
                ClassRange(truth: calibration.map(\.0), probabilities: columns(calibration), level: level))
            #expect(range.coverage >= level)
            let fresh = (0..<100).map { _ in row() }
            let shares = columns(fresh)
            inside += fresh.indices.filter { range.possible($0, shares).contains(Int(fresh[$0].0)) }.count
            #expect(try ClassRange(archive: range.archive()) == range)
        }
        #expect(abs(Double(inside) / 20_000 - level) < 0.02, "\(inside)")
        #expect(ClassRange(truth: [0, 1, 0], probabilities: [[1, 0, 1], [0, 1, 0]], level: 0.9) == nil)
    }

    /// The (n+1)(level)-th smallest absolute residual: of 9 residuals 1…9 and level 0.8 the eighth.
    @Test func halfWidthIsTheStatedOrderStatistic() {
        let truth = (1...9).map(Double.init)
        #expect(ErrorProfile(truth: truth, predictions: Array(repeating: 0, count: 9), level: 0.8, tolerance: 0.1).halfWidth == 8)
        #expect(
            ErrorProfile(truth: truth, predictions: Array(repeating: 0, count: 9), level: 0.95, tolerance: 0.1).halfWidth == nil,
            "9 rows are too few")
        #expect(ErrorProfile(truth: [], predictions: [], level: 0.9, tolerance: 0.1).halfWidth == nil)
    }

    @Test func confidenceIsTheShareOfCloseRowsOfThatSize() {
        let predictions = (0..<100).map { Double($0 + 1) }
        let truth = predictions.map { $0 <= 50 ? $0 : $0 * 2 }
        let profile = ErrorProfile(truth: truth, predictions: predictions, level: 0.9, tolerance: 0.1)
        #expect(profile.closeShares.count == 5)
        #expect(profile.confidence(5) == 1)
        #expect(profile.confidence(95) == 0)
        #expect(profile.confidence(.infinity) == 0)
    }

    /// What releases kept before ranges had difficulty and bands.
    @Test func olderBundlesAreRead() throws {
        var archive = Archive()
        archive.set("level", 0.9)
        archive["half_width"] = .numbers([12.5])
        archive["coverage"] = .numbers([0.91])
        archive.set("tolerance", 0.1)
        archive["edges"] = .numbers([100])
        archive["close_shares"] = .numbers([0.8, 0.6])
        archive.set("rows", 40)
        let profile = try ErrorProfile(archive: archive)
        #expect(profile.halfWidth(around: 3) == 12.5 && profile.halfWidth(around: 1e6) == 12.5 && profile.bands.isEmpty)
        #expect(profile.confidence(100) == 0.8 && profile.confidence(101) == 0.6 && profile.archive() == archive)
        for damaged in [[1.0], [1.0, 2], [1, 2, 3, 4]] {
            var broken = archive
            broken["difficulty"] = .numbers(damaged)
            #expect(throws: Fault.self) { try ErrorProfile(archive: broken) }
        }
    }

    @Test func archiveKeepsEveryBit() throws {
        let profile = ErrorProfile(truth: [1, 2, 3, 5, 8], predictions: [1.5, 2, 2, 5, 9], level: 0.5, tolerance: 0.2)
        #expect(try ErrorProfile(archive: profile.archive()) == profile)
        let none = ErrorProfile(truth: [1], predictions: [1], level: 0.9, tolerance: 0.1)
        #expect(try ErrorProfile(archive: none.archive()) == none)
    }
}
