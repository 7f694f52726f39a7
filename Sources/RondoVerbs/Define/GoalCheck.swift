import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoSignature

/// Checks the metrics that a goal names.
enum GoalCheck {
    /// - Throws: `Fault` for a metric that does not exist or lacks its parameter; `Diagnostic` for a condition that compares nothing.
    static func check(_ goal: Goal, source: String) throws {
        guard let success = goal.success else { return }
        let criteria = Criterion.all(in: success)
        guard !criteria.isEmpty || success.isAlternative else {
            throw Diagnostic(
                "R0415", "a goal compares metrics with numbers", span: success.span,
                remedy: "write succeed when mape < 10% and within(10%) > 60%",
                mend: Metrics.named(success.text).map { _ in Mend(success.span, "\(success.text) < 10%") }
            )
        }
        let known = Metrics.all.map { $0.signature.name }
        for criterion in criteria {
            let metric = String(criterion.metric.prefix { $0 != "(" && $0 != "@" })
            guard Metrics.named(metric) == nil, let name = success.names(metric).first else { continue }
            throw SessionNames.unknownMetric(name, known: known, source: source)
        }
        for criterion in criteria { _ = try criterion.choice() }
    }

    /// - Throws: `Diagnostic` for a metric that judges another task than the one that was understood.
    static func check(_ goal: Goal, suits task: TaskKind, source: String) throws {
        guard let success = goal.success, goal.aim != .groups else { return }
        let column = goal.target?.column.value ?? "the target"
        let subject =
            switch task {
            case .regression: "\(column) is a number"
            case .ranking: "it recommends lists"
            default: "\(column) is a class"
            }
        let better = task.exampleCriterion
        for criterion in Criterion.all(in: success) {
            guard let choice = try? criterion.choice() else { continue }
            let metric = choice.metric.signature
            guard !metric.tasks.contains(task), let name = success.names(metric.name).first else { continue }
            let fitting = Metrics.standard(for: task).prefix(6).map { $0.metric.signature.name }.joined(separator: ", ")
            throw Diagnostic(
                "R0447",
                "\(metric.name) does not judge this task: \(subject)",
                span: name.span, note: "these do: \(fitting)",
                remedy: "write succeed when \(better)", mend: Mend(success.span, better))
        }
    }
}

extension Expression {
    /// Where a name stands in the expression, as a column or as a function.
    fileprivate func names(_ wanted: String) -> [Name] {
        switch node {
        case .name(let name) where name == wanted: [Name(name, span)]
        case .call(let call) where call.function.value == wanted: [call.function]
        default: children.flatMap { $0.names(wanted) }
        }
    }

    /// Whether the condition joins others by `or` or `not`, which is judged as a whole.
    fileprivate var isAlternative: Bool {
        switch node {
        case .binary(.or, _, _), .not: true
        default: false
        }
    }
}
