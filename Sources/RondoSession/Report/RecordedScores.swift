import RondoKernels
import RondoLanguage
import RondoLearning
package import RondoLifecycle
import RondoReport

/// What recorded cells say about a model: metric values as they were shown, nothing runs again.
package struct RecordedScores: Sendable {
    /// The cell they come from, from 1.
    package let cell: Int
    /// `validation`, `test`.
    package let part: String
    /// Metric values by name with parameter, shares as fractions.
    package let values: [String: Double]

    /// The newest judgement of a model since it was fitted: by `score`, `compare` or the fit itself; nil when there is none.
    package init?(of model: String, in runs: [CellRun]) {
        for run in runs.reversed() where !run.isStale {
            if run.syntax.clause("where") == nil, let found = RecordedScores.scored(model, in: run) {
                self = found
                return
            }
            guard run.writes.contains(.model(model)) else { continue }
            guard let found = RecordedScores.fitted(in: run) else { return nil }
            self = found
            return
        }
        return nil
    }

    private init(cell: Int, part: String, values: [String: Double]) {
        self.cell = cell
        self.part = part
        self.values = values
    }

    /// Where the values stand against a goal.
    package func verdict(_ goal: Goal?) -> Verdict { Verdict(goal) { values[$0] } }

    /// From the tables of `score` (a metric a row) and `compare` (a model a row).
    private static func scored(_ model: String, in run: CellRun) -> RecordedScores? {
        for case .table(let table) in run.blocks {
            if table.caption.hasPrefix("\(model) on "), table.columns.first?.name == "metric" {
                var values: [String: Double] = [:]
                for row in table.rows where row.count > 1 { values[row[0].plainText] = row[1].number }
                return RecordedScores(cell: run.number, part: String(table.caption.dropFirst(model.count + 4)), values: values)
            }
            if table.caption.hasPrefix("models on "), table.columns.first?.name == "model",
                let row = table.rows.first(where: { $0.first?.plainText == model })
            {
                var values: [String: Double] = [:]
                for (column, value) in zip(table.columns, row) where column.type == "number" && !column.isVolatile {
                    values[column.name] = value.number
                }
                return RecordedScores(cell: run.number, part: String(table.caption.dropFirst(10)), values: values)
            }
        }
        return nil
    }

    /// From the figures of a fit: every one that has the name of a metric.
    private static func fitted(in run: CellRun) -> RecordedScores? {
        var figures: [String: Double] = [:]
        for case .figures(let block) in run.blocks { for figure in block { figures[figure.name] = figure.value.number } }
        let values = figures.filter { Metrics.named(String($0.key.prefix { $0 != "(" && $0 != "@" })) != nil }
        return values.isEmpty ? nil : RecordedScores(cell: run.number, part: "validation", values: values)
    }
}
