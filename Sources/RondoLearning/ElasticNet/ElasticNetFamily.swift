package import RondoKernels
package import RondoSignature

/// Least squares with a penalty on magnitudes and squares of the coefficients.
package enum ElasticNetFamily: PenalisedFamily {
    package static let signature = FamilySignature(
        "elastic_net",
        summary: "a weighted sum between ridge and lasso: columns that go together come in together",
        details: """
            Minimises (1/2n)|y - Xw|² + L (mix |w|₁ + (1 - mix)/2 |w|²) with L the penalty; the intercept is not penalised. With mix 1 it is
            the lasso. The columns are standardised first by a step that the recipe shows. Without a penalty it takes a hundredth of the
            least one that leaves every coefficient 0. Solved by cyclic coordinate descent. A penalised estimate is biased: there are no
            standard errors.

            Source: Zou and Hastie 2005, Regularization and variable selection via the elastic net, JRSS B 67; Friedman, Hastie and
            Tibshirani 2010, JSS 33.
            """,
        searchWords: ["regression", "penalty", "l1", "l2", "shrinkage", "regularisation", "elastic"],
        tasks: [.regression],
        parameters: [
            ParameterShape(
                "penalty", .number(lower: 0, upper: 1e12, includesLower: false), default: nil,
                summary: "L; a hundredth of the least one that leaves nothing"),
            ParameterShape(
                "mix", .number(lower: 0, upper: 1, includesLower: false), default: "0.5", summary: "share of the penalty on magnitudes"),
        ],
        needsNumbers: true, needsScale: true, readable: "equation")

    package static let leavesOut = true
    package static let hasMix = true

    package static func learner(_ options: FamilyOptions) throws -> any Learner {
        let checked = try CheckedOptions(options, for: signature)
        return ElasticNetLearner(penalty: checked.number("penalty"), mix: checked.number("mix") ?? 0.5)
    }

    package static func model(from archive: Archive) throws -> any FittedModel { try ElasticNetModel(from: archive) }
}
