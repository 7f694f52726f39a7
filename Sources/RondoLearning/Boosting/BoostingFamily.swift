package import RondoKernels
package import RondoSignature

/// Gradient boosted trees.
package enum BoostingFamily: ModelFamily {
    package static let signature = FamilySignature(
        "boost",
        summary: "many small trees, each learning what the ones before it still get wrong",
        details: """
            Every tree fits the first and second derivatives of the loss at the scores so far and adds `rate` times its answer. A tree grows
            leaf by leaf: the leaf whose best split lowers the loss most is split next, until there are `leaves` of them. Numbers are first
            put into at most 255 bins. Levels of a category are split into two groups in the order of their mean derivatives; with more than
            255 levels, those of similar target share a bin. Missing values go to the side that fits better.

            `loss` is by default squared for numbers, logistic for two classes and softmax, with a tree a class and round, for more.
            `absolute` predicts medians, `quantile` the quantile of `level`, `poisson` means of counts. `stop` keeps a tenth of the training
            rows apart, stops after so many rounds without progress on them and keeps the best round. Without `trees`, the number of rounds
            goes with the training rows (the sum of their weights): a fiftieth of them, at least 100, at most 300. Without `features`, each split chooses among half of the columns, drawn anew, where there are fewer than 10,000
            training rows, and among all elsewhere.

            Source: Friedman 2001, Greedy function approximation: a gradient boosting machine, Annals of Statistics 29; Chen and Guestrin
            2016, XGBoost; Ke et al. 2017, LightGBM; Fisher 1958, On grouping for maximum homogeneity.
            """,
        searchWords: ["gradient boosting", "gbm", "boosted trees", "xgboost", "lightgbm", "ensemble"],
        tasks: [.regression, .binary, .multiclass],
        parameters: [
            ParameterShape(
                "trees", .integer(lower: 1, upper: 100_000), default: nil,
                summary: "most rounds; by the training rows, at least 100 and at most 300"),
            ParameterShape(
                "rate", .number(lower: 0, upper: 1, includesLower: false), default: "0.05",
                summary: "share of each tree's answer that counts"),
            ParameterShape("leaves", .integer(lower: 2, upper: 100_000), default: "31", summary: "most leaves of a tree"),
            ParameterShape("depth", .integer(lower: 1, upper: 10_000), default: nil, summary: "most splits from root to leaf; not limited"),
            ParameterShape("leaf", .integer(lower: 1, upper: 1_000_000_000), default: "20", summary: "least rows in a leaf"),
            ParameterShape(
                "features", .number(lower: 0, upper: 1, includesLower: false), default: nil,
                summary: "share of the columns drawn for each split, rounded up; half with fewer than 10,000 training rows, else all"),
            ParameterShape(
                "rows", .number(lower: 0, upper: 1, includesLower: false), default: "1", summary: "share of the rows drawn for each tree"),
            ParameterShape(
                "loss", .choice(["squared", "absolute", "quantile", "poisson", "logistic"]), default: nil,
                summary: "what is minimised; squared for numbers, logistic or softmax for classes"),
            ParameterShape(
                "level", .number(lower: 0, upper: 0.999_999, includesLower: false), default: "0.5",
                summary: "share of rows below, for loss quantile"),
            ParameterShape(
                "stop", .integer(lower: 1, upper: 100_000), default: nil,
                summary: "rounds without progress on rows kept apart after which to stop; never"),
        ],
        needsNumbers: false, readable: "importances")
    /// Zeros take a byte as codes.
    package static let takesSparse = true

    package static func learner(_ options: FamilyOptions) throws -> any Learner {
        let checked = try CheckedOptions(options, for: signature)
        return BoostingLearner(
            trees: checked.integer("trees"), rate: checked.number("rate") ?? 0.05, leaves: checked.integer("leaves") ?? 31,
            depth: checked.integer("depth"), leaf: checked.integer("leaf") ?? 20, features: checked.number("features"),
            rows: checked.number("rows") ?? 1, loss: checked.word("loss"), level: checked.number("level") ?? 0.5,
            stop: checked.integer("stop"))
    }

    package static func model(from archive: Archive) throws -> any FittedModel { try BoostingModel(from: archive) }
}
