import RondoExpressions
package import RondoFrame
import RondoKernels
package import RondoLanguage
package import RondoLearning
package import RondoLifecycle
package import RondoReport
import RondoSignature

/// A model judged on a part of its table: which rows, what came out, what must be said beside it.
package struct Judgement: Sendable {
    package let model: TrainedModel
    package let table: Table
    package let prepared: PreparedTable
    package let goal: Goal
    package let outcome: Scoring.Outcome
    /// The rows it was judged on, known or not, as indices into the rows of the table.
    package let judgedRows: [Int32]
    /// `validation`, `test`, `5 folds of the training rows`.
    package let part: String
    package var remarks: [Block]

    /// - Parameters:
    ///   - part: what `on` says; nil means validation, or folds of the training rows where there is none.
    ///   - includesSeen: whether rows that the model learned from may be judged.
    ///   - takesLists: whether the verb can do something with the lists of a recommender.
    /// - Throws: `Diagnostic` for a part that is not there, rows the model has seen, or lists where rows are wanted.
    package init(
        _ model: TrainedModel, verb: String, part: Spanned<Part>?, condition: Expression? = nil, includesSeen: Bool = false,
        takesLists: Bool = false, in context: inout Context
    ) throws {
        self.model = model
        goal = try context.requiredGoal(for: verb)
        let aim = goal.aim
        if goal.recommendation != nil, !takesLists {
            throw Diagnostic(
                "R0440", "\(verb) judges single answers, and \(model.name) recommends lists", span: nil,
                note: "score, compare, errors and recommend judge lists", remedy: "errors \(NameText.written(model.name))")
        }
        guard aim != .groups else {
            throw Diagnostic("R0443", "the goal predicts nothing: there is nothing to score", span: nil, remedy: "goal predict COLUMN")
        }
        table = try context.table(named: Name(model.table, Span(0, 0)))
        prepared = try context.prepared(table)
        remarks = []
        guard
            let rows = try Judgement.rows(
                model, part: part, table: table, frame: prepared.known, goal: goal, includesSeen: includesSeen, in: &context)
        else {
            let whole = try Scoring.crossValidated(
                model, table: table, aim: aim, folds: 5, seed: model.specification.seed, elapsed: context.world.elapsed,
                context: context.compute)
            let wanted = try Judgement.scoped(
                whole.rows, goal: goal, table: table, prepared: prepared, condition: condition, in: &context)
            outcome = whole.keeping(Set(wanted.inside))
            judgedRows = wanted.inside
            let count = outcome.foldCount
            self.part = "\(count) folds of the training rows"
            let reason = table.split?.validationRows.isEmpty == false ? "it has learned from validation rows" : "no validation part"
            remarks.append(.text(TextBlock("\(reason): judged by \(count) folds of the training rows")))
            remarks += Judgement.outside(wanted.outside) + context.valueRemarks(condition, nil, in: prepared)
            return
        }
        let (inside, outside) = try Judgement.scoped(
            rows, goal: goal, table: table, prepared: prepared, condition: condition, in: &context)
        remarks += Judgement.outside(outside)
        judgedRows = inside
        outcome = try Scoring.outcome(
            of: model, table: table, prepared: prepared, aim: aim, rows: inside, elapsed: context.world.elapsed,
            context: context.compute)
        self.part = part.map { ArgumentText.written(.part($0)) } ?? "validation"
        remarks += context.valueRemarks(condition, nil, in: prepared)
        record(part, in: &context)
    }

    /// The table as its recipe shows it.
    package var frame: Frame { prepared.frame }

    private static func outside(_ rows: Int) -> [Block] {
        guard rows > 0 else { return [] }
        return [
            .figures([Figure("outside_scope", Scalar(rows), .count)]), .text(TextBlock("{outside_scope} rows outside scope are left out")),
        ]
    }

    /// Looks at validation and openings of the seal are counted and said.
    private mutating func record(_ part: Spanned<Part>?, in context: inout Context) {
        guard let split = table.split else { return }
        if context.look(at: outcome.rows, of: table) {
            let count = context.effects.openings(of: split.seal)
            remarks.append(
                count == 1
                    ? .text(TextBlock("the seal of the test part is broken by this cell: the one honest look"))
                    : .text(TextBlock("test part opened more than once: this score is no longer clean", tone: .warning)))
        } else if part == nil || part?.value == .validation {
            context.effects.lookAtValidation(of: split.identity)
        }
    }

    /// Rows of the part; nil when there is neither a wish nor a validation part that the model has not seen.
    private static func rows(
        _ model: TrainedModel, part: Spanned<Part>?, table: Table, frame: Frame, goal: Goal, includesSeen: Bool, in context: inout Context
    ) throws -> [Int32]? {
        if part == nil, table.split?.validationRows.isEmpty != false || model.hasSeenValidation(of: table) {
            guard model.rowsIdentity == table.rowsIdentity else { throw stale(model) }
            return nil
        }
        let wanted = part?.value ?? .validation
        let rows = try PartSelection.rows(wanted, of: table, frame: frame, moment: goal.moment)
        if wanted == .validation || wanted == .test, let own = model.splitIdentity, own == table.split?.identity { return rows }
        guard model.rowsIdentity == table.rowsIdentity else { throw stale(model) }
        let seen = Set(model.trainingRows)
        if includesSeen { return rows }
        let fresh = rows.filter { !seen.contains($0) }
        guard fresh.count == rows.count else {
            throw Diagnostic(
                "R0444",
                "\(model.name) has learned from \(NumberText.count(rows.count - fresh.count)) of these rows: its score on them would flatter it",
                span: part?.span,
                remedy:
                    "score \(model.name), or say so: … on \(ArgumentText.written(.part(part ?? Spanned(.all, Span(0, 0))))) including seen")
        }
        return rows
    }

    /// A model that is asked about rows which are no longer those it was fitted on.
    package static func stale(_ model: TrainedModel) -> Diagnostic {
        Diagnostic(
            "R0445", "the rows of \(model.table) have changed since \(model.name) was fitted", span: nil,
            remedy: "fit \(model.family.name)")
    }

    private static func scoped(
        _ rows: [Int32], goal: Goal, table: Table, prepared: PreparedTable, condition: Expression?, in context: inout Context
    ) throws -> (inside: [Int32], outside: Int) {
        let inScope = try context.keeping(rows, where: goal.scope, of: table, prepared).rows
        let inside = try context.keeping(inScope, where: condition, of: table, prepared).rows
        guard !inside.isEmpty else {
            throw Diagnostic("R0446", "no row is left to judge", span: nil, remedy: "count")
        }
        return (inside, rows.count - inScope.count)
    }

    /// Metrics of the goal, checked against the task.
    package func goalMetrics() throws -> [MetricChoice] {
        guard let success = goal.success else { return [] }
        return try Criterion.all(in: success).map { criterion in
            let choice = try criterion.choice()
            guard choice.metric.signature.tasks.contains(model.target.task) else {
                let column = model.target.column
                let subject =
                    switch model.target.task {
                    case .ranking: "it recommends \(column)"
                    case .regression: "\(column) is a number"
                    default: "\(column) is \(model.target.classes.count) classes"
                    }
                throw Diagnostic(
                    "R0447", "\(criterion.metric) does not judge this task: \(subject)", span: nil,
                    remedy: "write succeed when \(model.target.task.exampleCriterion)")
            }
            return choice
        }
    }

    package func report(_ positions: [Int32]? = nil) throws -> MetricReport {
        try MetricReport(task: model.target.task, input: outcome.input(positions), baseline: outcome.baseline, extra: goalMetrics())
    }

    /// Where the metrics of a report stand against the goal.
    package func verdict(_ report: MetricReport) -> Verdict {
        Verdict(goal) { name in
            guard let value = report.line(name)?.value.value, value.isFinite else { return nil }
            return value
        }
    }
}
