import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
import RondoRecipes
import RondoSession

/// The goal's target for steps that learn by it.
enum GoalTarget {
    /// - Parameter what: what needs it, as typed.
    /// - Throws: R0717 without a goal that predicts a column, R0203 when the table lacks it.
    static func required(for what: String, frame: Frame, in context: inout Context) throws -> LearningTarget {
        guard let target = context.goal()?.target else {
            throw Diagnostic(
                "R0717", "\(what) learns by the target, and no goal names one", span: nil, remedy: "goal predict COLUMN")
        }
        let name = target.column.value
        guard frame[name] != nil else {
            throw Fault(
                "R0717", "\(what) learns by the target \(name), and the table has no such column", remedy: "goal predict COLUMN",
                subject: name)
        }
        return LearningTarget(column: name, positive: target.value.map { LiteralScalar.scalar($0.value).plainText })
    }
}
