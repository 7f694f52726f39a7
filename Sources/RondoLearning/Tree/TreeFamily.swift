package import RondoKernels
package import RondoSignature

/// Classification and regression tree.
package enum TreeFamily: ModelFamily {
    package static let signature = FamilySignature(
        "tree",
        summary: "a tree of yes-or-no questions about single columns",
        details: """
            Splits rows again and again by the question that lowers squared error (numbers) or Gini impurity (classes) most, until all rows
            of a leaf agree or a limit is reached. Every cut half-way between neighbouring values is tried. Categories are split into two
            groups: levels ordered by their mean target contain the best of all groupings for numbers and two classes (Fisher); for several
            classes they are ordered by the share of one class against the rest, for each class in turn. Missing values go to the side
            that fits better; where training had none, they go with the larger side, like levels not seen there.

            Source: Breiman, Friedman, Olshen and Stone 1984, Classification and Regression Trees; Fisher 1958, On grouping for maximum
            homogeneity, Journal of the American Statistical Association 53.
            """,
        searchWords: ["decision tree", "cart", "rules"],
        tasks: [.regression, .binary, .multiclass],
        parameters: [
            ParameterShape("depth", .integer(lower: 1, upper: 10_000), default: nil, summary: "most splits from root to leaf; not limited"),
            ParameterShape("leaf", .integer(lower: 1, upper: 1_000_000_000), default: "1", summary: "least rows in a leaf"),
        ],
        needsNumbers: false, readable: "rules")

    package static func learner(_ options: FamilyOptions) throws -> any Learner {
        let checked = try CheckedOptions(options, for: signature)
        return TreeLearner(depth: checked.integer("depth"), leaf: checked.integer("leaf") ?? 1)
    }

    package static func model(from archive: Archive) throws -> any FittedModel { try TreeModel(from: archive) }
}
