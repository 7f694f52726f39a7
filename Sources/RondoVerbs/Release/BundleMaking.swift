import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoRecipes
import RondoReport
import RondoSession
import RondoSignature

/// What a bundle is made from: a model, and what judging it has told.
struct BundleSubject {
    let model: TrainedModel
    let table: Table
    let prepared: PreparedTable
    let goal: Goal
    let metrics: [Bundle.Metric]
    let missesGoal: Bool
    var ranges = ReleaseRanges()

    init(_ judgement: Judgement, report: MetricReport) {
        model = judgement.model
        table = judgement.table
        prepared = judgement.prepared
        goal = judgement.goal
        metrics = report.lines.filter { $0.value.value.isFinite }.map { Bundle.Metric($0.choice.name, $0.value.value) }
        missesGoal = judgement.verdict(report).isMet == false
    }

    /// A model that looks for groups.
    init(_ model: TrainedModel, metrics: [Bundle.Metric], in context: inout Context) throws {
        self.model = model
        self.metrics = metrics
        goal = try context.requiredGoal(for: "deploy")
        table = try context.table(named: Name(model.table, Span(0, 0)))
        prepared = try context.prepared(table)
        missesGoal = false
    }
}

/// Puts a bundle together from a model and what is known about it.
enum BundleMaking {
    static func bundle(_ call: Call, name: Name, subject: BundleSubject, in context: inout Context) throws -> Bundle {
        let (model, table) = (subject.model, subject.table)
        let scope = try scope(call, subject: subject, in: &context)
        let required =
            try call[DeployVerb.requires].map {
                try ColumnBinding.resolve($0, in: table.rows, table: table.name, target: nil, source: call.cell.source)
            } ?? []
        let features = try model.predictor.features(of: table.rows.gathering(model.trainingRows), context: context.compute)
        let notes = context.notes().filter { note in
            note.settled == nil && (note.about == nil || note.about == model.name || note.about == table.name)
        }
        var card = model.marks + (model.predictor.decision.map { [$0.words] } ?? []) + notes.map { "\($0.kind): \($0.text)" }
        if let source = table.facts.sentence(for: table.name) { card.append(source) }
        if let despite = call[DeployVerb.despite]?.value, subject.missesGoal {
            card.append("released despite missing the goal: \(despite)")
        }
        let checks = table.checks.filter { $0.isByRow && !reachesTarget($0.condition, model: model, table: table) }
        let strict = checks.filter { ($0.expected ?? 0) >= 1 }.map(\.condition)
        let others = checks.filter { ($0.expected ?? 0) < 1 }.map(\.condition)
        var bundle = Bundle(
            release: name.value, model: model.name, family: model.family.name, unit: subject.goal.unit, goal: subject.goal.text ?? "",
            predictor: model.predictor, errors: subject.ranges.errors, profile: TrainingProfile(features),
            fallback: call[DeployVerb.fallback]?.value, required: required, scope: scope, conditions: others, strictConditions: strict,
            metrics: subject.metrics, card: card, seed: model.specification.seed, trainingRows: model.trainingRows.count,
            knownColumns: table.rows.names)
        bundle.classRange = subject.ranges.classes
        try bindConditions(of: &bundle, call, model: model, table: table, context: context.compute)
        return bundle
    }

    /// What scope and checks read becomes an input of the release, and they are tried on no row: what cannot be judged row by row
    /// is refused (scope) or left out (checks).
    private static func bindConditions(
        of bundle: inout Bundle, _ call: Call, model: TrainedModel, table: Table, context: ComputeContext
    ) throws {
        let texts = (bundle.scope.map { [$0] } ?? []) + bundle.conditions + bundle.strictConditions
        let read = try texts.reduce(into: Set<String>()) { $0.formUnion(try ExpressionParser.parse($1).columnsRead) }
        let columns = table.rows.names
        let wanted = model.recipe.inputs(of: read, columns: columns).subtracting(model.predictor.targetInputs)
        bundle.predictor = model.predictor.reading(
            zip(columns, table.rows.columns).filter { wanted.contains($0.0) }.map { .init(name: $0.0, type: $0.1.type) })
        let none = try bundle.knownFrame(of: table.rows.gathering([]), context: context)
        bundle.conditions.removeAll { (try? BundleCondition($0, on: none)) == nil }
        bundle.strictConditions.removeAll { (try? BundleCondition($0, on: none)) == nil }
        guard let scope = bundle.scope else { return }
        do { _ = try BundleCondition(scope, on: none) } catch {
            let reason = (error as? Diagnostic)?.message ?? (error as? Fault)?.message ?? "a column is not known for new rows"
            throw Diagnostic(
                "R0529", "new rows cannot be held against the scope \(scope): \(reason)", span: call.span(DeployVerb.scope),
                remedy:
                    "write a scope over columns that new rows bring, or deploy \(NameText.written(model.name)) as \(NameText.written(bundle.release))"
            )
        }
    }

    private static func reachesTarget(_ condition: String, model: TrainedModel, table: Table) -> Bool {
        guard let tree = try? ExpressionParser.parse(condition) else { return true }
        let tainted = TargetGuard(target: model.target.column, recipe: model.recipe, columns: table.rows.names).tainted
        return !tree.columnsRead.isDisjoint(with: tainted)
    }

    /// The condition of the cell, checked against the table, else the goal's scope.
    private static func scope(_ call: Call, subject: BundleSubject, in context: inout Context) throws -> String? {
        guard let condition = call[DeployVerb.scope] else { return subject.goal.scope?.text }
        _ = try context.compile(condition, on: subject.prepared.known, table: subject.table.name, expects: .truth)
        return condition.text
    }
}
