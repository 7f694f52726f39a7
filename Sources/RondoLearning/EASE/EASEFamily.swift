package import RondoKernels
package import RondoSignature

/// A linear model of items by items in closed form.
package enum EASEFamily: ModelFamily {
    package static let signature = FamilySignature(
        "ease",
        summary: "recommends by how much each liked item speaks for every other one, exactly solved",
        details: """
            Learns the matrix B of items by items, zero on the diagonal, that minimises the squared difference of X and XB plus `penalty`
            times the squared entries of B, where X is 1 where a person liked an item and 0 elsewhere. With P the inverse of
            X'X + penalty I, an entry of B is -P(i, j) / P(j, j). Scores are the sums of B over what a person liked. Where there are fewer
            people than items, the same scores are had from the inverse of XX' + penalty I, as large as the people (the identity of
            Woodbury). The smaller of the two may have at most 12,000 rows.

            Source: Steck 2019, Embarrassingly shallow autoencoders for sparse data, WWW.
            """,
        searchWords: ["recommend", "collaborative", "filtering", "autoencoder", "linear", "slim"],
        tasks: [.ranking],
        parameters: [
            ParameterShape(
                "penalty", .number(lower: 0, upper: 1e9, includesLower: false), default: "250",
                summary: "how strongly weights between items are held down")
        ],
        needsNumbers: false, readable: "weights between items")

    package static func learner(_ options: FamilyOptions) throws -> any Learner {
        EASELearner(penalty: try CheckedOptions(options, for: signature).number("penalty") ?? 250)
    }

    package static func model(from archive: Archive) throws -> any FittedModel { try EASEModel(from: archive) }
}
