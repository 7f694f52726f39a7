package import RondoKernels
package import RondoReport
import RondoSignature

/// A family whose models are weighted sums under a penalty.
package protocol PenalisedFamily: ModelFamily {
    /// Whether the penalty leaves columns out, so that how many it kept is worth telling.
    static var leavesOut: Bool { get }
    /// Whether the penalty is a mix of magnitudes and squares.
    static var hasMix: Bool { get }
}

/// A fitted weighted sum under a penalty: ridge, lasso, elastic net.
package struct PenalisedModel<Family: PenalisedFamily>: CoefficientModel {
    package static var familyName: String { Family.signature.name }

    package let names: [String]
    package let intercept: Double
    /// One a feature; 0 for a dropped one, and for one that the penalty leaves out.
    package let coefficients: [Double]
    /// Standard deviation of each feature in training (divisor n).
    package let deviations: [Double]
    /// Names of features without a coefficient: constant columns.
    package let dropped: [String]
    package let penalty: Double
    /// Share of the penalty on magnitudes.
    package let mix: Double

    init(
        names: [String], intercept: Double, coefficients: [Double], deviations: [Double], dropped: [String], penalty: Double, mix: Double
    ) {
        self.names = names
        self.intercept = intercept
        self.coefficients = coefficients
        self.deviations = deviations
        self.dropped = dropped
        self.penalty = penalty
        self.mix = mix
    }

    package func predict(_ features: Features, context: ComputeContext) throws -> Predictions {
        let design = try NumericColumns(features, trainedOn: names)
        return .numbers(try WeightedSum.values(design, coefficients: coefficients, intercept: intercept, context: context))
    }

    package var learned: [TableBlock] { originalUnits(.none(names.count)) }

    package var readable: String {
        guard Family.leavesOut else { return "equation" }
        return "equation of \(coefficients.reduce(0) { $0 + ($1 == 0 ? 0 : 1) }) of \(names.count) columns"
    }

    package func originalUnits(means: [Double], deviations: [Double]) -> [TableBlock] {
        let scaling = FeatureScaling(means: means, deviations: deviations)
        let left = Set(dropped)
        var constant = intercept
        var lines: [CoefficientLine] = []
        for (index, name) in names.enumerated() {
            guard !left.contains(name) else {
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
        archive["dropped"] = .words(dropped)
        archive["summary"] = .numbers([intercept, penalty])
        if Family.hasMix { archive.set("mix", mix) }
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
        mix = Family.hasMix ? try archive.number("mix") : (Family.leavesOut ? 1 : 0)
    }
}

package typealias RidgeModel = PenalisedModel<RidgeFamily>
package typealias LassoModel = PenalisedModel<LassoFamily>
package typealias ElasticNetModel = PenalisedModel<ElasticNetFamily>
