import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoRecipes
import RondoReport
import RondoSession
import RondoSignature

/// Puts a bundle together from a model and what is known about it.
enum BundleMaking {
    static func bundle(_ call: Call, name: Name, judgement: Judgement, report: MetricReport, in context: inout Context) throws -> Bundle {
        let model = judgement.model
        let table = judgement.table
        let scope = try scope(call, goal: judgement.goal, judgement: judgement, in: &context)
        let required =
            try call[DeployVerb.requires].map {
                try ColumnBinding.resolve($0, in: table.rows, table: table.name, target: nil, source: call.cell.source)
            } ?? []
        let (features, _) = try model.predictor.features(
            of: table.rows.gathering(model.trainingRows), collectsRemarks: false, context: context.compute)
        let notes = context.notes().filter { note in
            note.settled == nil && (note.about == nil || note.about == model.name || note.about == table.name)
        }
        let metrics = report.lines.filter { $0.value.value.isFinite }.map { Bundle.Metric($0.choice.name, $0.value.value) }
        var card = model.marks + notes.map { "\($0.kind): \($0.text)" }
        if let despite = call[DeployVerb.despite]?.value, judgement.verdict(report).isMet == false {
            card.append("released despite missing the goal: \(despite)")
        }
        return Bundle(
            release: name.value, model: model.name, family: model.family.name, unit: judgement.goal.unit, goal: judgement.goal.text ?? "",
            predictor: model.predictor, errors: try errors(call, judgement: judgement), profile: TrainingProfile(features),
            fallback: call[DeployVerb.fallback]?.value, required: required, scope: scope, conditions: conditions(table, model: model),
            strictConditions: table.checks.filter { $0.isByRow && ($0.expected ?? 0) >= 1 }.map(\.condition).filter {
                !reachesTarget($0, model: model, table: table)
            },
            metrics: metrics, card: card, seed: model.specification.seed, trainingRows: model.trainingRows.count,
            knownColumns: table.rows.names)
    }

    /// Filters that do not reach the target become warnings on new rows; those that do judge the predicted value.
    private static func conditions(_ table: Table, model: TrainedModel) -> [String] {
        table.rowConditions.filter { !reachesTarget($0, model: model, table: table) }
    }

    private static func reachesTarget(_ condition: String, model: TrainedModel, table: Table) -> Bool {
        guard let tree = try? ExpressionParser.parse(condition) else { return true }
        let tainted = TargetGuard(target: model.target.column, recipe: model.recipe, columns: table.rows.names).tainted
        return !tree.columnsRead.isDisjoint(with: tainted)
    }

    /// The condition of the cell, checked against the table, else the goal's scope.
    private static func scope(_ call: Call, goal: Goal, judgement: Judgement, in context: inout Context) throws -> String? {
        guard let condition = call[DeployVerb.scope] else { return goal.scope?.text }
        // New rows are held against it as they come, else as the recipe makes them.
        if (try? context.compile(condition, on: judgement.table.rows, table: judgement.table.name, expects: .truth)) == nil {
            _ = try context.compile(condition, on: judgement.frame, table: judgement.table.name, expects: .truth)
        }
        return condition.text
    }

    private static func errors(_ call: Call, judgement: Judgement) throws -> ErrorProfile? {
        guard case .numbers(let truth) = judgement.outcome.truth, case .numbers(let predicted) = judgement.outcome.predictions else {
            return nil
        }
        let level = call[DeployVerb.interval]?.value.number ?? 0.9
        let within = try judgement.goalMetrics().first { $0.metric.signature.name == "within" }?.parameter
        return ErrorProfile(truth: truth, predictions: predicted, level: level, tolerance: within ?? 0.1)
    }
}
