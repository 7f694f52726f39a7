import RondoSignature

extension Parser {
    /// An expression whose operators bind at least as strongly as `weakest`.
    mutating func expression(_ weakest: Precedence = .disjunction) throws(LocatedFault) -> Expression {
        let start = token.span.start
        var left = try prefixed(weakest)
        while let (row, isNegated) = operatorAhead(), row.precedence >= weakest {
            try link()
            left = try infix(left, row, isNegated: isNegated, from: start)
        }
        return left
    }

    /// The operator that stands here, after a finished operand.
    private func operatorAhead() -> (OperatorRow, isNegated: Bool)? {
        let isNegated = token.word == "not"
        guard let row = OperatorTable.row(isNegated ? ahead(1) : token), !isNegated || row.takesNot else { return nil }
        if case .moves = row.form, !allowsMoves { return nil }
        if row.written.count == 2, ahead(isNegated ? 2 : 1).word != row.written[1] { return nil }
        return (row, isNegated)
    }

    private mutating func prefixed(_ weakest: Precedence) throws(LocatedFault) -> Expression {
        let start = token.span.start
        if token.word == "not", weakest <= .negation {
            return try nested { parser throws(LocatedFault) in
                parser.advance()
                let operand = try parser.expression(.negation)
                return Expression(.not(operand), parser.span(from: start))
            }
        }
        if token.sign == .minus, weakest <= .sign {
            return try nested { parser throws(LocatedFault) in
                parser.advance()
                let operand = try parser.expression(.sign)
                return parser.negated(operand, from: start)
            }
        }
        let operand = try primary()
        if case .literal(.integer(Int64.min)) = operand.node, source.text(operand.span).first != "-", !isAfterUnaryMinus(operand) {
            throw LocatedFault(.integerTooLarge(source.text(operand.span)), operand.span)
        }
        return operand
    }

    /// Whether a sign, not an operator, stands before the operand: only then is 2^63 written out a number.
    private func isAfterUnaryMinus(_ operand: Expression) -> Bool {
        index >= 2 && source.tokens[index - 2].sign == .minus && (index < 3 || !source.tokens[index - 3].isOperandEnd)
    }

    /// A minus before a number belongs to the number.
    private func negated(_ operand: Expression, from start: Int) -> Expression {
        let span = span(from: start)
        if case .literal(let literal) = operand.node, let opposite = literal.negated, !literal.isNegative {
            return Expression(.literal(opposite), span)
        }
        return Expression(.negate(operand), span)
    }

    private mutating func infix(
        _ left: Expression, _ row: OperatorRow, isNegated: Bool, from start: Int
    ) throws(LocatedFault) -> Expression {
        let operatorToken = token
        for _ in 0..<(row.written.count + (isNegated ? 1 : 0)) { advance() }
        let node: Expression.Node
        switch row.form {
        case .binary(.power):
            let right = try nested { parser throws(LocatedFault) in try parser.expression(.sign) }
            node = .binary(.power, left, right)
        case .binary(let binary):
            node = .binary(binary, left, try expression(row.precedence.tighter))
        case .text(.matches):
            node = .text(.matches, left, try pattern(), negated: isNegated)
        case .text(let text):
            node = .text(text, left, try expression(.sum), negated: isNegated)
        case .between:
            let low = try expression(.sum)
            guard take("and") else { throw unexpected(.words(["and"])) }
            node = .between(left, low: low, high: try expression(.sum), negated: isNegated)
        case .member:
            node = .member(left, of: try members(), negated: isNegated)
        case .missing:
            let isNot = take("not")
            guard take("missing") else { throw unexpected(.words(isNot ? ["missing"] : ["missing", "not missing"])) }
            node = .isMissing(left, negated: isNot)
        case .moves(let rises):
            node = .moves(left, rises: rises, by: try amountExpression())
        }
        if row.precedence == .comparison, let (second, _) = operatorAhead(), second.precedence == .comparison {
            throw fault(.chainedComparison(first: source.text(operatorToken.span), second: source.text(token.span)))
        }
        return Expression(node, span(from: start))
    }

    private mutating func pattern() throws(LocatedFault) -> Expression {
        let start = token
        switch token.kind {
        case .literal(.text(let text)):
            advance()
            return Expression(.literal(.text(text)), start.span)
        case .parameter(let name):
            advance()
            return Expression(.parameter(name), start.span)
        default:
            throw unexpected(.slot(.text, name: "pattern", clause: "matches"))
        }
    }

    /// The list after `in`; a parameter may hold the whole list.
    private mutating func members() throws(LocatedFault) -> [ListItem] {
        if case .parameter(let name) = token.kind {
            let item = ListItem(Expression(.parameter(name), token.span))
            advance()
            return [item]
        }
        guard token.sign == .openList else { throw unexpected(.slot(.list, name: "list", clause: "in")) }
        return try list()
    }

    private mutating func amountExpression() throws(LocatedFault) -> Expression {
        let amount = try literalArgument(.amount, name: "amount")
        return Expression(Expression.Node(amount.value), amount.span)
    }
}

extension Expression.Node {
    /// A literal, or a parameter in its place.
    init(_ literal: Literal) {
        if case .parameter(let name) = literal { self = .parameter(name) } else { self = .literal(literal) }
    }
}

extension Token {
    /// Whether an operand may end with this token, so that a minus after it is an operator.
    var isOperandEnd: Bool {
        switch kind {
        case .word(let word): !OperatorTable.firstWords.contains(word) && !["if", "then", "else", "where", "by", "over"].contains(word)
        case .quoted, .literal, .reference, .parameter: true
        case .sign(let sign): sign == .close || sign == .closeList
        case .fault, .end: false
        }
    }
}

extension Literal {
    /// The literal with the other sign; nil for what has none. The least integer stands for its own magnitude.
    package var negated: Literal? {
        switch self {
        case .integer(let value): .integer(0 &- value)
        case .number(let value): .number(-value)
        case .percent(let value): .percent(-value)
        case .duration(let value): .duration(DurationLiteral(-value.amount, value.unit))
        default: nil
        }
    }

    package var isNegative: Bool {
        switch self {
        case .integer(let value): value < 0 && value != Int64.min
        case .number(let value), .percent(let value): value.sign == .minus
        case .duration(let value): value.amount.sign == .minus
        default: false
        }
    }
}
