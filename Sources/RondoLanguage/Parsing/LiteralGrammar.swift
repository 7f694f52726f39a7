import RondoSignature

extension Parser {
    /// The literal at `offset`, a minus before a number included, and how many tokens it takes.
    func literalAhead(_ offset: Int = 0) -> (SpannedLiteral, count: Int)? {
        let first = ahead(offset)
        switch first.kind {
        case .literal(.integer(Int64.min)): return nil
        case .literal(let literal): return (Spanned(literal, first.span), 1)
        case .parameter(let name): return (Spanned(.parameter(name), first.span), 1)
        case .word(let word):
            return Literal.words[word].map { (Spanned($0, first.span), 1) }
        case .sign(.minus):
            let second = ahead(offset + 1)
            guard case .literal(let literal) = second.kind, let opposite = literal.negated else { return nil }
            return (Spanned(opposite, first.span.union(second.span)), 2)
        default: return nil
        }
    }

    /// Takes a literal of any kind.
    mutating func takeLiteral() -> SpannedLiteral? {
        guard let (literal, count) = literalAhead() else { return nil }
        for _ in 0..<count { advance() }
        return literal
    }

    /// A literal of the kind; a parameter is any kind until it is bound.
    mutating func literalArgument(_ kind: Kind, name: String) throws(LocatedFault) -> SpannedLiteral {
        guard let (literal, count) = literalAhead() else {
            if kind.takesText, let name = token.name, !NameText.reserved.contains(name) { throw fault(.nameForText(name)) }
            throw unexpected(.slot(kind, name: name, clause: clause))
        }
        guard kind.accepts(literal.value) else {
            if kind == .integer, case .integer = literal.value {
                throw LocatedFault(.integerBelowZero(source.text(literal.span)), literal.span)
            }
            throw LocatedFault(.unexpected(.slot(kind, name: name, clause: clause), found: literalFound(literal)), literal.span)
        }
        for _ in 0..<count { advance() }
        return literal
    }

    func literalFound(_ literal: SpannedLiteral) -> Found {
        if case .text(let text) = literal.value { return .text(text) }
        return .literal(source.text(literal.span))
    }

    /// Arguments of the kinds that are one literal or a sequence of literals.
    mutating func literal(_ slot: Slot) throws(LocatedFault) -> Argument? {
        switch slot.kind {
        case .text, .file: try textArgument(slot)
        case .files: try filesArgument(slot)
        case .integer, .number, .percent, .amount, .duration, .date, .value:
            Argument(try literalArgument(slot.kind, name: slot.name))
        case .values: try valuesArgument(slot)
        case .list: try listArgument(slot)
        case .interval: try intervalArgument(slot)
        case .grid: try gridArgument(slot)
        case .shares: try sharesArgument(slot)
        default: nil
        }
    }

    private mutating func textArgument(_ slot: Slot) throws(LocatedFault) -> Argument {
        let literal = try literalArgument(slot.kind, name: slot.name)
        guard case .text(let text) = literal.value else { return Argument(literal) }
        if slot.kind == .file { try refuseControl(text, literal.span) }
        return .text(Spanned(text, literal.span))
    }

