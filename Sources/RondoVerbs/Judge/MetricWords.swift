import RondoKernels
import RondoLearning
import RondoLifecycle
import RondoReport
import RondoSession
import RondoSignature

/// Metrics in a sentence: value, goal, met or not.
enum MetricWords {
    /// The goal's metrics, or the two that matter most for the task.
    static func shown(_ judgement: Judgement, report: MetricReport) throws -> [MetricChoice] {
        let goal = try judgement.goalMetrics()
        if !goal.isEmpty { return goal }
        return judgement.model.target.task.shownMetrics.compactMap { report.line($0)?.choice }
    }

    static func figures(_ choices: [MetricChoice], report: MetricReport, unit: String?) -> [Figure] {
        let wanted = Set(choices.flatMap { [$0.name, "baseline_\($0.name)"] })
        return report.figures(unit: unit).filter { wanted.contains($0.name) }
    }

    /// `mape {mape}, goal < 10% met · within(10%) {within(10%)}, goal > 60% met`.
    static func sentence(_ choices: [MetricChoice], _ verdict: Verdict) -> String {
        choices.map { choice in
            let line = verdict.lines.first { $0.criterion.metric == choice.name }
            return "\(choice.name) {\(choice.name)}" + (line.map { ", \($0.words)" } ?? "")
        }.joined(separator: " · ")
    }

    static func tone(_ verdict: Verdict) -> TextBlock.Tone {
        switch verdict.isMet {
        case true?: .good
        case false?: .warning
        case nil: .plain
        }
    }
}
