/// An expression; two are equal when they say the same, wherever they stand.
package struct Expression: Sendable, Hashable {
    package var node: Node
    package var span: Span

    package init(_ node: Node, _ span: Span) {
        self.node = node
        self.span = span
    }

    package static func == (left: Self, right: Self) -> Bool { left.node == right.node }
    package func hash(into hasher: inout Hasher) { hasher.combine(node) }

    package indirect enum Node: Sendable, Hashable {
        case literal(Literal)
        /// `$rows`, before binding puts the value in its place.
        case parameter(String)
        case name(String)
        /// `precision@10`, `house_price@canary`.
        case reference(name: String, version: String)
        case call(Call)
        case negate(Expression)
        case not(Expression)
        case binary(BinaryOperator, Expression, Expression)
        case between(Expression, low: Expression, high: Expression, negated: Bool)
        case member(Expression, of: [ListItem], negated: Bool)
        case isMissing(Expression, negated: Bool)
        case text(TextOperator, Expression, Expression, negated: Bool)
        /// `volume drops 50%`, in alerts only.
        case moves(Expression, rises: Bool, by: Expression)
        case list([ListItem])
        case conditional(if: Expression, then: Expression, else: Expression)
    }

    /// A call: `mean(price where sold by zip)`, `lag(price over sold_on)`, `average@10(rating)`.
    package struct Call: Sendable, Hashable {
        package var function: Name
        /// The number after `@`.
        package var at: Int?
        package var arguments: [Expression]
        package var condition: Expression?
        package var groups: [Group]
        package var over: Expression?

        package init(
            function: Name, at: Int? = nil, arguments: [Expression] = [], where condition: Expression? = nil, by groups: [Group] = [],
            over: Expression? = nil
        ) {
            self.function = function
            self.at = at
            self.arguments = arguments
            self.condition = condition
            self.groups = groups
            self.over = over
        }
    }

    package enum BinaryOperator: String, Sendable, Hashable, CaseIterable {
        case or, and
        case equal = "="
        case unequal = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case plus = "+"
        case minus = "-"
        case times = "*"
        case divided = "/"
        case modulo = "mod"
        case power = "^"
    }

    package enum TextOperator: String, Sendable, Hashable, CaseIterable {
        case contains
        case startsWith = "starts with"
        case endsWith = "ends with"
        case matches
    }
}

/// One item of a list: a value, or a range of them with an optional step.
package struct ListItem: Sendable, Hashable {
    package var low: Expression
    package var high: Expression?
    package var step: Double?

    package init(_ low: Expression, to high: Expression? = nil, step: Double? = nil) {
        self.low = low
        self.high = high
        self.step = step
    }
}
