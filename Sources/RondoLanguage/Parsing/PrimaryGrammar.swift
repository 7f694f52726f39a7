import RondoSignature

extension Parser {
    /// A value, name, reference, call, bracket, list or `if`.
    mutating func primary() throws(LocatedFault) -> Expression {
        let start = token
        switch start.kind {
        case .literal(let literal):
            advance()
            return Expression(.literal(literal), start.span)
        case .parameter(let name):
            advance()
            return Expression(.parameter(name), start.span)
        case .quoted(let name):
            advance()
            return Expression(.name(name), start.span)
        case .reference(let name, let version):
            advance()
            if token.sign == .open, let at = Int(version) { return try call(Name(name, start.span), at: at) }
            return Expression(.reference(name: name, version: version), start.span)
        case .word(let word):
            return try wordPrimary(word)
        case .sign(.open):
            return try bracketed()
        case .sign(.openList):
            let items = try list()
            return Expression(.list(items), span(from: start.span.start))
        case .sign, .fault, .end:
            throw unexpected(.operand)
        }
    }

    private mutating func wordPrimary(_ word: String) throws(LocatedFault) -> Expression {
        let start = token
        if word == "if" { return try conditional() }
        if let literal = Literal.words[word] {
            advance()
            return Expression(.literal(literal), start.span)
        }
        if NameText.reserved.contains(word) { throw unexpected(.operand) }
        advance()
        if token.sign == .open { return try call(Name(word, start.span), at: nil) }
        return Expression(.name(word), start.span)
    }

    private mutating func bracketed() throws(LocatedFault) -> Expression {
        let open = token
        return try nested { parser throws(LocatedFault) in
            parser.advance()
            var inner = try parser.expression()
            try parser.close(.close, open)
            inner.span = parser.span(from: open.span.start)
            return inner
        }
    }

    /// Takes the closing bracket that belongs to `open`.
    mutating func close(_ sign: Sign, _ open: Token) throws(LocatedFault) {
        if take(sign) { return }
        want(.sign(sign))
        if isAtEnd { throw LocatedFault(.unclosedBracket(sign == .close ? .open : .openList), open.span) }
        throw unexpected(.sign(sign))
    }

    /// `if a then b else if c then d else e`: a chain of `else if` is a loop.
    private mutating func conditional() throws(LocatedFault) -> Expression {
        let start = token.span.start
        return try nested { parser throws(LocatedFault) in
            var branches: [(start: Int, condition: Expression, value: Expression)] = []
            repeat {
                try parser.link()
                let branchStart = parser.token.span.start
                parser.advance()
                let condition = try parser.expression()
                guard parser.take("then") else { throw parser.unexpected(.words(["then"])) }
                let value = try parser.expression()
                guard parser.take("else") else { throw parser.unexpected(.words(["else"])) }
                branches.append((branchStart, condition, value))
            } while parser.token.word == "if"
            var result = try parser.expression()
            let end = result.span.end
            for branch in branches.reversed() {
                result = Expression(.conditional(if: branch.condition, then: branch.value, else: result), Span(branch.start, end))
            }
            result.span.start = start
            return result
        }
    }

    // MARK: Calls

    private mutating func call(_ function: Name, at: Int?) throws(LocatedFault) -> Expression {
        let open = token
        return try nested { parser throws(LocatedFault) in
            parser.advance()
            var call = Expression.Call(function: function, at: at)
            if !parser.isCallWord, parser.token.sign != .close {
                repeat { call.arguments.append(try parser.expression()) } while parser.take(.comma)
            }
            try parser.callClauses(&call)
            try parser.close(.close, open)
            return Expression(.call(call), parser.span(from: function.span.start))
        }
    }

    /// Whether `where`, `by` or `over` stands here.
    private var isCallWord: Bool { CallWords.all.contains(token.word ?? "") }

    private mutating func callClauses(_ call: inout Expression.Call) throws(LocatedFault) {
        var seen: Set<String> = []
        while let word = token.word, CallWords.all.contains(word) {
            guard seen.insert(word).inserted else { throw fault(.duplicateClause(word)) }
            advance()
            switch word {
            case "where": call.condition = try expression()
            case "by": call.groups = try groups()
            default: call.over = try expression(.sum)
            }
        }
        want(.words(CallWords.all.filter { !seen.contains($0) }))
    }

    // MARK: Lists

    /// `[1, 2, 5..10 step 2]`; words count as values where choices may be tried.
    mutating func list(words: Bool = false) throws(LocatedFault) -> [ListItem] {
        let open = token
        return try nested { parser throws(LocatedFault) in
            parser.advance()
            if parser.token.sign == .closeList { throw parser.fault(.emptyList) }
            var items: [ListItem] = []
            repeat { items.append(try parser.listItem(words: words)) } while parser.take(.comma)
            try parser.close(.closeList, open)
            return items
        }
    }

    private mutating func listItem(words: Bool) throws(LocatedFault) -> ListItem {
        let low = try listValue(words: words)
        guard take(.range) else { return ListItem(low) }
        let high = try listValue(words: false)
        guard take("step") else { return ListItem(low, to: high) }
        let step = try literalArgument(.number, name: "step")
        guard let number = step.value.number else { throw LocatedFault(.parameterNotHere("step"), step.span) }
        return ListItem(low, to: high, step: number)
    }

    private mutating func listValue(words: Bool) throws(LocatedFault) -> Expression {
        if let literal = takeLiteral() { return Expression(Expression.Node(literal.value), literal.span) }
        if words, let name = token.name, !NameText.reserved.contains(name) {
            let span = token.span
            advance()
            return Expression(.name(name), span)
        }
        if let name = token.name { throw fault(.nameForText(name)) }
        throw unexpected(.listValue)
    }
}

/// The words inside a call, after its arguments.
enum CallWords {
    static let all = ["where", "by", "over"]
}

extension Literal {
    /// The literals that are words.
    static let words: [String: Literal] = ["true": .truth(true), "false": .truth(false), "missing": .missing]
}
