import RondoSignature

extension ParameterBinding {
    mutating func expression(_ expression: Expression) -> Expression { Expression(node(expression.node, expression.span), expression.span) }

    private mutating func node(_ node: Expression.Node, _ span: Span) -> Expression.Node {
        switch node {
        case .literal, .name, .reference: node
        case .parameter(let name): parameter(name, span)
        case .call(let call): .call(self.call(call))
        case .negate(let inner): .negate(expression(inner))
        case .not(let inner): .not(expression(inner))
        case .binary(let binary, let left, let right): .binary(binary, expression(left), expression(right))
        case .list(let items): .list(self.items(items))
        case .conditional(let condition, let value, let other):
            .conditional(if: expression(condition), then: expression(value), else: expression(other))
        default: comparison(node)
        }
    }

    private mutating func comparison(_ node: Expression.Node) -> Expression.Node {
        switch node {
        case .between(let value, let low, let high, let isNegated):
            .between(expression(value), low: expression(low), high: expression(high), negated: isNegated)
        case .member(let value, let items, let isNegated): .member(expression(value), of: self.items(items), negated: isNegated)
        case .isMissing(let value, let isNegated): .isMissing(expression(value), negated: isNegated)
        case .text(let text, let value, let pattern, let isNegated):
            .text(text, expression(value), expression(pattern), negated: isNegated)
        case .moves(let value, let rises, let amount): .moves(expression(value), rises: rises, by: expression(amount))
        default: node
        }
    }

    private mutating func parameter(_ name: String, _ span: Span) -> Expression.Node {
        guard let value = value(name, span) else { return .parameter(name) }
        switch value {
        case .literal(let literal): return .literal(literal.value)
        case .text(let text): return .literal(.text(text.value))
        case .list(let items, _): return .list(items)
        default:
            misfit(name, span, wanted: .either([.value, .list]))
            return .parameter(name)
        }
    }

    private mutating func call(_ call: Expression.Call) -> Expression.Call {
        Expression.Call(
            function: call.function, at: call.at, arguments: call.arguments.map { expression($0) },
            where: call.condition.map { expression($0) }, by: groups(call.groups), over: call.over.map { expression($0) })
    }

    mutating func groups(_ groups: [Group]) -> [Group] {
        groups.map { group in Group(expression(group.expression), bands: group.bands.map { bands($0) }) }
    }

    /// A parameter alone is the number of bands or the whole list of edges; in brackets it is one edge.
    private mutating func bands(_ bands: Group.Bands) -> Group.Bands {
        guard case .edges(let items) = bands else { return bands }
        if items.count == 1, items[0].high == nil {
            if case .list(let inner) = items[0].low.node { return .edges(self.items(inner)) }
            if case .parameter(let name) = items[0].low.node, case .literal(let literal)? = parameters[name] {
                if case .integer(let count) = literal.value, count >= 0 { return .count(count) }
                misfit(name, items[0].low.span, wanted: .either([.integer, .list]))
                return bands
            }
        }
        return .edges(self.items(items))
    }

    /// Items of a list; a parameter that holds a list gives all of its items.
    mutating func items(_ items: [ListItem]) -> [ListItem] {
        items.flatMap { item -> [ListItem] in
            if item.high == nil, case .parameter(let name) = item.low.node, case .list(let inner, _)? = parameters[name] { return inner }
            return [ListItem(expression(item.low), to: item.high.map { expression($0) }, step: item.step)]
        }
    }
}
