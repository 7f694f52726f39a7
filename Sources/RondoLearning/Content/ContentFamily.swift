package import RondoKernels
package import RondoSignature

/// Items that are like what a person liked by what they are.
package enum ContentFamily: ModelFamily {
    package static let signature = FamilySignature(
        "content",
        summary: "recommends items that are like what one liked, by the columns that describe them",
        details: """
            An item is a vector of its traits: 1 for each level of a category, the values of word columns, and numbers in deviations from
            their mean. Levels and words count by log((1 + items) / (1 + items that have it)) + 1, so that a rare trait says more than a
            common one; the vector is brought to length 1. A person's profile is the mean of the vectors of what was liked, each with its
            strength, and the score of an item the cosine of its vector with the profile. It knows items that nobody liked yet as well as
            others. Where rows of an item differ, their mean counts.

            Source: Pazzani and Billsus 2007, Content-based recommendation systems, in The Adaptive Web; Salton and Buckley 1988,
            Term-weighting approaches in automatic text retrieval, Information Processing and Management 24.
            """,
        searchWords: ["recommend", "profile", "similar", "attributes", "tfidf", "genres"],
        tasks: [.ranking],
        needsNumbers: false, content: .describing, readable: "traits of items")

    package static var takesSparse: Bool { true }

    package static func learner(_ options: FamilyOptions) throws -> any Learner {
        _ = try CheckedOptions(options, for: signature)
        return ContentLearner()
    }

    package static func model(from archive: Archive) throws -> any FittedModel { try ContentModel(from: archive) }
}
