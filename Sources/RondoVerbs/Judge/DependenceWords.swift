import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
import RondoReport
import RondoSession
import RondoSignature

/// Partial dependence as table, chart and sentence.
enum DependenceWords {
    /// Over the training rows: nothing is judged, so nothing unseen is looked at.
    static func dependence(_ column: String, of model: TrainedModel, in context: inout Context) throws -> PartialDependence {
        let table = try context.table(named: Name(model.table, Span(0, 0)))
        guard model.rowsIdentity == table.rowsIdentity else { throw Judgement.stale(model) }
        return try PartialDependence(column, of: model, rows: table.rows.gathering(model.trainingRows), context: context.compute)
    }

    private static func names(_ found: PartialDependence, _ model: TrainedModel) -> [String] {
        switch found.outputs.count {
        case 0: ["prediction"]
        case 1: ["probability"]
        default: found.outputs
        }
    }

    static func table(_ found: PartialDependence, model: TrainedModel, unit: String?) -> TableBlock {
        let isShare = !found.outputs.isEmpty
        let isWord = found.values.contains { $0.number == nil }
        return TableBlock(
            caption:
                "what \(model.name) says on average when \(found.column) has one value in all rows (\(NumberText.count(found.rowCount)) training rows)",
            columns: [.init(found.column, isWord ? "text" : "number", isWord ? .plain : .number)]
                + names(found, model).map { .init($0, "number", isShare ? .percent : unit == nil ? .number : .money) },
            rows: found.values.indices.map { index in
                [isWord ? .text(found.values[index].plainText) : found.values[index]] + found.answers.map { Scalar($0[index]) }
            })
    }

    static func chart(_ found: PartialDependence, model: TrainedModel) -> ChartBlock {
        let title = "what \(model.name) says on average by \(found.column)"
        let label = found.outputs.count == 1 ? "probability of \(model.target.column) = \(found.outputs[0])" : model.target.column
        let names = names(found, model)
        guard found.values.allSatisfy({ axis($0) != nil }), found.values.count > 1 else {
            return ChartBlock(
                title: title,
                marks: .bars(labels: found.values.map(\.plainText), groups: names.count == 1 ? [""] : names, values: found.answers),
                xLabel: found.column, yLabel: label)
        }
        let x = found.values.compactMap(axis)
        let isDate = if case .date? = found.values.first { true } else { false }
        let isTime = if case .time? = found.values.first { true } else { false }
        return ChartBlock(
            title: title, marks: .line(zip(names.count == 1 ? [""] : names, found.answers).map { .init(name: $0, x: x, y: $1) }),
            xLabel: found.column,
            yLabel: label, xAxis: isDate ? .date : isTime ? .time : .number)
    }

    private static func axis(_ value: Scalar) -> Double? {
        switch value {
        case .date(let days): Double(days)
        case .time(let microseconds): Double(microseconds) / 1_000_000
        case .text, .missing, .truth, .duration: nil
        case .integer, .number: value.number
        }
    }

    /// `price goes from 180,000 to 420,000 as sqft goes from 600 to 3,100`.
    static func sentence(_ found: PartialDependence, _ model: TrainedModel, unit: String?) -> String {
        guard let answers = found.answers.first, let least = answers.indices.min(by: { (answers[$0], $0) < (answers[$1], $1) }),
            let most = answers.indices.max(by: { (answers[$0], -$0) < (answers[$1], -$1) }), answers[least].isFinite
        else { return "\(found.column) has no values" }
        let style: NumberStyle = found.outputs.isEmpty ? unit == nil ? .number : .money : .percent
        func words(_ index: Int) -> String { NumberText().text(.number(answers[index]), style, unit: style == .money ? unit : nil) }
        func value(_ index: Int) -> String { NumberText().text(found.values[index], .number) }
        let what = found.outputs.isEmpty ? model.target.column : "probability of \(model.target.column) = \(found.outputs[0])"
        if answers[most] - answers[least] <= 1e-9 * max(1, answers[most].magnitude) {
            return "\(found.column) by itself changes nothing: \(what) stays \(words(least))"
        }
        return "\(what) is least at \(found.column) \(value(least)) (\(words(least))) and greatest at \(value(most)) (\(words(most)))"
    }
}
