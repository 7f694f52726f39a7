package import RondoKernels
package import RondoSignature

/// What most people liked, the same for everybody.
package enum PopularityFamily: ModelFamily {
    package static let signature = FamilySignature(
        "popularity",
        summary: "recommends what most people liked, the same to everybody",
        details: """
            An item's score is the number of people who liked it; an event counts with its strength (the rating, where there is one) and
            its weight. With `decay` an event counts half for each so many days that it is older than the newest one, so that what is liked
            now comes first. It is the baseline of every other recommender, and their answer to people of whom nothing is known.

            Source: Cremonesi, Koren and Turrin 2010, Performance of recommender algorithms on top-n recommendation tasks, RecSys, section
            3.1 (TopPop); Cormode, Shkapenyuk, Srivastava and Xu 2009, Forward decay, ICDE, on exponential decay.
            """,
        searchWords: ["recommend", "popular", "most", "baseline", "trending"],
        tasks: [.ranking],
        parameters: [
            ParameterShape(
                "decay", .number(lower: 0, upper: 36_525, includesLower: false), default: nil,
                summary: "after how many days an event counts half; without it all count alike")
        ],
        needsNumbers: false, readable: "most popular items")

    package static func learner(_ options: FamilyOptions) throws -> any Learner {
        PopularityLearner(halfLife: try CheckedOptions(options, for: signature).number("decay"))
    }

    package static func model(from archive: Archive) throws -> any FittedModel { try PopularityModel(from: archive) }
}
