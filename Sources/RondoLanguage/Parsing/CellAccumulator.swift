package import RondoSignature

/// Decides, line by line, whether a cell typed by hand goes on (G5).
package enum CellAccumulator {
    private static let openWords: Set<String> = ["then", "else", "if", "not", "and", "or", "with"]

    /// Whether the editor should wait for another line: after an open bracket or quote, a trailing comma, operator or clause word.
    package static func needsMoreInput(_ text: String, grammar: GrammarRegistry) -> Bool {
        if let last = SourceLines.split(text).last, SourceLines.isBlank(last) { return false }
        if HereText.isHere(text) { return true }
        let source = Lexer.lex(text)
        if isOpen(source.tokens) { return true }
        guard source.tokens.count > 2 else { return false }
        let last = source.tokens[source.tokens.count - 2]
        let faults = CellParser.faults(text, grammar: grammar)
        guard faults.allSatisfy({ $0.isAtEnd || $0.span == last.span }) else { return false }
        if let sign = last.sign { return ![.close, .closeList, .question].contains(sign) }
        guard let word = last.word, !faults.isEmpty else { return false }
        guard let signature = source.tokens[0].word.flatMap(grammar.verb) else { return false }
        return openWords.contains(word) || OperatorTable.firstWords.contains(word)
            || faults.contains { $0.wantsClauseValue } || signature.clauses.contains { $0.keyword.split(separator: " ").last == word[...] }
    }

    /// Whether a quote or a bracket is open at the end.
    private static func isOpen(_ tokens: [Token]) -> Bool {
        var level = 0
        for token in tokens {
            switch token.kind {
            case .fault(.unclosedText): return true
            case .sign(.open), .sign(.openList): level += 1
            case .sign(.close), .sign(.closeList): level -= 1
            default: break
            }
            if level < 0 { return false }
        }
        return level > 0
    }
}

extension LocatedFault {
    /// Whether more text may mend it.
    fileprivate var isAtEnd: Bool {
        switch fault {
        case .unexpected(_, found: .end), .missingClause: true
        default: false
        }
    }

    fileprivate var wantsClauseValue: Bool {
        if case .unexpected(.slot(_, _, clause: .some), found: .end) = fault { true } else { false }
    }
}
