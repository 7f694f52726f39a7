import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
package import RondoReport
package import RondoSession
package import RondoSignature

/// `compare`: models side by side against goal and baseline.
package enum CompareVerb: WorkspaceVerb {
    static let things = Operand("things", .things, "which models (all)", optional: true)
    static let metric = Clause("metric", .metric, "the metric that orders them (the goal's first)")
    static let outcomes = Clause(
        "outcomes", .column, "a column of numbers or of true and false: what the rows brought that each model would have picked")
    static let including = Clause("including", .choice(["seen"]), "seen allows rows that a model learned from")

    package static let signature = Signature(
        "compare", phase: .judge, class: .judge,
        summary: "Puts models side by side: metrics, goal, difference from the best, time, size, what there is to read.",
        details: """
            Models are held against the best row by row: a t interval of the differences of their losses, or, for metrics that are no \
            mean over rows, resamples of the rows; 95 %. `margin` is half the width of that interval in the first metric. `outcomes` adds up a column over the rows that each model picks: those it answers with the \
            positive class, one of several classes, or the fifth with the highest estimates. Models that look for groups are compared \
            by what describes them.
            """,
        searchWords: ["models", "leaderboard", "best", "versus", "rank"],
        operands: [things], clauses: [metric, outcomes, SharedClauses.part, SharedClauses.condition, including],
        examples: [
            Example(
                "compare",
                after: [
                    "load demo \"house_sales\" as sales rows 500", "goal predict price succeed when mape < 20%",
                    "split 60/20/20 by sold_on", "fit linear", "fit tree depth 5",
                ],
                "Both models and the baseline."),
            Example(
                "compare linear, tree metric mae",
                after: [
                    "load demo \"house_sales\" as sales rows 500", "goal predict price", "split 60/20/20 by sold_on", "fit linear",
                    "fit tree depth 5",
                ],
                "By another metric."),
            Example(
                "compare outcomes lot_size",
                after: [
                    "load demo \"house_sales\" as sales rows 500", "goal predict price", "split 60/20/20 by sold_on", "fit linear",
                    "fit tree depth 5",
                ],
                "What another column adds up to in the rows that each model ranks highest."),
        ], seeAlso: ["choose", "score", "explain"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let named = call[things] ?? []
        let models = try named.isEmpty ? context.models() : named.map { try context.model(named: $0.name) }
        guard !models.isEmpty else { throw Diagnostic("R0402", "there is no model yet", span: nil, remedy: "fit linear") }
        if models.allSatisfy({ $0.fitted is any GroupingModel }) { return try GroupingReport.compare(models, call, in: &context) }
        if let group = models.first(where: { $0.fitted is any GroupingModel }) {
            throw Diagnostic(
                "R0443", "\(group.name) looks for groups and predicts nothing: it cannot stand beside models that do", span: nil,
                remedy:
                    "compare \(models.filter { !($0.fitted is any GroupingModel) }.map { NameText.written($0.name) }.joined(separator: ", "))"
            )
        }
        var judged: [(Judgement, MetricReport)] = []
        for model in models {
            let judgement = try Judgement(
                model, verb: "compare", part: call[SharedClauses.part], condition: call[SharedClauses.condition],
                includesSeen: call[including] != nil, takesLists: true, in: &context)
            judged.append((judgement, try judgement.report()))
        }
        let choices = try choices(call, judged: judged)
        judged.sort { better($0.1, $1.1, by: choices[0]) }
        let part = judged[0].0.part
        let differences = try differences(judged, by: choices[0], in: context)
        var blocks: [Block] = [.table(table(judged, choices: choices, differences: differences, part: part))]
        blocks += equals(judged, differences)
        if let name = call[outcomes] { blocks += try CompareOutcomes(judged.map(\.0), column: name, in: &context).blocks }
        if let split = judged[0].0.table.split, part == "validation" {
            let looks = context.effects.looks(of: split.identity)
            let words =
                "validation looked at {looks} times" + (looks > 20 ? ": it has begun to learn from you; the test part is the judge" : "")
            blocks.append(.figures([Figure("looks", Scalar(looks), .count, volatile: true)]))
            blocks.append(.text(TextBlock(words, tone: looks > 20 ? .warning : .plain)))
        }
        for (judgement, _) in judged {
            blocks += judgement.model.marks.map { .text(TextBlock(SlotText.escaped("\(judgement.model.name): \($0)"), tone: .warning)) }
        }
        return blocks
    }

    private static func choices(_ call: Call, judged: [(Judgement, MetricReport)]) throws -> [MetricChoice] {
        var choices = try MetricWords.shown(judged[0].0, report: judged[0].1)
        if let thing = call[metric] {
            guard
                let line = judged[0].1.line(thing.fullName)
                    ?? judged[0].1.lines.first(where: { $0.choice.metric.signature.name == thing.name.value })
            else {
                throw SessionNames.unknownMetric(thing.name, known: judged[0].1.lines.map(\.choice.name), source: call.cell.source)
            }
            choices.removeAll { $0.name == line.choice.name }
            choices.insert(line.choice, at: 0)
        }
        return choices
    }

    private static func better(_ left: MetricReport, _ right: MetricReport, by choice: MetricChoice) -> Bool {
        let (one, other) = (left.line(choice.name)?.value.value ?? .nan, right.line(choice.name)?.value.value ?? .nan)
        if one.isNaN || other.isNaN { return !one.isNaN && other.isNaN }
        return choice.metric.signature.isBetterHigher ? one > other : one < other
    }

    private static func table(
        _ judged: [(Judgement, MetricReport)], choices: [MetricChoice], differences: [PairedDifference?], part: String
    ) -> TableBlock {
        var columns: [TableBlock.Column] = [.init("model", "text", .plain)]
        for choice in choices {
            let style = choice.metric.signature.style
            columns.append(.init(choice.name, "number", style == .percent ? .percent : .number))
        }
        // Without a criterion there is nothing to be met, and one model is behind nobody.
        let hasGoal = judged.contains { $0.0.goal.success != nil }
        let isMany = judged.count > 1
        if hasGoal { columns.append(.init("goal", "text", .plain)) }
        if isMany {
            let style: NumberStyle = choices[0].metric.signature.style == .percent ? .percent : .number
            columns += [.init("differs", "text", .plain), .init("margin", "number", style)]
        }
        columns += [
            .init("fit", "number", .seconds, volatile: true), .init("one_row", "number", .seconds, volatile: true),
            .init("size", "integer", .bytes), .init("to_read", "text", .plain),
        ]
        let best = judged.first?.1.line(choices[0].name)?.value.value ?? .nan
        var rows = zip(judged, differences).enumerated().map { place, pair -> [Scalar] in
            let ((judgement, report), difference) = pair
            var row = [.text(judgement.model.name)] + choices.map { Scalar(report.line($0.name)?.value.value ?? .nan) }
            if hasGoal { row.append(goal(judgement.verdict(report))) }
            if isMany {
                let differs = place == 0 ? "best" : difference.map { $0.isDifferent ? "yes" : "no" } ?? ""
                let behind = place == 0 ? Double.nan : ((report.line(choices[0].name)?.value.value ?? .nan) - best).magnitude
                row += [.text(differs), Scalar(difference.map { $0.halfWidth(behind: behind) } ?? .nan)]
            }
            return row + [
                .number(judgement.model.fitSeconds), .number(judgement.outcome.secondsPerRow),
                Scalar(judgement.model.predictor.archive().encoded().count), .text(judgement.model.readable),
            ]
        }
        if let (judgement, report) = judged.first {
            let verdict = Verdict(judgement.goal) { report.line($0)?.baseline.value }
            var row = [.text(judgement.outcome.baseline.name)] + choices.map { Scalar(report.line($0.name)?.baseline.value ?? .nan) }
            if hasGoal { row.append(goal(verdict)) }
            if isMany { row += [.missing, .missing] }
            rows.append(row + [.missing, .missing, .missing, .text("baseline")])
        }
        let caption = isMany ? "models on \(part); margin: of the distance to the best, 95 %" : "models on \(part)"
        return TableBlock(caption: caption, columns: columns, rows: rows)
    }

    private static func goal(_ verdict: Verdict) -> Scalar { verdict.isMet.map { .text($0 ? "met" : short(verdict)) } ?? .missing }

    /// `2.3 short`.
    private static func short(_ verdict: Verdict) -> String {
        guard let missed = verdict.lines.first(where: { !$0.isMet }), let words = missed.words.split(separator: ",").last else {
            return "not met"
        }
        return words.split(separator: " ").filter { $0 != "points" && $0 != "point" }.joined(separator: " ")
    }

    /// Each model against the best on the same rows; nil for the best itself and where the rows differ.
    private static func differences(
        _ judged: [(Judgement, MetricReport)], by choice: MetricChoice, in context: Context
    ) throws -> [PairedDifference?] {
        guard let first = judged.first?.0 else { return [] }
        return try judged.enumerated().map { place, one in
            guard place > 0, one.0.outcome.rows == first.outcome.rows else { return nil }
            return try PairedDifference(
                choice, first.outcome.input(), one.0.outcome.input(), seed: context.workspace.settings.seed, context: context.compute)
        }
    }

    /// `forest and boost do not differ (paired t, 95 %)`.
    private static func equals(_ judged: [(Judgement, MetricReport)], _ differences: [PairedDifference?]) -> [Block] {
        guard judged.count >= 2, let method = differences.compactMap({ $0 }).first?.method.rawValue else { return [] }
        let best = judged[0].0.model.name
        let equal = judged.indices.dropFirst().filter { differences[$0]?.isDifferent == false }.map { judged[$0].0.model.name }
        let words =
            equal.isEmpty
            ? "\(best) differs from \(judged.count == 2 ? judged[1].0.model.name : "every other") (\(method), 95 %)"
            : "\(NameList.words([best] + equal)) do not differ (\(method), 95 %)"
        return [.text(TextBlock(SlotText.escaped(words)))]
    }
}
