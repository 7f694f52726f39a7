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
        let (words, rows) = try judged(model, part: part, condition: condition, in: &context)
        return try measures(model, part: words, rows: rows, in: context)
    }

    /// The rows that describe a model, as loaded, and what they are called.
    private static func judged(
        _ model: TrainedModel, part: Spanned<Part>?, condition: Expression?, in context: inout Context
    ) throws -> (part: String, rows: Frame) {
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
        return (words, table.rows.gathering(rows))
    }

    /// Models that look for groups, side by side: a line for each, with what describes it.
    static func compare(_ models: [TrainedModel], _ call: Call, in context: inout Context) throws -> [Block] {
        for (given, span) in [
            (call[CompareVerb.metric] != nil, call.span(CompareVerb.metric)),
            (call[CompareVerb.outcomes] != nil, call.span(CompareVerb.outcomes)),
        ] where given {
            throw Diagnostic(
                "R0443", "these models predict nothing: there is no truth to hold them against", span: span, remedy: "compare")
        }
        var names: [String] = []
        var lines: [(model: TrainedModel, values: [String: Double], seconds: Double)] = []
        var words = ""
        for model in models {
            let (part, rows) = try judged(model, part: call[SharedClauses.part], condition: call[SharedClauses.condition], in: &context)
            guard let groups = model.fitted as? any GroupingModel else { continue }
            let started = context.world.elapsed()
            let features = try model.predictor.features(of: rows, context: context.compute)
            _ = try groups.predict(features, context: context.compute)
            let seconds = (context.world.elapsed() - started) / Double(max(1, rows.rowCount))
            let measures = try groups.measures(features, context: context.compute)
            for measure in measures where !names.contains(measure.name) { names.append(measure.name) }
            lines.append((model, Dictionary(measures.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }), seconds))
            words = part
        }
        let shares = ["explained", "apart"]
        return [
            .table(
                TableBlock(
                    caption: "models on \(words)",
                    columns: [.init("model", "text", .plain)]
                        + names.map { .init($0, "number", shares.contains($0) ? .percent : .number) } + [
                            .init("fit", "number", .seconds, volatile: true), .init("one_row", "number", .seconds, volatile: true),
                            .init("size", "integer", .bytes), .init("to_read", "text", .plain),
                        ],
                    rows: lines.map { line in
                        [.text(line.model.name)] + names.map { Scalar(line.values[$0] ?? .nan) } + [
                            .number(line.model.fitSeconds), .number(line.seconds),
                            Scalar(line.model.predictor.archive().encoded().count), .text(line.model.fitted.readable),
                        ]
                    }))
        ]
    }
}
