import RondoKernels
import RondoSignature
import Testing

@testable import RondoLearning

/// Metrics of rankings against values computed by hand.
@Suite struct RankingMetricTests {
    /// Three people: two hits at ranks 1 and 3, none, and one without anything relevant.
    static let lists = RankedLists(
        recommended: [[4, 0, 2, 1], [0, 1, 2, 3], [3, 1, 0, 2]], relevant: [[2, 4, 5], [5], []], itemCount: 8,
        popularity: [0.5, 0.25, 1, 0.125, 0.5, 0, 0, 0],
        likeness: PairRows(
            starts: [0, 2, 4, 5, 5, 6], columns: [0, 1, 0, 1, 2, 0], values: [1, 1, 1, -1, 2, 3], columnCount: 3))

    static func value(_ name: String) throws -> MetricValue { try MetricChoice(name).value(MetricInput(ranking: lists)) }

    private static let third = 1.0 / 3
    // Of four: 1 + 1 / log2 4 of 1 + 1 / log2 3 + 1 / log2 4.
    static let known: KeyValuePairs<String, Double> = [
        "precision@4": 0.25, "precision@10": 0.1, "recall@4": third, "recall@1": third / 2, "hit_rate@4": 0.5, "mrr@4": 0.5,
        "map@4": 5 * third / 6, "map@2": 0.25, "ndcg@4": 0.75 / 2.1309297535714575, "coverage": 0.625,
    ]

    @Test(arguments: known.map { ($0.key, $0.value) })
    func byHand(_ name: String, _ expected: Double) throws {
        let value = try Self.value(name)
        #expect((value.value - expected).magnitude < 1e-15, "\(value.value)")
        #expect(value.leftOut == (name == "coverage" ? 0 : 1))
    }

    @Test func noveltyIsInBits() throws {
        // Shares 1/2, 1/2, 1, 1/4; 1/2, 1/4, 1, 1/8; 1/8, 1/4, 1/2, 1.
        #expect(try Self.value("novelty@4").value == (4.0 / 4 + 6.0 / 4 + 6.0 / 4) / 3)
        let unknown = RankedLists(recommended: [[5]], relevant: [[]], itemCount: 8, popularity: Self.lists.popularity)
        #expect(try MetricChoice("novelty@1").value(MetricInput(ranking: unknown)).value == 3)
    }

    @Test func diversityIsOneLessTheMeanCosine() throws {
        // Vectors (1, 1, 0), (1, -1, 0), (0, 0, 2), none, (3, 0, 0).
        let half = 0.5.squareRoot()
        let first = 1 - (half + 0 + 0) / 3
        let second = 1.0
        let third = 1.0
        #expect((try Self.value("diversity@3").value - (first + second + third) / 3).magnitude < 1e-15)
        #expect(try Self.value("diversity@1").value.isNaN)
    }

    @Test func namesCarryTheirNumber() throws {
        let choice = try MetricChoice("precision@10")
        #expect(choice.metric.signature.name == "precision@k" && choice.parameter == 10 && choice.name == "precision@10")
        #expect(try MetricChoice("ndcg@k", parameter: 5).name == "ndcg@5")
        #expect(Metrics.standard(for: .ranking).map(\.name).prefix(3) == ["precision@10", "recall@10", "ndcg@10"])
        for wrong in ["precision@0", "precision@k", "recall@-1", "recall@1001"] {
            #expect { try MetricChoice(wrong) } throws: { ($0 as? Fault)?.code == "R0531" }
        }
        for unknown in ["precision@", "precision@ten", "mape@10", "@10"] {
            #expect { try MetricChoice(unknown) } throws: { ["R0207"].contains(($0 as? Fault)?.code) }
        }
    }

    @Test func everyMetricOfRankingsNeedsLists() throws {
        let none = RankedLists(recommended: [], relevant: [], itemCount: 0)
        for choice in Metrics.standard(for: .ranking) {
            #expect { try choice.value(MetricInput(truth: .numbers([1]), predictions: .numbers([1]))) } throws: {
                ($0 as? Fault)?.code == "R0532"
            }
            #expect(try choice.value(MetricInput(ranking: none)).value.isNaN, "\(choice.name) of nobody")
        }
    }

    @Test func intervalsAreThoseOfDrawnPeople() throws {
        let lists = RankedLists(
            recommended: (0..<60).map { [Int32($0 % 5), 7] }, relevant: (0..<60).map { $0 % 4 == 3 ? [] : [Int32($0 % 3)] }, itemCount: 8)
        let input = MetricInput(ranking: lists)
        let choices = try ["precision@2", "ndcg@1", "coverage"].map { try MetricChoice($0) }
        let found = try MetricIntervals(choices, input, level: 0.9, seed: 3, context: .quiet)
        let sample = Resampling(input.truth, seed: 3, purpose: "confidence")
        for (choice, interval) in zip(choices, found.intervals).prefix(2) {
            let values = try (0..<found.resamples).map { try choice.value(input.gathering(sample.rows($0))).value }
            let ends = Quantiles.of(values, [(1 - 0.9) / 2, (1 + 0.9) / 2])
            #expect(interval?.lower == ends[0] && interval?.upper == ends[1])
        }
        #expect(found.intervals[2] == nil)
    }

    @Test func peopleAreResampledAndCompared() throws {
        let input = MetricInput(ranking: Self.lists)
        let choice = try MetricChoice("recall@4")
        #expect(try choice.value(input.gathering([0, 0, 1])).value == (2.0 / 3 + 2.0 / 3) / 3)
        #expect(Self.lists.perPerson(choice)?.prefix(2) == [2.0 / 3, 0])
        #expect(Self.lists.perPerson(choice)?.last?.isNaN == true)
        #expect(try Self.lists.perPerson(MetricChoice("coverage")) == nil)
        #expect(RowLosses.losses(choice, input)?.prefix(2) == [-2.0 / 3, 0])
        #expect(try choice.value(input.gathering([])).value.isNaN)
    }
}
