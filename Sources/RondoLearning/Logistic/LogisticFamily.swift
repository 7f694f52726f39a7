package import RondoKernels
package import RondoSignature

/// Logistic regression for two classes or more.
package enum LogisticFamily: ModelFamily {
    package static let signature = FamilySignature(
        "logistic",
        summary: "chances from a weighted sum of the columns",
        details: """
            Minimises the sum of log losses + L/2 |w|² with L the penalty; intercepts are not penalised. The columns are standardised first
            by a step that the recipe shows; sparse ones stay as they are. Two classes have one set of coefficients, for the second class; several classes have one
            set each (softmax, symmetric: the coefficients of a column sum to 0 over the classes). Solved by Newton's method with a line
            search, for very many coefficients by conjugate gradients inside Newton's method. Without a penalty, classes that a weighted sum separates perfectly have no
            finite solution, which is reported. `classes balanced` weighs each class by rows / (classes × rows of the class).

            Standard errors, for two classes without a penalty, come from the inverse of the second derivatives; `t` is then the Wald
            statistic and `p` its normal tail.

            Source: Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 2nd edition, section 4.4; Nocedal and Wright,
            Numerical Optimization, 2nd edition, sections 3.3 and 7.1; Albert and Anderson 1984, Biometrika 71, on separation.
            """,
        searchWords: ["classification", "probability", "softmax", "logit", "multinomial"],
        tasks: [.binary, .multiclass],
        parameters: [
            ParameterShape(
                "penalty", .number(lower: 0, upper: 1e12, includesLower: true), default: "1", summary: "L in log losses + L/2 |w|²"),
            ParameterShape(
                "classes", .choice(["balanced"]), default: nil, summary: "balanced: every class has the same weight; else by rows"),
        ],
        needsNumbers: true, needsScale: true, readable: "equation")

    package static let takesSparse = true

    package static func learner(_ options: FamilyOptions) throws -> any Learner {
        let checked = try CheckedOptions(options, for: signature)
        return LogisticLearner(penalty: checked.number("penalty") ?? 1, isBalanced: checked.word("classes") == "balanced")
    }

    package static func model(from archive: Archive) throws -> any FittedModel { try LogisticModel(from: archive) }
}
