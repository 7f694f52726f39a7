package import RondoKernels
package import RondoReport

/// A fitted ordinary least squares model.
package struct LinearModel: CoefficientModel {
    package static let familyName = "linear"

    package let names: [String]
    package let hasIntercept: Bool
    package let intercept: Double
    /// One a feature; 0 for a dropped one.
    package let coefficients: [Double]
    /// One a feature; NaN where there is none.
    package let standardErrors: [Double]
    package let interceptError: Double
    /// Standard deviation of each feature in training (divisor n).
    package let deviations: [Double]
    /// Names of features without a coefficient.
    package let dropped: [String]
    /// Square root of the residual variance (divisor degrees of freedom); NaN without any.
    package let residualDeviation: Double
    package let degreesOfFreedom: Int
    /// Share of the variance explained in training; NaN for a constant target.
    package let rSquared: Double

    init(_ names: [String], fit: WeightedLeastSquares, hasIntercept: Bool) {
        let freedom = Double(fit.degreesOfFreedom)
        let variance = fit.degreesOfFreedom > 0 ? fit.residualSumOfSquares / freedom : .nan
        self.names = names
        self.hasIntercept = hasIntercept
        intercept = fit.intercept
        coefficients = fit.coefficients
        standardErrors = fit.unscaledVariances.map { ($0 * variance).squareRoot() }
        interceptError = (fit.unscaledInterceptVariance * variance).squareRoot()
        deviations = fit.deviations
        dropped = fit.dropped.map { names[$0] }
        residualDeviation = variance.squareRoot()
        degreesOfFreedom = fit.degreesOfFreedom
        rSquared = fit.totalSumOfSquares > 0 ? 1 - fit.residualSumOfSquares / fit.totalSumOfSquares : .nan
    }

    package func predict(_ features: Features, context: ComputeContext) throws -> Predictions {
        let design = try NumericColumns(features, trainedOn: names)
        return .numbers(try WeightedSum.values(design, coefficients: coefficients, intercept: intercept, context: context))
    }

    package var learned: [TableBlock] { originalUnits(.none(names.count)) }

    package var readable: String { "equation" }

    package func originalUnits(means: [Double], deviations: [Double]) -> [TableBlock] {
        let scaling = FeatureScaling(means: means, deviations: deviations)
        var constant = CoefficientLine(term: "intercept", estimate: intercept)
        var isMoved = false
        var lines: [CoefficientLine] = []
        for (index, name) in names.enumerated() {
            let (mean, deviation) = scaling.of(index)
            guard !dropped.contains(name) else {
                lines.append(CoefficientLine(term: name, estimate: .nan))
                continue
            }
            let estimate = coefficients[index] / deviation
            constant.estimate -= estimate * mean
            isMoved = isMoved || mean != 0
            lines.append(
                tested(
                    name, estimate, standardErrors[index] / deviation.magnitude, standardised: coefficients[index] * self.deviations[index])
            )
        }
        // The error of a moved intercept would need the covariances.
        let first = isMoved ? constant : tested("intercept", constant.estimate, interceptError, standardised: .nan)
        return [.coefficients("coefficients", (hasIntercept ? [first] : []) + lines)]
    }

    private func tested(_ term: String, _ estimate: Double, _ error: Double, standardised: Double) -> CoefficientLine {
        let statistic = error > 0 ? estimate / error : .nan
        return CoefficientLine(
            term: term, estimate: estimate, standardError: error, statistic: statistic,
            probability: Distributions.studentTTwoSided(statistic, degreesOfFreedom: Double(degreesOfFreedom)), standardised: standardised)
    }

    package func archive() -> Archive {
        var archive = Archive()
        archive["names"] = .words(names)
        archive.set("has_intercept", hasIntercept ? 1 : 0)
        archive["coefficients"] = .numbers(coefficients)
        archive["standard_errors"] = .numbers(standardErrors)
        archive["deviations"] = .numbers(deviations)
        archive["dropped"] = .words(dropped)
        archive["summary"] = .numbers([intercept, interceptError, residualDeviation, rSquared])
        archive.set("degrees_of_freedom", degreesOfFreedom)
        return archive
    }

    /// - Throws: R0590 for damaged data.
    package init(from archive: Archive) throws {
        names = try archive.words("names")
        hasIntercept = try archive.integer("has_intercept") != 0
        coefficients = try archive.numbers("coefficients", count: names.count)
        standardErrors = try archive.numbers("standard_errors", count: names.count)
        deviations = try archive.numbers("deviations", count: names.count)
        dropped = try archive.words("dropped")
        let summary = try archive.numbers("summary", count: 4)
        (intercept, interceptError, residualDeviation, rSquared) = (summary[0], summary[1], summary[2], summary[3])
        degreesOfFreedom = try archive.integer("degrees_of_freedom")
    }
}
