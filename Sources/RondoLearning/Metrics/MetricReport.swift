import RondoKernels
package import RondoReport
package import RondoSignature

/// All metrics of a task for one model, in the field's order, each beside the value of the baseline.
package struct MetricReport: Sendable {
    package struct Line: Sendable {
        package let choice: MetricChoice
        package let value: MetricValue
        package let baseline: MetricValue
    }
    package let lines: [Line]

    /// - Parameters:
    ///   - extra: metrics of a goal that the standard list lacks, for example `within(5%)`.
    /// - Throws: `Fault` when truth and predictions do not fit the task.
    package init(task: TaskKind, input: MetricInput, baseline: Baseline, extra: [MetricChoice] = []) throws {
        let naive = baseline.input(for: input)
        var choices = Metrics.standard(for: task)
        for choice in extra where choice.metric.signature.tasks.contains(task) && !choices.contains(where: { $0.name == choice.name }) {
            choices.append(choice)
        }
        lines = try choices.map { choice in
            Line(choice: choice, value: try choice.value(input), baseline: try choice.value(naive))
        }
    }

    package func line(_ name: String) -> Line? { lines.first { $0.choice.name == name } }

    /// One figure a metric, then one a baseline, named `baseline_rmse` and so on; undefined values are missing.
    package func figures(unit: String? = nil) -> [Figure] {
        lines.map { figure($0.choice.name, $0.value, $0.choice, unit) }
            + lines.map { figure("baseline_\($0.choice.name)", $0.baseline, $0.choice, unit) }
    }

    private func figure(_ name: String, _ value: MetricValue, _ choice: MetricChoice, _ unit: String?) -> Figure {
        let style = choice.metric.signature.style
        return Figure(name, Scalar(value.value), style == .money && unit == nil ? .number : style, unit: style == .money ? unit : nil)
    }
}
