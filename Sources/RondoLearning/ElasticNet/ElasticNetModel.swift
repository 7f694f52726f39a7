package import RondoKernels
package import RondoReport

/// A fitted elastic net: the weighted sum of a lasso, found with another penalty.
package struct ElasticNetModel: CoefficientModel {
    package static let familyName = "elastic_net"

    let weighted: LassoModel
    package let mix: Double

    init(weighted: LassoModel, mix: Double) {
        self.weighted = weighted
        self.mix = mix
    }

    package var coefficients: [Double] { weighted.coefficients }
    package var dropped: [String] { weighted.dropped }

    package func predict(_ features: Features, context: ComputeContext) throws -> Predictions {
        try weighted.predict(features, context: context)
    }

    package var learned: [TableBlock] { weighted.learned }

    package var readable: String { weighted.readable }

    package func originalUnits(means: [Double], deviations: [Double]) -> [TableBlock] {
        weighted.originalUnits(means: means, deviations: deviations)
    }

    package func archive() -> Archive {
        var archive = weighted.archive()
        archive.set("mix", mix)
        return archive
    }

    /// - Throws: R0590 for damaged data.
    package init(from archive: Archive) throws {
        weighted = try LassoModel(from: archive)
        mix = try archive.number("mix")
    }
}
