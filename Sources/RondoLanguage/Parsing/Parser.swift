import RondoSignature

/// Reads tokens from left to right; the extensions read one group of the grammar each.
struct Parser {
    /// Depth of brackets, `not`, unary minus and `^` (G9).
    static let deepest = 200
    /// Operators of one cell that make its trees higher.
    static let longest = 2000

    let source: LexedSource
    let grammar: GrammarRegistry
    var index = 0
    var depth = 0
    var links = 0
    var vocabulary = Vocabulary()
    /// Whether `drops` and `rises` are operators.
    var allowsMoves = false
    /// Where the text of an inner cell begins: its signs are judged when it is read itself.
    var innerCell = Int.max
    /// What could stand where the text ends.
    var wanted: [Wanted] = []
    /// The clause being read.
    var clause: String?
    var faults: [LocatedFault] = []

    init(_ source: LexedSource, _ grammar: GrammarRegistry) {
        self.source = source
        self.grammar = grammar
    }

    var token: Token { source.tokens[index] }
    var isAtEnd: Bool { index == source.tokens.count - 1 }

    /// The token `offset` places ahead, the end beyond the end.
    func ahead(_ offset: Int) -> Token { source.tokens[min(index + offset, source.tokens.count - 1)] }

    mutating func advance() { index = min(index + 1, source.tokens.count - 1) }

    /// The end of what was read last.
    var lastEnd: Int { index > 0 ? source.tokens[index - 1].span.end : 0 }

    func span(from start: Int) -> Span { Span(start, max(start, lastEnd)) }

    /// Takes the sign if it stands here.
    mutating func take(_ sign: Sign) -> Bool {
        guard token.sign == sign else { return false }
        advance()
        return true
    }

    /// Takes the word if it stands here without backquotes.
    mutating func take(_ word: String) -> Bool {
        guard token.word == word else { return false }
        advance()
        return true
    }

    /// Notes what could stand here, when the text ends here.
    mutating func want(_ what: Wanted) {
        guard isAtEnd else { return }
        wanted.append(what == .operand && allowsMoves ? .slot(.metric, name: "metric", clause: clause) : what)
    }

    /// What stands here, for messages.
    var found: Found { found(token) }

    func found(_ token: Token) -> Found {
        switch token.kind {
        case .end: .end
        case .word(let word): .word(word)
        case .quoted(let name): .quoted(name)
        case .literal(.text(let text)): .text(text)
        case .literal, .parameter: .literal(source.text(token.span))
        case .sign(let sign): .sign(sign.rawValue)
        case .reference, .fault: .other(source.text(token.span))
        }
    }

    /// The fault of this place: that of the token itself if it has one.
    func fault(_ fault: SyntaxFault) -> LocatedFault {
        if case .fault(let own) = token.kind { return LocatedFault(own, token.span) }
        return LocatedFault(fault, token.span)
    }

    /// The fault that something else was wanted here.
    mutating func unexpected(_ what: Wanted) -> LocatedFault {
        want(what)
        return fault(.unexpected(what, found: found))
    }

    /// Runs `body` one level deeper: the one place that counts nesting.
    mutating func nested<Result>(_ body: (inout Parser) throws(LocatedFault) -> Result) throws(LocatedFault) -> Result {
        depth += 1
        defer { depth -= 1 }
        if depth > Self.deepest { throw LocatedFault(.tooDeep, token.span) }
        return try body(&self)
    }

    /// Counts one operator of a chain.
    mutating func link() throws(LocatedFault) {
        links += 1
        if links > Self.longest { throw LocatedFault(.tooLong, token.span) }
    }
}
