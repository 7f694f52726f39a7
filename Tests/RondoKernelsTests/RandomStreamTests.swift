import RondoKernels
import Testing

@Suite struct RandomStreamTests {
    /// Known answers: file kat_vectors of Random123 (Salmon et al., D. E. Shaw Research).
    @Test func philoxMatchesThePublishedVectors() {
        let zero = Philox4x32.block(counter: (0, 0, 0, 0), key: (0, 0))
        #expect(zero == (0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
        let ones = Philox4x32.block(counter: (.max, .max, .max, .max), key: (.max, .max))
        #expect(ones == (0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
        let pi = Philox4x32.block(counter: (0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344), key: (0xa409_3822, 0x299f_31d0))
        #expect(pi == (0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
    }

    /// Known answers of FNV-1a, 64 bits: draft-eastlake-fnv, test vectors.
    @Test func purposeHashIsFNV() {
        #expect(RandomStream.purposeHash("") == 0xcbf2_9ce4_8422_2325)
        #expect(RandomStream.purposeHash("a") == 0xaf63_dc4c_8601_ec8c)
        #expect(RandomStream.purposeHash("foobar") == 0x8594_4171_f739_67e8)
    }

    @Test func aStreamDependsOnSeedPurposeAndUnitOnly() {
        func first(_ seed: UInt64, _ purpose: String, _ unit: UInt64) -> [UInt64] {
            var stream = RandomStream(seed: seed, purpose: purpose, unit: unit)
            return (0..<5).map { _ in stream.next() }
        }
        let reference = first(1, "fit forest", 3)
        #expect(first(1, "fit forest", 3) == reference)
        #expect(first(2, "fit forest", 3) != reference)
        #expect(first(1, "fit boost", 3) != reference)
        #expect(first(1, "fit forest", 4) != reference)
        var derived = RandomStream(seed: 1, purpose: "fit forest").stream(unit: 3)
        #expect((0..<5).map { _ in derived.next() } == reference)
    }

    /// The version in the generator's name promises that these never change.
    @Test func numbersOfVersionOneStay() {
        #expect(RandomStream.generatorName == "philox4x32-10/1")
        var stream = RandomStream(seed: 1, purpose: "split")
        #expect(stream.nextUInt32() == RecordedNumbers.word)
        #expect(stream.nextUInt64() == RecordedNumbers.long)
        #expect(stream.uniform() == RecordedNumbers.uniform)
        #expect(stream.normal() == RecordedNumbers.normal)
        #expect(stream.permutation(8) == RecordedNumbers.permutation)
    }

    @Test func uniformMomentsAndRange() {
        var stream = RandomStream(seed: 7, purpose: "test")
        let values = (0..<100_000).map { _ in stream.uniform() }
        let moments = Moments(values)
        // Six standard errors.
        #expect((moments.mean - 0.5).magnitude < 6 * 0.2887 / 316)
        #expect((moments.variance - 1.0 / 12).magnitude < 0.002)
        #expect(moments.minimum >= 0 && moments.maximum < 1)
    }

    @Test func boundedNumbersAreUniform() {
        var stream = RandomStream(seed: 7, purpose: "bounded")
        var counts = [Int](repeating: 0, count: 6)
        for _ in 0..<60_000 { counts[stream.uniform(below: 6)] += 1 }
        let statistic = counts.reduce(0.0) { $0 + Double(($1 - 10_000) * ($1 - 10_000)) / 10_000 }
        #expect(Distributions.chiSquareUpperTail(statistic, degreesOfFreedom: 5) > 1e-6)
        #expect(stream.uniform(below: 0) == 0 && stream.uniform(below: -3) == 0 && stream.uniform(below: 1) == 0)
        #expect((0..<100).allSatisfy { _ in stream.uniform(below: UInt64.max) < UInt64.max })
    }

    @Test func normalExponentialAndPoissonFitTheirDistributions() {
        var stream = RandomStream(seed: 3, purpose: "variates")
        let normal = Moments((0..<100_000).map { _ in stream.normal() })
        #expect(normal.mean.magnitude < 0.02 && (normal.variance - 1).magnitude < 0.03)
        #expect(normal.skewness.magnitude < 0.05 && normal.kurtosis.magnitude < 0.1)
        let exponential = Moments((0..<100_000).map { _ in stream.exponential() })
        #expect((exponential.mean - 1).magnitude < 0.02 && (exponential.variance - 1).magnitude < 0.06 && exponential.minimum > 0)
        for mean in [0.3, 4, 40.0] {
            let counts = Moments((0..<20_000).map { _ in Double(stream.poisson(mean: mean)) })
            #expect((counts.mean - mean).magnitude < 6 * (mean / 20_000).squareRoot())
            #expect((counts.variance / mean - 1).magnitude < 0.08)
        }
        #expect(stream.poisson(mean: -1) == 0 && stream.poisson(mean: .nan) == 0)
    }

    @Test func shufflesAndSamplesKeepTheirElements() {
        var stream = RandomStream(seed: 5, purpose: "order")
        #expect(stream.permutation(1000).sorted() == Array(0..<1000))
        #expect(stream.permutation(0).isEmpty && stream.permutation(-1).isEmpty)
        let sample = stream.sampleWithoutReplacement(below: 100, count: 30)
        #expect(sample.count == 30 && Set(sample).count == 30 && sample == sample.sorted())
        #expect(stream.sampleWithoutReplacement(below: 3, count: 10) == [0, 1, 2])
        #expect(stream.sampleWithReplacement(below: 4, count: 1000).allSatisfy { (0..<4).contains($0) })
        #expect(stream.sampleWithReplacement(below: 0, count: 5).isEmpty)
        // Every order of three is equally likely.
        var counts = [[Int]: Int]()
        for _ in 0..<6000 { counts[stream.permutation(3), default: 0] += 1 }
        #expect(counts.count == 6 && counts.values.allSatisfy { (800...1200).contains($0) })
    }
}
