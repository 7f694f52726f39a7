import RondoKernels
import Testing

@testable import RondoLearning

@Suite struct IsolationForestTests {
    private static func crowd(_ rows: Int = 500) -> [[Double]] {
        var stream = RandomStream(seed: 2, purpose: "crowd")
        return (0..<2).map { _ in (0..<rows).map { _ in stream.normal() } }
    }

    /// c(256), the mean path of 256 rows, is 10.24; c(2) is 1 (Liu, Ting and Zhou 2008, equation 1, with the harmonic number by ln + 0.5772).
    @Test func expectedPathsAreThePublishedOnes() {
        #expect(IsolationForestModel.expectedPath(0) == 0 && IsolationForestModel.expectedPath(1) == 0)
        #expect(IsolationForestModel.expectedPath(2) == 1)
        #expect((IsolationForestModel.expectedPath(256) - 10.2447706).magnitude < 1e-6)
    }

    @Test func rowsFarAwayScoreHighest() throws {
        var columns = Self.crowd()
        columns[0][7] = 9
        columns[1][7] = -8
        columns[1][100] = 12
        let model = try IsolationForestLearner().fit(columns, seed: 1, context: .quiet)
        let scores = try model.scores(columns, context: .quiet)
        let order = scores.indices.sorted { scores[$0] > scores[$1] }
        #expect(Set(order.prefix(2)) == [7, 100])
        #expect(scores[7] > 0.7 && scores[100] > 0.7)
        // The crowd lies around one half and below.
        #expect(Quantiles.median(scores) < 0.5 && scores.allSatisfy { $0 > 0 && $0 < 1 })
    }

    @Test func repeatsItselfOnAnyNumberOfThreadsAndAfterSaving() throws {
        let columns = Self.crowd()
        let one = try IsolationForestLearner(trees: 20).fit(columns, seed: 5, context: ComputeContext(threads: .one))
        let two = try IsolationForestLearner(trees: 20).fit(columns, seed: 5, context: ComputeContext(threads: ThreadCount(2)))
        #expect(one.archive() == two.archive())
        let back = try IsolationForestModel(from: one.archive())
        #expect(try back.scores(columns, context: .quiet) == one.scores(columns, context: .quiet))
        for name in one.archive().values.keys {
            var damaged = one.archive()
            damaged[name] = nil
            #expect(throws: Fault.self) { try IsolationForestModel(from: damaged) }
        }
        var loop = one.archive()
        loop["lefts"] = .codes(try loop.codes("lefts").map { _ in 0 })
        #expect(throws: Fault.self) { try IsolationForestModel(from: loop) }
    }

    @Test func constantsAndFewRowsScoreOneHalfOrLess() throws {
        let same = [Array(repeating: 3.0, count: 50)]
        let scores = try IsolationForestLearner(trees: 5).fit(same, seed: 1, context: .quiet).scores(same, context: .quiet)
        #expect(scores.allSatisfy { $0 <= 0.5 + 1e-12 })
        #expect(try IsolationForestLearner().fit([[1]], seed: 1, context: .quiet).scores([[1]], context: .quiet) == [0.5])
        #expect(try IsolationForestLearner().fit([[]], seed: 1, context: .quiet).scores([[]], context: .quiet) == [])
        let wide = [[-Double.greatestFiniteMagnitude, 0, Double.greatestFiniteMagnitude, 1, 2, 3]]
        #expect(try IsolationForestLearner().fit(wide, seed: 1, context: .quiet).scores(wide, context: .quiet).allSatisfy(\.isFinite))
    }
}
