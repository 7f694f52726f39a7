/// Faults of expressions that need no data: what can be read but never means what was meant.
package enum ExpressionFaults {
    /// `x = missing`, `a = "x" or "y"`, in the order of the text.
    package static func find(in expression: Expression, source: String) -> [Diagnostic] {
        var found: [Diagnostic] = []
        visit(expression, source, &found)
        return found.sorted { ($0.span?.start ?? 0) < ($1.span?.start ?? 0) }
    }

    private static func visit(_ expression: Expression, _ source: String, _ found: inout [Diagnostic]) {
        switch expression.node {
        case .binary(let binary, let left, let right):
            if let diagnostic = missingCompared(expression, binary, left, right, source) { found.append(diagnostic) }
            if let diagnostic = looseAlternative(binary, left, right, source) { found.append(diagnostic) }
        default: break
        }
        for child in expression.children { visit(child, source, &found) }
    }

    /// `x = missing` is neither true nor false: `x is missing`.
    private static func missingCompared(
        _ whole: Expression, _ binary: Expression.BinaryOperator, _ left: Expression, _ right: Expression, _ source: String
    ) -> Diagnostic? {
        guard [.equal, .unequal, .less, .lessOrEqual, .greater, .greaterOrEqual].contains(binary) else { return nil }
        let isRight = right.node == .literal(.missing)
        guard isRight || left.node == .literal(.missing) else { return nil }
        let other = isRight ? left : right
        let test = Expression(.isMissing(other, negated: binary == .unequal), whole.span)
        return Diagnostic(
            "R0221", "a comparison with missing is neither true nor false", span: whole.span, note: "write \(test.text)",
            remedy: SessionNames.replaced(whole.span, by: test.text, in: source))
    }

    /// `a = "x" or "y"`: the second side is no condition.
    private static func looseAlternative(
        _ binary: Expression.BinaryOperator, _ left: Expression, _ right: Expression, _ source: String
    ) -> Diagnostic? {
        guard binary == .or || binary == .and, case .literal(let loose) = right.node, !loose.isTruth, loose != .missing else { return nil }
        guard case .binary(let comparison, let column, let first) = lastCondition(left, binary).node, case .literal = first.node,
            comparison == .equal || comparison == .unequal
        else { return looseValue(right, binary, source) }
        let list = Expression(.member(column, of: [ListItem(first), ListItem(right)], negated: comparison == .unequal), right.span)
        let place = lastCondition(left, binary).span.union(right.span)
        return Diagnostic(
            "R0212", "\(right.text) is no condition", span: right.span, note: "write \(list.text)",
            remedy: SessionNames.replaced(place, by: list.text, in: source))
    }

    private static func looseValue(_ value: Expression, _ binary: Expression.BinaryOperator, _ source: String) -> Diagnostic {
        Diagnostic(
            "R0212", "\(value.text) is no condition", span: value.span, note: "after \(binary.rawValue) comes a whole comparison",
            remedy: "filter type = \"condo\" \(binary.rawValue) type = \"house\"")
    }

    private static func lastCondition(_ expression: Expression, _ binary: Expression.BinaryOperator) -> Expression {
        if case .binary(let own, _, let right) = expression.node, own == .or || own == .and { return lastCondition(right, binary) }
        return expression
    }
}

extension Literal {
    fileprivate var isTruth: Bool { if case .truth = self { true } else { false } }
}

extension Expression {
    /// The expressions directly inside, in the order of the text.
    package var children: [Expression] {
        switch node {
        case .literal, .parameter, .name, .reference: []
        case .call(let call):
            call.arguments + [call.condition].compactMap { $0 } + call.groups.flatMap(\.expressions) + [call.over].compactMap { $0 }
        case .negate(let inner), .not(let inner), .isMissing(let inner, _): [inner]
        case .binary(_, let left, let right), .text(_, let left, let right, _), .moves(let left, _, let right): [left, right]
        case .between(let value, let low, let high, _): [value, low, high]
        case .member(let value, let items, _): [value] + items.flatMap(\.expressions)
        case .list(let items): items.flatMap(\.expressions)
        case .conditional(let condition, let value, let other): [condition, value, other]
        }
    }
}

extension ListItem {
    /// The values of the item.
    package var expressions: [Expression] { [low] + [high].compactMap { $0 } }
}

extension Group {
    /// The grouped expression and the edges of its bands.
    package var expressions: [Expression] {
        if case .edges(let items)? = bands { [expression] + items.flatMap(\.expressions) } else { [expression] }
    }
}
