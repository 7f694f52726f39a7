package import RondoKernels
package import RondoSignature

/// Items that stand together in baskets more often than chance has it.
package enum BoughtTogetherFamily: ModelFamily {
    package static let signature = FamilySignature(
        "bought_together",
        summary: "recommends what others have in the same basket",
        details: """
            A person's basket is what he or she liked. The support of two items is the number of baskets with both; the confidence of one,
            given the other, is the support over the baskets with the other; the lift is the confidence over the share of all baskets that
            have it: above 1 they stand together more often than by chance. An item counts for another by confidence times the root of the
            lift, so that neither what everybody has nor a chance meeting of two rare items comes first; ten baskets without the other are
            added to each item, which holds small supports down. The score of an item is the sum over the basket, each item times its
            strength.

            Source: Agrawal, Imielinski and Swami 1993, Mining association rules between sets of items in large databases, SIGMOD; Brin,
            Motwani, Ullman and Tsur 1997, Dynamic itemset counting and implication rules for market basket data, SIGMOD, on the lift.
            """,
        searchWords: ["recommend", "basket", "association", "rules", "lift", "confidence", "support", "cross-sell"],
        tasks: [.ranking],
        needsNumbers: false, readable: "strongest pairs")

    package static func learner(_ options: FamilyOptions) throws -> any Learner {
        _ = try CheckedOptions(options, for: signature)
        return BoughtTogetherLearner()
    }

    package static func model(from archive: Archive) throws -> any FittedModel { try BoughtTogetherModel(from: archive) }
}
