extension Expression {
    /// The canonical text: reading it gives the same tree.
    package var text: String { ExpressionText.written(self, .disjunction) }
}

/// Writes expressions with the brackets that reading needs and no more.
enum ExpressionText {
    /// The expression where operators of at least `weakest` are wanted.
    static func written(_ expression: Expression, _ weakest: Precedence) -> String {
        let (text, precedence) = parts(expression.node)
        return precedence < weakest ? "(" + text + ")" : text
    }

    /// The text without outer brackets and how strongly it binds. `if` takes all that follows: it binds weakest.
    private static func parts(_ node: Expression.Node) -> (String, Precedence) {
        switch node {
        case .literal(let literal): (LiteralText.written(literal), literal.hasMinus ? .sign : .primary)
        case .parameter(let name): ("$" + name, .primary)
        case .name(let name): (NameText.written(name), .primary)
        case .reference(let name, let version): (NameText.written(name) + "@" + version, .primary)
        case .call(let call): (self.call(call), .primary)
        case .list(let items): (list(items), .primary)
        case .negate(let inner): ("-" + negated(inner), .sign)
        case .not(let inner): ("not " + operand(inner, .negation), .negation)
        case .binary(let binary, let left, let right): self.binary(binary, left, right)
        case .conditional(let condition, let value, let other): (conditional(condition, value, other), .disjunction)
        default: (comparison(node), .comparison)
        }
    }

    /// An operand inside another expression: `if` needs brackets there.
    private static func operand(_ expression: Expression, _ weakest: Precedence) -> String {
        if case .conditional = expression.node { return "(" + written(expression, .disjunction) + ")" }
        return written(expression, weakest)
    }

    private static func negated(_ inner: Expression) -> String {
        if case .literal(let literal) = inner.node, literal.negated != nil, !literal.hasMinus {
            return "(" + LiteralText.written(literal) + ")"
        }
        return operand(inner, .sign)
    }

    private static func binary(_ binary: Expression.BinaryOperator, _ left: Expression, _ right: Expression) -> (String, Precedence) {
        let own = OperatorTable.precedence(of: binary)
        switch own {
        case .power: return (operand(left, .primary) + " ^ " + operand(right, .sign), own)
        case .comparison: return (operand(left, .sum) + " " + binary.rawValue + " " + operand(right, .sum), own)
        default: return (operand(left, own) + " " + binary.rawValue + " " + operand(right, own.tighter), own)
        }
    }

    private static func comparison(_ node: Expression.Node) -> String {
        switch node {
        case .between(let value, let low, let high, let isNegated):
            return operand(value, .sum) + (isNegated ? " not" : "") + " between " + operand(low, .sum) + " and " + operand(high, .sum)
        case .member(let value, let items, let isNegated):
            return operand(value, .sum) + (isNegated ? " not" : "") + " in " + members(items)
        case .isMissing(let value, let isNegated):
            return operand(value, .sum) + (isNegated ? " is not missing" : " is missing")
        case .text(let text, let value, let pattern, let isNegated):
            return operand(value, .sum) + (isNegated ? " not " : " ") + text.rawValue + " " + operand(pattern, .sum)
        case .moves(let value, let rises, let amount):
            return operand(value, .sum) + (rises ? " rises " : " drops ") + written(amount, .sum)
        default: return ""
        }
    }

    private static func members(_ items: [ListItem]) -> String {
        if items.count == 1, items[0].high == nil, case .parameter(let name) = items[0].low.node { return "$" + name }
        return list(items)
    }

    /// A chain of `else if` is a loop here as in reading.
    private static func conditional(_ condition: Expression, _ value: Expression, _ other: Expression) -> String {
        var text = "if " + written(condition, .disjunction) + " then " + written(value, .disjunction) + " else "
        var rest = other
        while case .conditional(let condition, let value, let other) = rest.node {
            text += "if " + written(condition, .disjunction) + " then " + written(value, .disjunction) + " else "
            rest = other
        }
        return text + written(rest, .disjunction)
    }

    private static func call(_ call: Expression.Call) -> String {
        var inner = call.arguments.map { written($0, .disjunction) }.joined(separator: ", ")
        if !call.arguments.isEmpty { inner = NameText.quotingFirst(inner, if: Set(CallWords.all).contains) }
        var pieces = inner.isEmpty ? [] : [inner]
        if let condition = call.condition { pieces.append("where " + written(condition, .disjunction)) }
        if !call.groups.isEmpty { pieces.append("by " + groups(call.groups)) }
        if let over = call.over { pieces.append("over " + operand(over, .sum)) }
        return call.function.value + (call.at.map { "@\($0)" } ?? "") + "(" + pieces.joined(separator: " ") + ")"
    }

    // MARK: Lists

    static func list(_ items: [ListItem]) -> String { "[" + items.map(item).joined(separator: ", ") + "]" }

    private static func item(_ item: ListItem) -> String {
        guard let high = item.high else { return written(item.low, .sign) }
        let step = item.step.map { " step " + LiteralText.written(Int64(exactly: $0).map(Literal.integer) ?? .number($0)) } ?? ""
        return written(item.low, .sign) + ".." + written(high, .sign) + step
    }

    static func groups(_ groups: [Group]) -> String {
        groups.map { group in
            let text = sum(group.expression)
            switch group.bands {
            case nil: return text
            case .count(let count): return text + " bands \(count)"
            case .edges(let items): return text + " bands " + edges(items)
            }
        }.joined(separator: ", ")
    }

    /// A parameter alone may be a list or a number; inside brackets it is one edge.
    private static func edges(_ items: [ListItem]) -> String {
        if items.count == 1, items[0].high == nil, case .list(let inner) = items[0].low.node { return list(inner) }
        return members(items)
    }

    /// An expression where a sum stands.
    static func sum(_ expression: Expression) -> String { operand(expression, .sum) }
}

extension Literal {
    /// Whether the literal is written with a minus.
    var hasMinus: Bool {
        if case .integer(Int64.min) = self { return true }
        return isNegative
    }
}

extension NameText {
    /// The name as a cell has it: in backquotes when it is no NAME or a reserved word.
    package static func written(_ name: String) -> String { isPlain(name) && !reserved.contains(name) ? name : "`" + name + "`" }

    /// The text with its first word in backquotes, if that is one of the words.
    static func quotingFirst(_ text: String, if isWord: (String) -> Bool) -> String {
        let word = firstName(text)
        guard !word.isEmpty, isWord(word) else { return text }
        return "`" + word + "`" + String(text.unicodeScalars.dropFirst(word.unicodeScalars.count))
    }
    /// The NAME at the beginning of the text; empty when there is none.
    private static func firstName(_ text: String) -> String {
        var name = String.UnicodeScalarView()
        var rest = Substring(text).unicodeScalars
        while let scalar = rest.popFirst() {
            if scalar == "." {
                guard !name.isEmpty, let next = rest.first, Scalars.isNamePart(next) else { break }
            } else if !Scalars.isNamePart(scalar) {
                break
            }
            name.append(scalar)
        }
        return String(name)
    }
}
