import RondoKernels
import RondoLanguage
import RondoLearning

/// Where figures stand against a goal.
package struct Verdict: Sendable {
    package struct Line: Sendable {
        package let criterion: Criterion
        package let value: Double
        package var isMet: Bool { criterion.isMet(by: value) }
        /// `goal < 10% met`, `goal < 10%: 2.3 short` (points for shares).
        package var words: String {
            let goal = "goal \(criterion.comparison.rawValue) \(criterion.boundWords)"
            if isMet { return "\(goal) met" }
            let distance = Verdict.short(criterion.distance(of: value) * (criterion.isPercent ? 100 : 1))
            return "\(goal), \(distance)\(criterion.isPercent ? distance == "1" ? " point" : " points" : "") short"
        }
    }
    package let lines: [Line]
    /// Whether the whole success expression holds; nil when there is none.
    package let isMet: Bool?

    /// - Parameter value: the value of a metric by its name with parameter, nil when it is unknown or undefined.
    package init(_ goal: Goal?, value: (String) -> Double?) {
        guard let success = goal?.success else {
            lines = []
            isMet = nil
            return
        }
        lines = Criterion.all(in: success).compactMap { criterion in
            value(criterion.metric).map { Line(criterion: criterion, value: $0) }
        }
        isMet = Verdict.holds(success, value: value)
    }

    /// Whether a success expression holds; comparisons with unknown values do not.
    private static func holds(_ expression: Expression, value: (String) -> Double?) -> Bool {
        switch expression.node {
        case .binary(.and, let left, let right): return holds(left, value: value) && holds(right, value: value)
        case .binary(.or, let left, let right): return holds(left, value: value) || holds(right, value: value)
        case .not(let inner): return !holds(inner, value: value)
        default:
            let criteria = Criterion.all(in: expression)
            return !criteria.isEmpty && criteria.allSatisfy { criterion in value(criterion.metric).map(criterion.isMet) ?? false }
        }
    }

    /// Two significant digits at least, one decimal at most.
    static func short(_ value: Double) -> String {
        let rounded = value >= 1 ? (value * 10).rounded() / 10 : CellDigits.twoSignificant(value)
        return Scalar.plain(rounded)
    }
}

enum CellDigits {
    static func twoSignificant(_ value: Double) -> Double {
        guard value > 0, value.isFinite else { return value }
        var scale = 1.0
        while value * scale < 10, scale < 1e15 { scale *= 10 }
        return (value * scale).rounded() / scale
    }
}
