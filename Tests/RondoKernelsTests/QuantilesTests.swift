import RondoKernels
import Testing

@Suite struct QuantilesTests {
    /// Hyndman and Fan (1996), type 7: NumPy's default gives the same.
    @Test func knownQuantiles() {
        #expect(Quantiles.of([1, 2, 3, 4], [0, 0.25, 0.5, 0.75, 1]) == [1, 1.75, 2.5, 3.25, 4])
        #expect(Quantiles.of([15, 20, 35, 40, 50], 0.4) == 29)
        #expect(Quantiles.median([7, .nan, 1, 3]) == 3)
    }

    @Test func edges() {
        #expect(
            Quantiles.of([], 0.5).isNaN && Quantiles.of([.nan], 0.5).isNaN && Quantiles.of([1], 1.5).isNaN && Quantiles.of([1], .nan).isNaN)
        #expect(Quantiles.of([.infinity, .infinity, 1], 0.75) == .infinity)
        #expect(Quantiles.of([-0.0, 0.0, -0.0], 0.5).sign == .plus)
        #expect(Quantiles.ofSorted([], 0.5).isNaN && Quantiles.ofSorted([5], 0.3) == 5)
    }

    @Test func selectionAgreesWithSorting() {
        var stream = RandomStream(seed: 2, purpose: "quantiles")
        for count in [1, 2, 3, 40, 1000, 5000] {
            for distinct in [2, 10, 1_000_000] {
                let values = (0..<count).map { _ in Double(stream.uniform(below: distinct)) }
                let probabilities = [0.9, 0.05, 0.25, 0.5, 0.5, 0.951, 1, 0]
                let sorted = values.sorted()
                #expect(Quantiles.of(values, probabilities) == probabilities.map { Quantiles.ofSorted(sorted, $0) })
            }
        }
        let rising = (0..<20_000).map(Double.init)
        #expect(Quantiles.median(rising) == 9999.5 && Quantiles.median(rising.reversed()) == 9999.5)
    }
}
