package import RondoKernels
package import RondoSignature

/// Least squares with a penalty on the magnitudes of the coefficients.
package enum LassoFamily: PenalisedFamily {
    package static let signature = FamilySignature(
        "lasso",
        summary: "a weighted sum of few columns: weights that help little are exactly 0",
        details: """
            Minimises (1/2n)|y - Xw|² + L|w|₁ with L the penalty; the intercept is not penalised. The columns are standardised first by a
            step that the recipe shows. Without a penalty it takes a hundredth of the least one that leaves every coefficient 0. Solved by
            cyclic coordinate descent. A penalised estimate is biased: there are no standard errors.

            Source: Tibshirani 1996, Regression shrinkage and selection via the lasso, JRSS B 58; Friedman, Hastie and Tibshirani 2010,
            JSS 33.
            """,
        searchWords: ["regression", "penalty", "l1", "sparse", "selection", "shrinkage", "regularisation"],
        tasks: [.regression],
        parameters: [
            ParameterShape(
                "penalty", .number(lower: 0, upper: 1e12, includesLower: false), default: nil,
                summary: "L in (1/2n)|y - Xw|² + L|w|₁; a hundredth of the least one that leaves nothing")
        ],
        needsNumbers: true, needsScale: true, readable: "equation")

    package static let leavesOut = true
    package static let hasMix = false

    package static func learner(_ options: FamilyOptions) throws -> any Learner {
        LassoLearner(penalty: try CheckedOptions(options, for: signature).number("penalty"))
    }

    package static func model(from archive: Archive) throws -> any FittedModel { try LassoModel(from: archive) }
}
