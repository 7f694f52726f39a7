import Testing

@testable import RondoKernels

/// Digests of many results, recorded once: a processor or compiler that changes any bit of them changes the digest.
@Suite struct SameBitsTests {
    private func digest(_ fill: (inout RandomStream, inout ValueHasher) throws -> Void) rethrows -> String {
        var stream = RandomStream(seed: 1, purpose: "same bits")
        var hasher = ValueHasher()
        try fill(&stream, &hasher)
        return hasher.hex8
    }

    @Test func elementaryFunctions() {
        let result = digest { stream, hasher in
            for _ in 0..<10_000 {
                let (x, u) = (1400 * stream.uniform() - 700, 4 * stream.uniformOpen())
                for value in [Elementary.exp(x), Elementary.log(u), Elementary.log1p(u), Elementary.expm1(u), Elementary.pow(u, x)] {
                    hasher.combine(value)
                }
                for value in [Elementary.logistic(x), Elementary.log2(u), Elementary.log10(u), Elementary.tanh(u)] { hasher.combine(value) }
            }
        }
        #expect(result == RecordedNumbers.elementaryDigest)
    }

    @Test func variatesAndDistributions() {
        let result = digest { stream, hasher in
            for _ in 0..<1000 {
                let (z, e) = (stream.normal(), stream.exponential())
                for value in [z, e, NormalDistribution.cumulative(z), NormalDistribution.quantile(stream.uniform())] {
                    hasher.combine(value)
                }
                hasher.combine(Distributions.studentTTwoSided(z, degreesOfFreedom: 1 + 20 * e))
                hasher.combine(Distributions.fUpperTail(e, 3, 1 + 50 * e))
                hasher.combine(Distributions.chiSquareUpperTail(10 * e, degreesOfFreedom: 7))
                hasher.combine(Int64(stream.poisson(mean: 5 * e)))
            }
        }
        #expect(result == RecordedNumbers.distributionDigest)
    }

    @Test func sumsAndFactorisations() throws {
        let result = try digest { stream, hasher in
            let columns = (0..<9).map { column in (0..<9000).map { _ in stream.normal() + Double(column) } }
            let y = (0..<9000).map { _ in stream.normal() }
            let x = try #require(Matrix(columns: columns))
            let gram = try #require(try x.gram())
            let solution = try #require(try LeastSquares.solve(x, y))
            let eigen = try #require(try SymmetricEigen(gram))
            let factor = try #require(Cholesky(gram))
            let moments = Moments(y)
            for value in [Sums.pairwise(y), Sums.compensated(y), Sums.mean(y), moments.variance, moments.skewness, moments.kurtosis] {
                hasher.combine(value)
            }
            for value in gram.storage + solution.coefficients + solution.unscaledVariances + eigen.values + eigen.vectors.storage {
                hasher.combine(value)
            }
            for value in factor.triangle.storage + [solution.residualSumOfSquares] { hasher.combine(value) }
        }
        #expect(result == RecordedNumbers.algebraDigest)
    }
}
