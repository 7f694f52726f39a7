import RondoKernels
import RondoLearning
import RondoLifecycle
import RondoReport

/// The scale that Shapley values stand on, in words and in numbers.
struct ShapScale {
    let unit: ShapValues.Unit
    let target: ResolvedTarget.Description
    /// The way back from the scale where a family learned the logarithm of the target.
    let logTarget: LogTarget?
    /// Of the goal.
    let money: String?

    init(_ explanation: ShapExplanation, of model: TrainedModel, money: String?) {
        unit = explanation.values.unit
        target = model.target
        logTarget = model.predictor.logTarget
        self.money = money
    }

    /// Whether values are answers themselves.
    var isAnswer: Bool { unit == .target && logTarget == nil }

    var style: NumberStyle {
        switch unit {
        case .target: money == nil || logTarget != nil ? .number : .money
        case .share: .percent
        case .score: .number
        }
    }

    /// What the base and the sum are, for an output: `price`, `probability of left = yes`, `log odds of left = yes`.
    func words(_ output: String) -> String {
        let outcome = output.isEmpty ? target.column : "\(target.column) = \(output)"
        return switch unit {
        case .target: logTarget == nil ? target.column : "log of \(target.column)"
        case .share: "probability of \(outcome)"
        case .score where target.classes.isEmpty: "log of the mean of \(target.column)"
        case .score: target.classes.count == 2 ? "log odds of \(outcome)" : "score of \(outcome)"
        }
    }

    /// What a value of this scale means where it is not the answer itself: the probability behind log odds, the mean behind its log.
    func answer(_ value: Double) -> (value: Double, style: NumberStyle)? {
        let number: NumberStyle = money == nil ? .number : .money
        if let logTarget { return (logTarget.factor * Elementary.exp(value), number) }
        guard unit == .score else { return nil }
        if target.classes.isEmpty { return (Elementary.exp(value), number) }
        return target.classes.count == 2 ? (Elementary.logistic(value), .percent) : nil
    }

    func figure(_ name: String, _ value: Double) -> Figure { Figure(name, Scalar(value), style, unit: style == .money ? money : nil) }
}
