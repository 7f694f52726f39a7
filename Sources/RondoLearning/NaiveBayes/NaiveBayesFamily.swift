package import RondoKernels
package import RondoSignature

/// Naive Bayes for two classes or more: normal densities for numbers, smoothed shares for categories.
package enum NaiveBayesFamily: ModelFamily {
    package static let signature = FamilySignature(
        "naive_bayes",
        summary: "chances from each column on its own, multiplied",
        details: """
            Every column speaks for itself, as if the columns knew nothing of each other inside a class. A number column has a normal density
            with the mean and the variance of the class (divisor n; a billionth of the column's variance is added, so that a column that
            never varies inside a class does not decide alone). A category column has the shares of its levels in the class, each level
            counted once more than it was seen (Laplace). Missing values and unseen levels say nothing, neither in learning nor in answers;
            infinite numbers are taken as missing. The chances are often too close to 0 and 1 when columns repeat each other.

            Source: Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 2nd edition, section 6.6.3; Manning, Raghavan and
            Schütze, Introduction to Information Retrieval, section 13.2, on the smoothing.
            """,
        searchWords: ["bayes", "classification", "probability", "gaussian"],
        tasks: [.binary, .multiclass],
        needsNumbers: false, readable: "means and shares")

    package static func learner(_ options: FamilyOptions) throws -> any Learner {
        _ = try CheckedOptions(options, for: signature)
        return NaiveBayesLearner()
    }

    package static func model(from archive: Archive) throws -> any FittedModel { try NaiveBayesModel(from: archive) }
}
