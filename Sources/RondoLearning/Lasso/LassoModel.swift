package import RondoKernels
package import RondoReport

/// A fitted lasso model.
package struct LassoModel: CoefficientModel {
    package static let familyName = "lasso"

    package let names: [String]
    package let intercept: Double
    /// One a feature, 0 for those that were left out.
    package let coefficients: [Double]
    /// Standard deviation of each feature in training (divisor n).
    package let deviations: [Double]
    package let penalty: Double

    init(names: [String], intercept: Double, coefficients: [Double], deviations: [Double], penalty: Double) {
        self.names = names
        self.intercept = intercept
        self.coefficients = coefficients
        self.deviations = deviations
        self.penalty = penalty
    }

    /// Constant columns; those with the coefficient 0 were looked at and found not to help.
    package var dropped: [String] { zip(names, deviations).filter { $0.1 == 0 }.map(\.0) }

    package func predict(_ features: Features, context: ComputeContext) throws -> Predictions {
        let design = try NumericColumns(features, trainedOn: names)
        return .numbers(try WeightedSum.values(design, coefficients: coefficients, intercept: intercept, context: context))
    }

    package var learned: [TableBlock] { originalUnits(.none(names.count)) }

    package var readable: String { "equation of \(coefficients.reduce(0) { $0 + ($1 == 0 ? 0 : 1) }) of \(names.count) columns" }

    package func originalUnits(means: [Double], deviations: [Double]) -> [TableBlock] {
        let scaling = FeatureScaling(means: means, deviations: deviations)
        var constant = intercept
        var lines: [CoefficientLine] = []
        for (index, name) in names.enumerated() {
            guard self.deviations[index] > 0 else {
                lines.append(CoefficientLine(term: name, estimate: .nan))
                continue
            }
            let (mean, deviation) = scaling.of(index)
            let estimate = coefficients[index] / deviation
            constant -= estimate * mean
            lines.append(CoefficientLine(term: name, estimate: estimate, standardised: coefficients[index] * self.deviations[index]))
        }
        return [.coefficients("coefficients", [CoefficientLine(term: "intercept", estimate: constant)] + lines)]
    }

    package func archive() -> Archive {
        var archive = Archive()
        archive["names"] = .words(names)
        archive["coefficients"] = .numbers(coefficients)
        archive["deviations"] = .numbers(deviations)
        archive["summary"] = .numbers([intercept, penalty])
        return archive
    }

    /// - Throws: R0590 for damaged data.
    package init(from archive: Archive) throws {
        names = try archive.words("names")
        coefficients = try archive.numbers("coefficients", count: names.count)
        deviations = try archive.numbers("deviations", count: names.count)
        let summary = try archive.numbers("summary", count: 2)
        (intercept, penalty) = (summary[0], summary[1])
    }
}
