import Foundation
import RondoKernels
import RondoReport
import RondoSignature
import Testing

@testable import RondoLearning

/// Least squares beside exact answers: at least twelve digits, and never fewer than the best of the peers.
@Suite struct CertifiedProblemTests {
    /// -log10 of the relative error, 0 to 16: about how many digits are right.
    static func digits(_ value: Double, _ known: Double) -> Double {
        if value == known { return 16 }
        guard value.isFinite else { return 0 }
        let error = known == 0 ? value.magnitude : (value - known).magnitude / known.magnitude
        return max(0, min(16, -log10(error)))
    }

    /// Three multiples of the last place of a double: what no method can promise.
    static let most = 15.0
    /// Fewer than twelve digits, still more than the peers have: columns of condition 1e10 leave seven of the standard errors, and a
    /// target that a constant of a billion swamps leaves not quite twelve of the coefficients.
    static let shortfalls = ["nearly the same": 7.0, "badly scaled": 11.5]

    @Test(arguments: CertifiedProblems.known) func leastSquares(_ known: CertifiedProblems.Known) throws {
        let problem = CertifiedProblems.problem(known.name)
        let features = Features(
            problem.columns.enumerated().map { Features.Feature("x\($0 + 1)", .numbers($1)) }, rowCount: problem.target.count)
        let learner = try LinearFamily.learner(FamilyOptions(["intercept": .word(problem.hasIntercept ? "yes" : "no")]))
        let data = TrainingData(features: features, target: .numbers(problem.target))
        let model = try #require(try learner.fit(data, seed: 1, context: .quiet) as? LinearModel)
        #expect(model.dropped.isEmpty)
        let estimates = (problem.hasIntercept ? [model.intercept] : []) + model.coefficients
        let errors = (problem.hasIntercept ? [model.interceptError] : []) + model.standardErrors
        #expect(estimates.count == known.estimates.count)
        let ofEstimates = zip(estimates, known.estimates).map { Self.digits($0, $1) }.min() ?? 0
        let ofErrors = zip(errors, known.errors).map { Self.digits($0, $1) }.min() ?? 16
        let ofDeviation = known.errors.isEmpty ? 16 : Self.digits(model.residualDeviation, known.deviation)
        let ofShare = Self.digits(model.rSquared, known.rSquared)
        func one(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
        print(
            "digits of \(known.name): coefficients \(one(ofEstimates)) (sklearn \(known.sklearn), statsmodels \(known.statsmodels)), errors \(one(ofErrors)) (\(known.errorsOfStatsmodels)), deviation \(one(ofDeviation)), r2 \(one(ofShare))"
        )
        let least = Self.shortfalls[known.name] ?? 12
        #expect(ofEstimates >= least && ofErrors >= least && ofDeviation >= 12 && ofShare >= 12)
        let best = min(Self.most, max(known.sklearn, known.statsmodels))
        #expect(ofEstimates >= best - 0.7, "fewer digits than the best peer")
        #expect(ofErrors >= min(Self.most, known.errorsOfStatsmodels) - 0.7)
    }

    /// Means and deviations of noise on a constant, exact over fractions as above.
    @Test(arguments: [
        (constant: 1.2, mean: 1.2, deviation: 0.1), (constant: 1_000_000.2, mean: 1_000_000.2, deviation: 0.1),
        (constant: 10_000_000.2, mean: 10_000_000.2, deviation: 0.1),
    ]) func momentsOfNoiseOnAConstant(_ known: (constant: Double, mean: Double, deviation: Double)) {
        // The constant once, then 0.1 below and above it in turn, 1001 values; the values themselves are rounded, and so is what is known.
        let values = [known.constant] + (0..<1000).map { known.constant + ($0 % 2 == 0 ? -0.1 : 0.1) }
        let moments = Moments(values)
        var (sum, squares) = (DoubleDouble(0), DoubleDouble(0))
        for value in values { sum += value }
        let mean = sum / DoubleDouble(1001)
        for value in values {
            let distance = DoubleDouble(value) + (DoubleDouble(0) + mean) * -1
            squares += distance.value * distance.value
        }
        let deviation = (squares / DoubleDouble(1000)).value.squareRoot()
        #expect(Self.digits(moments.mean, mean.value) >= 15)
        #expect(Self.digits(moments.standardDeviation, deviation) >= 13)
        #expect((moments.mean - known.mean).magnitude < 1e-8 && (moments.standardDeviation - known.deviation).magnitude < 1e-8)
    }

    /// Ten million and one, two and three: mean 10000002, deviation 1.
    @Test func momentsOfThreeLargeNumbers() {
        let moments = Moments([10_000_001, 10_000_003, 10_000_002])
        #expect(moments.mean == 10_000_002 && moments.standardDeviation == 1)
    }

    /// What depends on other columns has no coefficient and is named; the others have theirs.
    @Test func dependentColumnsAreNamed() throws {
        let base = CertifiedProblems.problem("economic")
        let sum = zip(base.columns[0], base.columns[1]).map { 3 * $0 - 2 * $1 + 7 }
        let columns = base.columns + [sum, [Double](repeating: 5, count: 16)]
        let names = ["a", "b", "c", "d", "e", "year", "mixture", "same"]
        let features = Features(zip(names, columns).map { Features.Feature($0, .numbers($1)) }, rowCount: 16)
        let learner = try LinearFamily.learner(FamilyOptions())
        let fitted = try learner.fit(TrainingData(features: features, target: .numbers(base.target)), seed: 1, context: .quiet)
        let model = try #require(fitted as? LinearModel)
        #expect(model.dropped == ["mixture", "same"])
        let known = try #require(CertifiedProblems.known.first { $0.name == "economic" })
        for (value, exact) in zip([model.intercept] + model.coefficients.prefix(6), known.estimates) {
            #expect(Self.digits(value, exact) >= 10)
        }
    }
}
