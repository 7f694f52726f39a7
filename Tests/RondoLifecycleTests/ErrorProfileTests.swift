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
            let width = try #require(profile.halfWidth)
            let fresh = (0..<200).map { _ in row() }
            inside += fresh.filter { abs($0.0 - $0.1) <= width }.count
            total += fresh.count
            #expect((profile.coverage ?? 0) >= level)
        }
        #expect(abs(Double(inside) / Double(total) - level) < 0.02)
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

    @Test func archiveKeepsEveryBit() throws {
        let profile = ErrorProfile(truth: [1, 2, 3, 5, 8], predictions: [1.5, 2, 2, 5, 9], level: 0.5, tolerance: 0.2)
        #expect(try ErrorProfile(archive: profile.archive()) == profile)
        let none = ErrorProfile(truth: [1], predictions: [1], level: 0.9, tolerance: 0.1)
        #expect(try ErrorProfile(archive: none.archive()) == none)
    }
}
