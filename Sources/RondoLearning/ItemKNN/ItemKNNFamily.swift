package import RondoKernels
package import RondoSignature

/// Items like those a person liked, alike when the same people liked them.
package enum ItemKNNFamily: ModelFamily {
    package static let signature = FamilySignature(
        "item_knn",
        summary: "recommends items that the same people like as those one likes already",
        details: """
            Two items are alike when the same people liked them. Each item is the vector of the strengths with which people liked it; with
            `weighting cosine` likeness is the cosine of two vectors; with `tfidf` the cosine after each strength is made its root times
            log((2 + items) / (1 + items of the person)), so that people who like everything say little; with `bm25` the product of
            vectors whose strengths saturate (k1 = 1.2) and are damped for items that many like (b = 0.75). Of each item the `neighbors`
            nearest are kept, itself among them. The score of an item is the sum of its likenesses to what a person liked, each times its
            strength.

            Source: Sarwar, Karypis, Konstan and Riedl 2001, Item-based collaborative filtering recommendation algorithms, WWW; Deshpande
            and Karypis 2004, Item-based top-N recommendation algorithms, ACM TOIS 22; Robertson and Zaragoza 2009, The probabilistic
            relevance framework: BM25 and beyond.
            """,
        searchWords: ["recommend", "collaborative", "filtering", "neighbours", "similar", "items"],
        tasks: [.ranking],
        parameters: [
            ParameterShape(
                "neighbors", .integer(lower: 1, upper: 10_000), default: "100", summary: "how many items are kept of each, the most alike"),
            ParameterShape(
                "weighting", .choice(["cosine", "tfidf", "bm25"]), default: "tfidf", summary: "how much each person counts for likeness"),
        ],
        needsNumbers: false, readable: "most similar items")

    package static func learner(_ options: FamilyOptions) throws -> any Learner {
        let checked = try CheckedOptions(options, for: signature)
        return ItemKNNLearner(
            neighbours: checked.integer("neighbors") ?? 100,
            weighting: checked.word("weighting").flatMap(ItemWeighting.init(rawValue:)) ?? .tfidf)
    }

    package static func model(from archive: Archive) throws -> any FittedModel { try ItemKNNModel(from: archive) }
}