    /// `"C:\new"` holds a line break: no file has that name.
    func refuseControl(_ text: String, _ span: Span) throws(LocatedFault) {
        if text.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) {
            throw LocatedFault(.controlCharacter(source.text(span)), span)
        }
    }

    private mutating func filesArgument(_ slot: Slot) throws(LocatedFault) -> Argument {
        if case .parameter(let name) = token.kind {
            advance()
            return .parameter(Name(name, source.tokens[index - 1].span))
        }
        var texts: [Spanned<String>] = []
        repeat {
            guard case .text(let text) = try textArgument(Slot(slot.name, .file)) else {
                throw LocatedFault(.parameterNotHere("files"), source.tokens[max(index - 1, 0)].span)
            }
            texts.append(text)
        } while take(.comma)
        return .texts(texts)
    }

    private mutating func valuesArgument(_ slot: Slot) throws(LocatedFault) -> Argument {
        let first = try literalArgument(.value, name: slot.name)
        if case .parameter(let name) = first.value, token.sign != .comma { return .parameter(Name(name, first.span)) }
        var values = [first]
        while take(.comma) { values.append(try literalArgument(.value, name: slot.name)) }
        return .values(values)
    }

    private mutating func listArgument(_ slot: Slot) throws(LocatedFault) -> Argument {
        let start = token.span.start
        if case .parameter(let name) = token.kind {
            advance()
            return .parameter(Name(name, span(from: start)))
        }
        guard token.sign == .openList else { throw unexpected(.slot(.list, name: slot.name, clause: clause)) }
        let items = try list()
        return .list(items, span(from: start))
    }

    private mutating func intervalArgument(_ slot: Slot) throws(LocatedFault) -> Argument {
        let low = try literalArgument(.value, name: slot.name)
        guard take(.range) else {
            if case .parameter(let name) = low.value { return .parameter(Name(name, low.span)) }
            throw unexpected(.sign(.range))
        }
        return .interval(Interval(low, try literalArgument(.value, name: slot.name)))
    }

    /// A grid: words of a choice are checked against the parameter's own.
    private mutating func gridArgument(_ slot: Slot) throws(LocatedFault) -> Argument {
        let choices = vocabulary.entries[slot.name]?.parameter?.kind.choiceWords ?? []
        if token.sign == .openList {
            let items = try list(words: !choices.isEmpty)
            for case .name(let word) in items.map(\.low.node) where !choices.contains(word) {
                let span = items.first { $0.low.node == .name(word) }?.low.span ?? token.span
                throw LocatedFault(.unknownChoice(word, among: choices), span)
            }
            return .grid(.list(items))
        }
        if !choices.isEmpty, let word = token.word, Literal.words[word] == nil {
            return .grid(.word(try choice(choices)))
        }
        let value = try literalArgument(.value, name: slot.name)
        if take(.range) { return .grid(.interval(Interval(value, try literalArgument(.value, name: slot.name)))) }
        if case .parameter(let name) = value.value { return .parameter(Name(name, value.span)) }
        return .grid(.value(value))
    }

    private mutating func sharesArgument(_ slot: Slot) throws(LocatedFault) -> Argument {
        let start = token.span.start
        var shares: [SpannedLiteral] = []
        repeat {
            if case .parameter(let name) = token.kind { throw fault(.parameterNotHere(name)) }
            guard let (literal, _) = literalAhead(), literal.value.isShare else {
                throw unexpected(.slot(.shares, name: slot.name, clause: clause))
            }
            advance()
            shares.append(literal)
        } while take(.divided)
        guard (2...3).contains(shares.count) else { throw LocatedFault(.shareCount(shares.count), span(from: start)) }
        return .shares(shares)
    }
}

extension Argument {
    /// A literal, or a parameter in its place.
    package init(_ literal: SpannedLiteral) {
        if case .parameter(let name) = literal.value {
            self = .parameter(Name(name, literal.span))
        } else {
            self = .literal(literal)
        }
    }
}

extension Kind {
    /// Whether a literal fits the kind as written; a parameter fits until it is bound.
    package func accepts(_ literal: Literal) -> Bool {
        switch (self, literal) {
        case (_, .parameter), (.value, _), (.values, _): true
        case (.integer, .integer(let value)): value >= 0
        case (.number, .integer), (.number, .number), (.amount, .integer), (.amount, .number), (.amount, .percent): true
        case (.percent, .percent), (.duration, .duration), (.date, .date), (.text, .text), (.file, .text), (.files, .text),
            (.source, .text):
            true
        case (.either(let kinds), _): kinds.contains { $0.accepts(literal) }
        default: false
        }
    }

    /// Whether text in quotes stands here.
    var takesText: Bool {
        switch self {
        case .text, .file, .files: true
        case .either(let kinds): kinds.contains(where: \.takesText)
        default: false
        }
    }
}

extension Literal {
    /// Whether the literal may be one of the shares of a split.
    var isShare: Bool {
        switch self {
        case .integer(let value): value >= 0
        case .number, .percent: true
        default: false
        }
    }
}
