import RondoLanguage

extension Expression {
    /// Names that stand for columns anywhere inside: arguments, conditions, groups and order of calls too.
    ///
    /// Read off the tree alone, so that it errs on the safe side: what is named is reached.
    package var columnsRead: Set<String> {
        var names: Set<String> = []
        visit { if case .name(let name) = $0 { names.insert(name) } }
        return names
    }

    /// Names of the functions that are called anywhere inside.
    var functionsCalled: Set<String> {
        var names: Set<String> = []
        visit { if case .call(let call) = $0 { names.insert(call.function.value) } }
        return names
    }

    private func visit(_ look: (Node) -> Void) {
        look(node)
        for child in children { child.visit(look) }
    }

    private var children: [Expression] {
        switch node {
        case .literal, .parameter, .name, .reference: []
        case .call(let call):
            call.arguments + (call.condition.map { [$0] } ?? []) + call.groups.flatMap(\.expressions) + (call.over.map { [$0] } ?? [])
        case .negate(let inner), .not(let inner), .isMissing(let inner, _): [inner]
        case .binary(_, let left, let right), .text(_, let left, let right, _): [left, right]
        case .between(let inner, let low, let high, _): [inner, low, high]
        case .member(let inner, let items, _): [inner] + items.flatMap(\.expressions)
        case .moves(let inner, _, let amount): [inner, amount]
        case .list(let items): items.flatMap(\.expressions)
        case .conditional(let condition, let first, let second): [condition, first, second]
        }
    }
}

extension ListItem {
    var expressions: [Expression] { [low] + (high.map { [$0] } ?? []) }
}

extension Group {
    var expressions: [Expression] {
        guard case .edges(let items)? = bands else { return [expression] }
        return [expression] + items.flatMap(\.expressions)
    }

    /// Names that stand for columns.
    package var columnsRead: Set<String> { expressions.reduce(into: []) { $0.formUnion($1.columnsRead) } }
}
