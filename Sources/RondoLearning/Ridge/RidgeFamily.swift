package import RondoKernels
package import RondoSignature

/// Least squares with a penalty on the squared coefficients.
package enum RidgeFamily: PenalisedFamily {
    package static let signature = FamilySignature(
        "ridge",
        summary: "a weighted sum of the columns, large weights penalised",
        details: """
            Minimises |y - Xw|² + L|w|² with L the penalty; the intercept is not penalised. The columns are standardised first by a step
            that the recipe shows; sparse ones stay as they are. Solved by orthogonal decomposition of the columns with the rows
            sqrt(L) I below them, for very many sparse columns by conjugate gradients. A penalised estimate is biased: there are no
            standard errors.

            Source: Hoerl and Kennard 1970, Ridge regression, Technometrics 12; The Elements of Statistical Learning, section 3.4.1.
            """,
        searchWords: ["regression", "penalty", "l2", "shrinkage", "regularisation"],
        tasks: [.regression],
        parameters: [
            ParameterShape(
                "penalty", .number(lower: 0, upper: 1e12, includesLower: true), default: "1", summary: "L in |y - Xw|² + L|w|²; 0 is linear"
            )
        ],
        needsNumbers: true, needsScale: true, readable: "equation")

    package static let takesSparse = true

    package static let leavesOut = false
    package static let hasMix = false

    package static func learner(_ options: FamilyOptions) throws -> any Learner {
        RidgeLearner(penalty: try CheckedOptions(options, for: signature).number("penalty") ?? 1)
    }

    package static func model(from archive: Archive) throws -> any FittedModel { try RidgeModel(from: archive) }
}
