package import RondoSignature

/// Puts the values of parameters in their places, so that nothing after it sees a parameter.
package struct ParameterBinding {
    let parameters: [String: Argument]
    var diagnostics: [Diagnostic] = []

    private init(_ parameters: [String: Argument]) { self.parameters = parameters }

    /// The cell without parameters; values are literals, lists or intervals by name (as `param` took them).
    ///
    /// Errors: unknown parameters (`R0210`) and values of another kind than the place takes (`R0229`), all of the cell.
    package static func bind(
        _ cell: CellSyntax, parameters: [String: Argument], grammar: GrammarRegistry
    ) throws(Diagnostics) -> CellSyntax {
        var binding = ParameterBinding(parameters)
        var bound = cell
        let signature = grammar.verb(cell.verb.value)
        let kinds = Dictionary(signature?.operands.map { ($0.name, $0.kind) } ?? [], uniquingKeysWith: { first, _ in first })
        for (name, argument) in cell.operands.sorted(by: { $0.key < $1.key }) {
            bound.operands[name] = binding.argument(argument, kinds[name])
        }
        let vocabulary = signature.map { Vocabulary($0, family: grammar.family(of: cell)) }
        for (place, clause) in cell.clauses.enumerated() {
            let slots = vocabulary?.entry(clause.keyword.value)?.shape.slots ?? []
            for (name, argument) in clause.values.sorted(by: { $0.key < $1.key }) {
                bound.clauses[place].values[name] = binding.argument(argument, slots.first { $0.name == name }?.kind)
            }
        }
        if let diagnostics = Diagnostics(binding.diagnostics.sorted { ($0.span?.start ?? 0) < ($1.span?.start ?? 0) }) { throw diagnostics }
        return bound
    }

    /// An expression without parameters.
    package static func bind(_ expression: Expression, parameters: [String: Argument]) throws(Diagnostics) -> Expression {
        var binding = ParameterBinding(parameters)
        let bound = binding.expression(expression)
        if let diagnostics = Diagnostics(binding.diagnostics) { throw diagnostics }
        return bound
    }

    // MARK: Values

    /// The value of a parameter, or nil and a diagnostic.
    mutating func value(_ name: String, _ span: Span) -> Argument? {
        if let value = parameters[name] { return value }
        diagnostics.append(SessionNames.unknownParameter(Name(name, span), known: parameters.keys.sorted()))
        return nil
    }

    mutating func misfit(_ name: String, _ span: Span, wanted: Kind) {
        let value = parameters[name].map { ArgumentText.written($0) } ?? ""
        diagnostics.append(
            Diagnostic(
                "R0229", "$\(name) is \(value), but \(KindWords.phrase(wanted)) stands here", span: span,
                note: "wanted: \(KindWords.phrase(wanted))",
                remedy: "param \(NameText.written(name)) = \(KindWords.sample(wanted, GrammarRegistry(verbs: [], families: [])) ?? "10")"))
    }

    mutating func argument(_ argument: Argument, _ kind: Kind?) -> Argument {
        if case .parameter(let name) = argument {
            guard let value = value(name.value, name.span) else { return argument }
            guard let fitted = value.fitted(to: kind ?? .value) else {
                misfit(name.value, name.span, wanted: kind ?? .value)
                return argument
            }
            return fitted.placed(at: name.span)
        }
        return literals(argument) ?? composites(argument)
    }

    mutating func literal(_ literal: SpannedLiteral) -> SpannedLiteral {
        guard case .parameter(let name) = literal.value, let value = value(name, literal.span) else { return literal }
        guard case .literal(let found)? = value.fitted(to: .value) else {
            misfit(name, literal.span, wanted: .value)
            return literal
        }
        return Spanned(found.value, literal.span)
    }

    private mutating func literals(_ argument: Argument) -> Argument? {
        switch argument {
        case .literal(let value): .literal(literal(value))
        case .values(let values): .values(values.map { literal($0) })
        case .list(let items, let span): .list(self.items(items), span)
        case .interval(let interval): .interval(self.interval(interval))
        case .grid(.value(let value)): .grid(.value(literal(value)))
        case .grid(.list(let items)): .grid(.list(self.items(items)))
        case .grid(.interval(let interval)): .grid(.interval(self.interval(interval)))
        default: nil
        }
    }

    private mutating func interval(_ interval: Interval) -> Interval { Interval(literal(interval.low), literal(interval.high)) }

    private mutating func composites(_ argument: Argument) -> Argument {
        switch argument {
        case .expression(let tree): .expression(expression(tree))
        case .assignments(let items): .assignments(items.map { Assignment($0.name, expression($0.expression)) })
        case .inputs(let items): .inputs(items.map { Input($0.name, literal($0.value)) })
        case .aggregates(let items): .aggregates(items.map { Aggregate($0.name, expression($0.expression)) })
        case .groups(let groups): .groups(self.groups(groups))
        case .keys(let keys): .keys(keys.map { key in Key(expression(key.left), key.right.map { expression($0) }) })
        case .order(let items): .order(items.map { OrderItem(expression($0.expression), $0.direction) })
        case .target(let target): .target(Target(target.column, target.value.map { literal($0) }))
        default: argument
        }
    }
}

extension Argument {
    /// The same value as if it had been typed at a place.
    func placed(at span: Span) -> Argument {
        switch self {
        case .literal(let literal): .literal(Spanned(literal.value, span))
        case .text(let text): .text(Spanned(text.value, span))
        case .list(let items, _): .list(items, span)
        default: self
        }
    }
}
