import RondoKernels
import Testing

@Suite struct SumsTests {
    private func extended(_ values: [Double]) -> Double { values.withUnsafeBufferPointer { Sums.extended($0).value } }

    @Test func cancellingValuesKeepTheirSum() {
        #expect(Sums.compensated([1, 1e100, 1, -1e100]) == 2)
        #expect(extended([1e16, 1, -1e16, 1e-5]) == 1.00001)
        #expect(Sums.pairwise([Double](repeating: 0.1, count: 1_000_000)) - 100_000 < 1e-9)
    }

    @Test func emptyAndMissing() {
        #expect(Sums.pairwise([]) == 0 && Sums.compensated([]) == 0 && Sums.mean([]).isNaN && Sums.dot([], []) == 0)
        let values = [1, .nan, 2.5]
        #expect(Sums.pairwise(values).isNaN && Sums.pairwise(values, missing: .skipped) == 3.5)
        #expect(Sums.compensated(values).isNaN && Sums.compensated(values, missing: .skipped) == 3.5)
        #expect(Sums.mean(values, missing: .skipped) == 1.75 && Sums.mean([.nan], missing: .skipped).isNaN)
        #expect(Sums.compensated([.infinity, 1]) == .infinity && extended([.infinity, 1]) == .infinity)
    }

    @Test func everySumAgreesForEveryLength() {
        var stream = RandomStream(seed: 1, purpose: "sums")
        for count in [1, 7, 8, 9, 127, 128, 129, 1000, 4097] {
            let values = (0..<count).map { _ in stream.normal() }
            let reference = extended(values)
            #expect((Sums.pairwise(values) - reference).magnitude < 1e-11)
            #expect((Sums.compensated(values) - reference).magnitude < 1e-13)
            #expect((Sums.dot(values, [Double](repeating: 1, count: count)) - reference).magnitude < 1e-10)
        }
    }

    @Test func productsAreExact() {
        let square = DoubleDouble.product(1 + 0x1p-30, 1 + 0x1p-30)
        #expect(square.high == 1 + 0x1p-29 && square.low == 0x1p-60)
        #expect(DoubleDouble.product(1e300, 1e300).high == .infinity && DoubleDouble.product(1e300, 1e300).low == 0)
        let third = DoubleDouble(1) / DoubleDouble(3)
        #expect((third * DoubleDouble(3) - DoubleDouble(1)).value.magnitude < 1e-31)
    }

    /// Exact values by mpmath 1.3 with 60 digits.
    @Test func momentsOfNoiseOnALargeConstant() {
        let moments = Moments((1...200).map { 1e9 + Double($0 * 7919 % 1000) / 1000 })
        #expect(moments.mean == 1000000000.4995)
        #expect(relativeError(moments.variance, 0.08429472394313164) < 1e-14)
        #expect(relativeError(moments.standardDeviation, 0.2903355368244329) < 1e-14)
        #expect(relativeError(moments.skewness, -0.020611117772234257) < 1e-12)
        #expect(relativeError(moments.kurtosis, -1.216750222042109) < 1e-13)
    }

    /// SciPy 1.17, stats.skew and stats.kurtosis with bias=False.
    @Test func momentsOfAFewNumbers() {
        let moments = Moments([2, 4, 4, .nan, 4, 5, 5, 7, 9])
        #expect(moments.count == 8 && moments.missing == 1 && moments.mean == 5 && moments.populationVariance == 4)
        #expect(moments.minimum == 2 && moments.maximum == 9)
        #expect(relativeError(moments.skewness, 0.8184875533567996) < 1e-14)
        #expect(relativeError(moments.kurtosis, 0.9406249999999998) < 1e-14)
    }

    @Test func momentsWithoutSpread() {
        let constant = Moments([Double](repeating: 0.1, count: 7))
        #expect(constant.variance == 0 && constant.mean == 0.1 && constant.skewness.isNaN && constant.kurtosis.isNaN)
        let none = Moments([.nan])
        #expect(none.count == 0 && none.mean.isNaN && none.variance.isNaN && none.minimum.isNaN && none.populationVariance.isNaN)
        #expect(Moments([3]).variance.isNaN && Moments([3]).mean == 3)
    }

    @Test func correlationOfExactLines() {
        #expect(Moments.correlation([1, 2, 3, .nan], [2, 4, 6, 1]) == 1)
        #expect(Moments.correlation([1, 2, 3], [-1, -2, -3]) == -1)
        #expect(Moments.correlation([1, 1, 1], [1, 2, 3]).isNaN && Moments.correlation([1], [1]).isNaN)
    }
}
