import RondoFrame
import RondoKernels
import RondoLanguage

extension ExpressionChecker {
    /// `x in […]`: a range without a step means everything from its low to its high end, both included.
    mutating func member(_ inner: Expression, _ items: [ListItem], _ negated: Bool, _ span: Span) -> TypedNode {
        var value = check(inner)
        if case .faulty = value.operation { return value }
        var singles: [Scalar] = []
        var ranges: [(Scalar, Scalar)] = []
        for item in items {
            guard let high = item.high, item.step == nil else {
                guard let found = expanded(item) else { return ExpressionChecker.faulty }
                singles += found
                continue
            }
            guard let first = constant(item.low), let last = constant(high) else { return ExpressionChecker.faulty }
            ranges.append((first, last))
        }
        let all = singles + ranges.flatMap { [$0.0, $0.1] }
        if all.contains(where: \.isMissing) {
            return fault(
                "R0221", "nothing is equal to missing, not even missing", span,
                remedy: "ask for it apart: \(inner.text) is missing or \(inner.text) in […]")
        }
        if value.type == .integer, all.contains(where: { if case .number = $0 { true } else { false } }) {
            value = converted(value, to: .number)
        }
        if value.type == .date, all.contains(where: { momentIsTime($0) }) { value = converted(value, to: .time) }
        if value.type == .category { value = converted(value, to: .text) }
        if value.type == .months { value = converted(value, to: .duration) }
        guard let set = memberSet(value.type, singles, ranges, inner) else {
            let wrong = all.first { memberSet(value.type, [$0], [], inner) == nil } ?? .missing
            let shown = if case .text(let word) = wrong { "\"\(word)\"" } else { wrong.plainText }
            return fault(
                "R0211", "\(inner.text) is \(value.type.words), \(shown) in the list is not", span,
                remedy: value.type.isText
                    ? "put the items in double quotes: \(TextLiteral.written(wrong.plainText))" : "list values of the same type")
        }
        let node = folded(TypedNode(.member(value, set), .truth), span)
        return negated ? folded(TypedNode(.not(node), .truth), span) : node
    }

    private func momentIsTime(_ value: Scalar) -> Bool {
        switch value {
        case .time: true
        case .text(let word): if case .time? = MomentReading.read(word) { true } else { false }
        default: false
        }
    }

    private mutating func expanded(_ item: ListItem) -> [Scalar]? {
        collecting(item.low.span) { try ConstantEvaluation.list([item]) }
    }

    private mutating func constant(_ expression: Expression) -> Scalar? {
        collecting(expression.span) { try ConstantEvaluation.scalar(expression) }
    }

    private mutating func collecting<Result>(_ span: Span, _ body: () throws -> Result) -> Result? {
        do {
            return try body()
        } catch let found as Diagnostics {
            for diagnostic in found.all { take(diagnostic) }
        } catch {
            _ = fault("R0217", "the list cannot be computed", span, remedy: "list plain values: [1, 2, 5..9]")
        }
        return nil
    }

    /// The list in the type of the value before `in`; nil when an item does not fit.
    private func memberSet(_ type: ValueType, _ singles: [Scalar], _ ranges: [(Scalar, Scalar)], _ inner: Expression) -> MemberSet? {
        switch type {
        case .number, .nothing:
            return set(singles, ranges) {
                if case .integer(let value) = $0 { Double(value) } else if case .number(let value) = $0 { value } else { nil }
            }
            .map { .numbers($0) }
        case .integer: return set(singles, ranges) { if case .integer(let value) = $0 { value } else { nil } }.map { .integers($0) }
        case .text, .category:
            let words = singles.compactMap { if case .text(let word) = $0 { word } else { nil } }
            let spans = ranges.compactMap { range -> ClosedRange<String>? in
                guard case .text(let low) = range.0, case .text(let high) = range.1, low <= high else { return nil }
                return low...high
            }
            return words.count == singles.count && spans.count == ranges.count ? .words(Set(words), ranges: spans) : nil
        case .date:
            return set(singles, ranges) { moment($0) }.map { .dates($0) }
        case .time:
            return set(singles, ranges) { value -> Int64? in
                if case .text(let word) = value, let read = MomentReading.read(word) { return microseconds(read) }
                return microseconds(value)
            }.map { .microseconds($0) }
        case .duration, .days, .months:
            return set(singles, ranges) { if case .duration(let value) = $0 { value } else { nil } }.map { .microseconds($0) }
        case .truth: return nil
        }
    }

    private func moment(_ value: Scalar) -> Int32? {
        switch value {
        case .date(let days): days
        case .text(let word): if case .date(let days)? = MomentReading.read(word) { days } else { nil }
        default: nil
        }
    }

    private func microseconds(_ value: Scalar) -> Int64? {
        switch value {
        case .time(let time): time
        case .date(let days): Conversion.microseconds(days: days, plus: 0)
        default: nil
        }
    }

    private func set<Value: Comparable & Sendable>(_ singles: [Scalar], _ ranges: [(Scalar, Scalar)], _ read: (Scalar) -> Value?)
        -> ValueRanges<Value>?
    {
        let values = singles.compactMap(read)
        let spans = ranges.compactMap { range -> ClosedRange<Value>? in
            guard let low = read(range.0), let high = read(range.1), low <= high else { return nil }
            return low...high
        }
        guard values.count == singles.count, spans.count == ranges.count else { return nil }
        return ValueRanges(values, spans)
    }
}
