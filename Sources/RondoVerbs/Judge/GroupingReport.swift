import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoReport
import RondoSession
import RondoSignature

/// What is said of models that look for groups: there is no truth to compare with, so they are judged by how well they describe rows.
enum GroupingReport {
    /// `segments on train, 600 rows: inertia 3.2 · silhouette 0.41`.
    static func measures(_ model: TrainedModel, part: String, rows: Frame, in context: Context) throws -> [Block] {
        guard let groups = model.fitted as? any GroupingModel else { return [] }
        let features = try model.predictor.features(of: rows, context: context.compute)
        let measures = try groups.measures(features, context: context.compute)
        let figures = measures.map { Figure($0.name, Scalar($0.value), ["explained", "apart"].contains($0.name) ? .percent : .number) }
        let words = measures.map { "\($0.name) {\($0.name)}" }.joined(separator: " · ")
        let name = SlotText.escaped(model.name)
        return [
            .figures(figures + [Figure("rows", Scalar(rows.rowCount), .count)]),
            .text(
                TextBlock(
                    "\(name) on \(SlotText.escaped(part)), {rows} rows\(words.isEmpty ? "" : ": \(words)") · \(SlotText.escaped(model.fitted.readable))"
                )),
        ]
    }

    /// - Parameter part: what `on` says; nil means validation, or the training rows without one.
    static func score(_ model: TrainedModel, part: Spanned<Part>?, condition: Expression?, in context: inout Context) throws -> [Block] {
        let goal = try context.requiredGoal(for: "score")
        let table = try context.table(named: Name(model.table, Span(0, 0)))
        let prepared = try context.prepared(table)
        let wanted = part?.value ?? (table.split?.validationRows.isEmpty == false ? .validation : .train)
        var rows = model.trainingRows
        if table.split != nil || part != nil {
            rows = try PartSelection.rows(wanted, of: table, frame: prepared.known, moment: goal.moment)
        }
        for condition in [goal.scope, condition] { rows = try context.keeping(rows, where: condition, of: table, prepared).rows }
        context.look(at: rows, of: table)
        let words =
            part.map { ArgumentText.written(.part($0)) }
            ?? (table.split == nil ? model.trainedOn : ArgumentText.written(.part(Spanned(wanted, Span(0, 0)))))
        return try measures(model, part: words, rows: table.rows.gathering(rows), in: context)
    }
}
