package import RondoKernels
package import RondoReport

/// A fitted ridge model.
package struct RidgeModel: CoefficientModel {
    package static let familyName = "ridge"

    package let names: [String]
    package let intercept: Double
    /// One a feature; 0 for a dropped one.
    package let coefficients: [Double]
    /// Standard deviation of each feature in training (divisor n).
    package let deviations: [Double]
    /// Names of features without a coefficient: constant columns.
    package let dropped: [String]
    package let penalty: Double

    init(names: [String], intercept: Double, coefficients: [Double], deviations: [Double], dropped: [String], penalty: Double) {
        self.names = names
        self.intercept = intercept
        self.coefficients = coefficients
        self.deviations = deviations
        self.dropped = dropped
        self.penalty = penalty
    }

    package func predict(_ features: Features, context: ComputeContext) throws -> Predictions {
        let design = try NumericColumns(features, trainedOn: names)
        return .numbers(try WeightedSum.values(design, coefficients: coefficients, intercept: intercept, context: context))
    }

    package var learned: [TableBlock] { originalUnits(.none(names.count)) }

    package var readable: String { "equation" }

    package func originalUnits(means: [Double], deviations: [Double]) -> [TableBlock] {
        let scaling = FeatureScaling(means: means, deviations: deviations)
        var constant = intercept
        var lines: [CoefficientLine] = []
        for (index, name) in names.enumerated() {
            let (mean, deviation) = scaling.of(index)
            guard !dropped.contains(name) else {
                lines.append(CoefficientLine(term: name, estimate: .nan))
                continue
            }
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
        archive["dropped"] = .words(dropped)
        archive["summary"] = .numbers([intercept, penalty])
        return archive
    }

    /// - Throws: R0590 for damaged data.
    package init(from archive: Archive) throws {
        names = try archive.words("names")
        coefficients = try archive.numbers("coefficients", count: names.count)
        deviations = try archive.numbers("deviations", count: names.count)
        dropped = try archive.words("dropped")
        let summary = try archive.numbers("summary", count: 2)
        (intercept, penalty) = (summary[0], summary[1])
    }
}
