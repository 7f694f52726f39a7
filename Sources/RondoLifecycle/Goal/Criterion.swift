package import RondoLanguage
package import RondoLearning

/// One comparison of a goal: `mape < 10%`, `within(10%) > 60%`.
package struct Criterion: Sendable, Hashable {
    /// The metric with its parameter as typed: `within(10%)`.
    package let metric: String
    package let comparison: Expression.BinaryOperator
    /// Shares as fractions.
    package let bound: Double
    /// Whether the bound was written as a percent.
    package let isPercent: Bool

    package init(metric: String, comparison: Expression.BinaryOperator, bound: Double, isPercent: Bool) {
        self.metric = metric
        self.comparison = comparison
        self.bound = bound
        self.isPercent = isPercent
    }

    package func isMet(by value: Double) -> Bool {
        switch comparison {
        case .less: value < bound
        case .lessOrEqual: value <= bound
        case .greater: value > bound
        case .greaterOrEqual: value >= bound
        case .equal: value == bound
        case .unequal: value != bound
        default: false
        }
    }

    /// How far the value is from the bound, never negative; 0 when met.
    package func distance(of value: Double) -> Double { isMet(by: value) ? 0 : abs(value - bound) }

    /// The metric asked for; throws `Fault` for a name or parameter that does not exist.
    package func choice() throws -> MetricChoice {
        guard let open = metric.firstIndex(of: "("), metric.hasSuffix(")") else { return try MetricChoice(metric) }
        let inside = metric[metric.index(after: open)...].dropLast()
        let value = inside.hasSuffix("%") ? Double(inside.dropLast()).map { $0 / 100 } : Double(inside)
        return try MetricChoice(String(metric[..<open]), parameter: value)
    }

    package var words: String { "\(metric) \(comparison.rawValue) \(boundWords)" }

    package var boundWords: String {
        isPercent ? Criterion.short(bound * 100) + "%" : Criterion.short(bound)
    }

    static func short(_ value: Double) -> String {
        let rounded = (value * 1e9).rounded() / 1e9
        return rounded == rounded.rounded() && abs(rounded) < 1e15 ? String(Int64(rounded)) : String(rounded)
    }

    /// The comparisons joined by `and` at the top of a success expression, metric on either side of the sign.
    /// Other forms (`or`, `not`) are judged as a whole by `Goal` and have no single distance.
    package static func all(in success: Expression) -> [Criterion] {
        switch success.node {
        case .binary(.and, let left, let right): return all(in: left) + all(in: right)
        case .binary(let comparison, let left, let right):
            if let metric = metricName(left), let (bound, isPercent) = constant(right) {
                return [Criterion(metric: metric, comparison: comparison, bound: bound, isPercent: isPercent)]
            }
            if let metric = metricName(right), let (bound, isPercent) = constant(left) {
                return [Criterion(metric: metric, comparison: mirrored(comparison), bound: bound, isPercent: isPercent)]
            }
            return []
        default: return []
        }
    }

    private static func mirrored(_ comparison: Expression.BinaryOperator) -> Expression.BinaryOperator {
        switch comparison {
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        default: comparison
        }
    }

    static func constant(_ expression: Expression) -> (Double, Bool)? {
        switch expression.node {
        case .literal(.percent(let value)): (value / 100, true)
        case .literal(let literal): literal.number.map { ($0, false) }
        case .negate(let inner): constant(inner).map { (-$0.0, $0.1) }
        default: nil
        }
    }

    /// `mape`, `within(10%)`, `precision@10`.
    static func metricName(_ expression: Expression) -> String? {
        switch expression.node {
        case .name(let name): return name
        case .reference(let name, let version): return "\(name)@\(version)"
        case .call(let call):
            guard call.arguments.count == 1, let (value, isPercent) = constant(call.arguments[0]) else { return nil }
            return "\(call.function.value)(\(isPercent ? short(value * 100) + "%" : short(value)))"
        default: return nil
        }
    }
}
