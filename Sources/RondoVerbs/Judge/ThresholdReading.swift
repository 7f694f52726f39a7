import RondoKernels
import RondoLanguage
import RondoLearning
import RondoReport

/// Reads `0.4`, `best f1`, `recall 80%`, `cost 5 benefit 60`.
enum ThresholdReading {
    static func rule(_ clause: ClauseSyntax) -> ThresholdRule? {
        if let value = number(clause, "value") { return .fixed(value) }
        if let metric = metric(clause) { return .best(metric) }
        if let share = number(clause, "recall") { return .recall(share) }
        guard let cost = number(clause, "cost"), let benefit = number(clause, "benefit") else { return nil }
        return .gain(cost: cost, benefit: benefit)
    }

    static func faults(_ clause: ClauseSyntax) -> [Diagnostic] {
        let given = ["value", "best", "recall", "cost"].filter { clause.values[$0] != nil }
        if given.count > 1 || (given != ["cost"] && clause.values["benefit"] != nil) {
            return [fault("threshold says one thing at a time", clause)]
        }
        if let value = number(clause, "value"), !(value > 0 && value <= 1) {
            return [fault("a threshold lies above 0 and up to 1", clause)]
        }
        if let share = number(clause, "recall"), !(share > 0 && share <= 1) {
            return [fault("recall lies above 0% and up to 100%", clause)]
        }
        if let metric = metric(clause), !ThresholdRule.metrics.contains(metric) {
            return [
                fault("\(metric) does not change with the threshold; best takes \(ThresholdRule.metrics.joined(separator: ", "))", clause)
            ]
        }
        if given == ["cost"], rule(clause) == nil { return [fault("cost needs benefit beside it", clause)] }
        if let benefit = number(clause, "benefit"), let cost = number(clause, "cost"), !(benefit > cost) {
            return [fault("a benefit that is not above the cost never pays", clause)]
        }
        return []
    }

    private static func fault(_ message: String, _ clause: ClauseSyntax) -> Diagnostic {
        Diagnostic("R0811", message, span: clause.span, remedy: "write threshold best f1, or threshold cost 5 benefit 60")
    }

    private static func number(_ clause: ClauseSyntax, _ slot: String) -> Double? {
        guard case .literal(let literal)? = clause.values[slot] else { return nil }
        return literal.value.number
    }

    private static func metric(_ clause: ClauseSyntax) -> String? {
        switch clause.values["best"] {
        case .thing(let thing)?: thing.name.value
        case .name(let name)?: name.value
        case .expression(let call)?: call.text
        default: nil
        }
    }

    /// What is said beside the value that was reached.
    static func words(_ rule: ThresholdRule) -> String {
        switch rule {
        case .fixed: ""
        case .best(let metric): "best \(metric)"
        case .recall: "recall"
        case .gain: "gain"
        }
    }

    /// Why the threshold is where it is, for notes and cards: ` (best f1)`, nothing for a fixed one.
    static func reason(_ rule: ThresholdRule) -> String {
        switch rule {
        case .fixed: ""
        case .best(let metric): " (best \(metric))"
        case .recall(let share): " (recall of \(NumberText().text(.number(share), .percent)))"
        case .gain(let cost, let benefit): " (cost \(NumberText().text(.number(cost))), benefit \(NumberText().text(.number(benefit))))"
        }
    }

    static func style(_ rule: ThresholdRule) -> NumberStyle { if case .recall = rule { .percent } else { .number } }
}
