package import RondoKernels
package import RondoSignature

/// Ordinary least squares.
package enum LinearFamily: ModelFamily {
    package static let signature = FamilySignature(
        "linear",
        summary: "a weighted sum of the columns, by least squares",
        details: """
            Minimises the sum of squared residuals |y - Xw|², with weights the weighted sum. Solved by orthogonal decomposition of centred
            columns, never by normal equations. A constant column, or one that is a combination of earlier columns, gets no coefficient and
            is named. Standard errors assume independent residuals of equal variance; with weights, of variance 1 / weight.

            Source: Golub and Van Loan, Matrix Computations, 4th edition, chapter 5; Hastie, Tibshirani and Friedman, The Elements of
            Statistical Learning, 2nd edition, section 3.2.
            """,
        searchWords: ["regression", "ols", "least squares", "coefficients"],
        tasks: [.regression],
        parameters: [
            ParameterShape("intercept", .choice(["yes", "no"]), default: "yes", summary: "whether there is a constant term")
        ],
        needsNumbers: true, readable: "equation")

    package static let takesSparse = true

    package static func learner(_ options: FamilyOptions) throws -> any Learner {
        let checked = try CheckedOptions(options, for: signature)
        return LinearLearner(hasIntercept: checked.word("intercept") != "no")
    }

    package static func model(from archive: Archive) throws -> any FittedModel { try LinearModel(from: archive) }
}
