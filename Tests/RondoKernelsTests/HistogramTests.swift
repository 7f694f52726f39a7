import RondoKernels
import Testing

@Suite struct HistogramTests {
    @Test func edgesAreRoundAndCoverTheValues() throws {
        let values = (0...100).map { Double($0) / 10 }
        let histogram = try #require(Histogram(values, bins: 10))
        #expect(histogram.edges == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
        #expect(histogram.counts == [10, 10, 10, 10, 10, 10, 10, 10, 10, 11])
        #expect(Histogram.niceEdges(from: 0.13, to: 0.58, bins: 5) == [0.1, 0.2, 0.3, 0.4, 0.5, 0.6])
    }

    @Test func everyFiniteValueIsCounted() throws {
        var stream = RandomStream(seed: 8, purpose: "histogram")
        for scale in [1e-9, 1, 12345.678, 1e12] {
            let values = (0..<2000).map { _ in stream.normal() * scale + scale } + [.nan, .infinity]
            let histogram = try #require(Histogram(values))
            #expect(histogram.counts.reduce(0, +) == 2000 && histogram.leftOut == 2)
            #expect((5...120).contains(histogram.counts.count) && histogram.edges.count == histogram.counts.count + 1)
            #expect(zip(histogram.edges, histogram.edges.dropFirst()).allSatisfy { $0 < $1 })
        }
    }

    @Test func oddInputs() {
        #expect(Histogram([]) == nil && Histogram([.nan]) == nil)
        #expect(Histogram([5, 5, 5])?.counts == [3])
        #expect(Histogram([1e300, -1e300])?.counts.reduce(0, +) == 2)
        #expect(Histogram([1, 1 + 0x1p-52])?.counts.reduce(0, +) == 2)
        #expect(Histogram([0, 0, 0, 0, 1], bins: 0)?.counts.reduce(0, +) == 5)
        #expect(Histogram.counts([1, 2], edges: [1]) == [])
    }
}
