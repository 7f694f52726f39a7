package import RondoKernels
package import RondoReport

/// A fitted logistic model.
package struct LogisticModel: CoefficientModel {
    package static let familyName = "logistic"

    package let names: [String]
    package let classNames: [String]
    /// The class of each set of coefficients: only the second for two classes.
    package let outputClasses: [Int]
    /// One a set.
    package let intercepts: [Double]
    /// `[set][feature]`; 0 for a dropped feature.
    package let coefficients: [[Double]]
    /// Standard deviation of each feature in training (divisor n).
    package let deviations: [Double]
    /// Names of features without a coefficient.
    package let dropped: [String]
    package let penalty: Double
    /// Covariance of intercept and kept coefficients, column by column; empty when not known.
    package let covariance: [Double]

    init(
        names: [String], classNames: [String], outputClasses: [Int], intercepts: [Double], coefficients: [[Double]], deviations: [Double],
        dropped: [String], penalty: Double, covariance: [Double]
    ) {
        self.names = names
        self.classNames = classNames
        self.outputClasses = outputClasses
        self.intercepts = intercepts
        self.coefficients = coefficients
        self.deviations = deviations
        self.dropped = dropped
        self.penalty = penalty
        self.covariance = covariance
    }

    private var isBinary: Bool { classNames.count == 2 }

    package func predict(_ features: Features, context: ComputeContext) throws -> Predictions {
        let design = try NumericColumns(features, trainedOn: names)
        let margins = try zip(coefficients, intercepts).map {
            try WeightedSum.values(design, coefficients: $0, intercept: $1, context: context)
        }
        if isBinary, let margins = margins.first {
            return .probabilities([margins.map { Elementary.logistic(-$0) }, margins.map { Elementary.logistic($0) }], names: classNames)
        }
        var result = [[Double]](repeating: [Double](repeating: 0, count: design.rowCount), count: classNames.count)
        for row in 0..<design.rowCount {
            let largest = margins.reduce(-Double.infinity) { max($0, $1[row]) }
            let powers = margins.map { Elementary.exp($0[row] - largest) }
            let total = powers.reduce(0, +)
            for (output, power) in zip(outputClasses, powers) { result[output][row] = power / total }
        }
        return .probabilities(result, names: classNames)
    }

    package var learned: [TableBlock] { originalUnits(.none(names.count)) }

    package var readable: String { outputClasses.count == 1 ? "equation" : "\(outputClasses.count) equations" }

    package func originalUnits(means: [Double], deviations: [Double]) -> [TableBlock] {
        let scaling = FeatureScaling(means: means, deviations: deviations)
        let errors = standardErrors(scaling)
        return outputClasses.indices.map { output in
            var constant = CoefficientLine(term: "intercept", estimate: intercepts[output])
            var lines: [CoefficientLine] = []
            for (index, name) in names.enumerated() {
                guard !dropped.contains(name) else {
                    lines.append(CoefficientLine(term: name, estimate: .nan))
                    continue
                }
                let (mean, deviation) = scaling.of(index)
                let estimate = coefficients[output][index] / deviation
                constant.estimate -= estimate * mean
                lines.append(
                    tested(
                        CoefficientLine(term: name, estimate: estimate, standardised: coefficients[output][index] * self.deviations[index]),
                        errors?.features[index]))
            }
            let caption = isBinary ? "coefficients for \(classNames[1])" : "coefficients for \(classNames[outputClasses[output]])"
            return .coefficients(caption, [tested(constant, errors?.intercept)] + lines)
        }
    }

    /// With a standard error, its Wald statistic and normal tail.
    private func tested(_ line: CoefficientLine, _ error: Double?) -> CoefficientLine {
        guard let error, error > 0 else { return line }
        var result = line
        result.standardError = error
        result.statistic = line.estimate / error
        result.probability = NormalDistribution.twoSided(result.statistic)
        return result
    }

    private func standardErrors(_ scaling: FeatureScaling) -> (intercept: Double, features: [Double])? {
        let kept = names.indices.filter { !dropped.contains(names[$0]) }
        let order = kept.count + 1
        guard covariance.count == order * order else { return nil }
        // The intercept before scaling is a - sum of w mean / deviation.
        let shifts = [1] + kept.map { -scaling.of($0).mean / scaling.of($0).deviation }
        var variance = 0.0
        for column in 0..<order {
            for row in 0..<order { variance += shifts[row] * shifts[column] * covariance[column * order + row] }
        }
        var features = [Double](repeating: .nan, count: names.count)
        for (place, column) in kept.enumerated() {
            features[column] = covariance[(place + 1) * order + place + 1].squareRoot() / scaling.of(column).deviation.magnitude
        }
        return (variance.squareRoot(), features)
    }

    package func archive() -> Archive {
        var archive = Archive()
        archive["names"] = .words(names)
        archive["classes"] = .words(classNames)
        archive["output_classes"] = .integers(outputClasses.map { Int64($0) })
        archive["intercepts"] = .numbers(intercepts)
        archive["coefficients"] = .numbers(Array(coefficients.joined()))
        archive["deviations"] = .numbers(deviations)
        archive["dropped"] = .words(dropped)
        archive.set("penalty", penalty)
        archive["covariance"] = .numbers(covariance)
        return archive
    }

    /// - Throws: R0590 for damaged data.
    package init(from archive: Archive) throws {
        let names = try archive.words("names")
        let classNames = try archive.words("classes")
        let outputs = try archive.integers("output_classes").map { Int(clamping: $0) }
        try archive.require(classNames.count >= 2 && outputs.allSatisfy { $0 >= 0 && $0 < classNames.count }, "output_classes")
        try archive.require(!outputs.isEmpty && (classNames.count > 2 || outputs == [1]), "output_classes")
        let flat = try archive.numbers("coefficients")
        try archive.require(flat.count == outputs.count * names.count, "coefficients")
        self.names = names
        self.classNames = classNames
        outputClasses = outputs
        intercepts = try archive.numbers("intercepts", count: outputs.count)
        coefficients = outputs.indices.map { Array(flat[$0 * names.count..<($0 + 1) * names.count]) }
        deviations = try archive.numbers("deviations", count: names.count)
        dropped = try archive.words("dropped")
        penalty = try archive.number("penalty")
        covariance = try archive.numbers("covariance")
    }
}
