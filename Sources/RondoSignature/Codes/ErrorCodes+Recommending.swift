extension ErrorCodes {
    /// Recommenders: what they cannot learn from.
    static let recommending: [ErrorCode] = [
        ErrorCode(
            "R0461", "a recommender without people and things",
            "Recommenders learn from rows that say who had to do with what. The goal names both columns.",
            example: "goal recommend movie to user", in: ["Events"]),
        ErrorCode(
            "R0462", "nothing that anybody liked",
            "What people like is learned from what they liked. Where rows hold ratings, the goal says from which one on a thing was liked.",
            example: "goal recommend movie to user rated rating liked when rating >= 4", in: ["Interactions"]),
        ErrorCode(
            "R0463", "more people and items than the family takes",
            "The family solves one system of equations as large as the people or the items, whichever are fewer. Fewer items, or a family that works in rounds.",
            example: "fit als", in: ["EASELearner"]),
        ErrorCode(
            "R0464", "items of which nothing is known",
            "Likeness by content is learned from columns that describe the items, and there is none.",
            example: "fit content using genres", in: ["ContentVectors"]),
        ErrorCode(
            "R0465", "events without a moment",
            "What is old can count less only where it is known when it was.",
            example: "goal recommend movie to user at watched_on", in: ["PopularityLearner"]),
        ErrorCode(
            "R0466", "models that cannot be blended",
            "A blend is a mean of recommenders that were fitted on the same rows, each with a weight.",
            example: "fit blend models als, content", in: ["BlendFamily", "BlendModel"]),
    ]
}
