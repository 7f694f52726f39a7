package import RondoKernels
package import RondoSignature

/// Factors of people and things by alternating least squares.
package enum ALSFamily: ModelFamily {
    package static let signature = FamilySignature(
        "als",
        summary: "recommends by a few hidden tastes that people share and things serve",
        details: """
            Every person and every item is a vector of `factors` numbers, and a score is the product of two of them. The vectors minimise
            the sum, over all pairs of a person and an item, of c (p - product)^2 plus `penalty` times the squared lengths: p is 1 where the
            person liked the item, and c then the strength (1, or the rating, or how often); elsewhere p is 0 and c is 1. Each round solves
            for all people with the items fixed, then for all items with the people fixed, each time exactly. A person's vector is always
            solved for from what he or she liked, so that new histories are answered like those of training. The start is drawn from
            the seed.

            Source: Hu, Koren and Volinsky 2008, Collaborative filtering for implicit feedback datasets, ICDM, with their explanation of
            single recommendations (section 5).
            """,
        searchWords: ["recommend", "collaborative", "filtering", "matrix", "factorization", "implicit", "embedding"],
        tasks: [.ranking],
        parameters: [
            ParameterShape("factors", .integer(lower: 1, upper: 1024), default: "16", summary: "how many hidden tastes"),
            ParameterShape(
                "penalty", .number(lower: 0, upper: 1e6, includesLower: false), default: "0.05",
                summary: "how strongly long vectors are held down"),
            ParameterShape(
                "rounds", .integer(lower: 1, upper: 1000), default: "15", summary: "how often people and items are solved for in turn"),
        ],
        needsNumbers: false, readable: "nearest items by factors")

    package static func learner(_ options: FamilyOptions) throws -> any Learner {
        let checked = try CheckedOptions(options, for: signature)
        return ALSLearner(
            factors: checked.integer("factors") ?? 16, penalty: checked.number("penalty") ?? 0.05, rounds: checked.integer("rounds") ?? 15)
    }

    package static func model(from archive: Archive) throws -> any FittedModel { try ALSModel(from: archive) }
}
