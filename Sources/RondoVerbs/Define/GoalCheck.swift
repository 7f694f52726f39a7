import RondoLanguage
import RondoLifecycle

/// Checks the metrics that a goal names.
enum GoalCheck {
    /// - Throws: `Fault` for a metric that does not exist or lacks its parameter; `Diagnostic` for a condition that compares nothing.
    static func check(_ goal: Goal, span: Span?) throws {
        guard let success = goal.success else { return }
        let criteria = Criterion.all(in: success)
        guard !criteria.isEmpty || success.isAlternative else {
            throw Diagnostic(
                "R0415", "a goal compares metrics with numbers", span: success.span,
                remedy: "write succeed when mape < 10% and within(10%) > 60%"
            )
        }
        for criterion in criteria { _ = try criterion.choice() }
    }
}

extension Expression {
    /// Whether the condition joins others by `or` or `not`, which is judged as a whole.
    fileprivate var isAlternative: Bool {
        switch node {
        case .binary(.or, _, _), .not: true
        default: false
        }
    }
}
