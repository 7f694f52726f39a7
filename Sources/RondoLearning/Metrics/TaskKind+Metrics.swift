package import RondoSignature

extension TaskKind {
    /// The metrics that are shown where the goal names none; empty for groups, which are described, not judged.
    package var shownMetrics: [String] {
        switch self {
        case .regression: ["rmse", "r2"]
        case .binary, .multiclass: ["accuracy", "roc_auc"]
        case .ranking: ["recall@10", "precision@10"]
        case .grouping: []
        }
    }

    /// The metric by which models are searched and inputs are weighed where the goal names none.
    package var searchMetric: String {
        switch self {
        case .regression, .grouping: "rmse"
        case .binary, .multiclass: "log_loss"
        case .ranking: "ndcg@10"
        }
    }

    /// A criterion of success as it could be typed.
    package var exampleCriterion: String {
        switch self {
        case .regression, .grouping: "mape < 10%"
        case .binary, .multiclass: "accuracy > 90%"
        case .ranking: "recall@10 > 10%"
        }
    }
}
