import RondoLanguage
import RondoLearning
import RondoLifecycle

/// Checks the metrics that a goal names.
enum GoalCheck {
    /// - Throws: `Diagnostic` for a metric that does not exist, with the nearest one.
    static func check(_ goal: Goal, span: Span?) throws {
        guard let success = goal.success else { return }
        for criterion in Criterion.all(in: success) where Metrics.named(criterion.metric) == nil {
            let name = criterion.metric
            let nearest = NearestWord.suggestion(for: name, among: Metrics.names)
            throw Diagnostic(
                "R0210", "there is no metric \(name)", span: span, note: nearest.map { "did you mean \($0)?" },
                remedy: "metrics: \(Metrics.names.joined(separator: ", "))")
        }
    }
}
