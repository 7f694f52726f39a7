import RondoSignature

extension Parser {
    /// The clause whose keyword stands `offset` tokens ahead, without backquotes.
    func clauseAhead(_ offset: Int = 0) -> Vocabulary.Entry? {
        guard let word = ahead(offset).word, let entry = vocabulary.entries[word] else { return nil }
        return entry.words.count == 1 || ahead(offset + 1).word == entry.words[1] ? entry : nil
    }

    /// All clauses to the end of the cell; faults are kept and reading goes on at the next clause.
    mutating func clauses(missing operands: [Slot]) -> [ClauseSyntax] {
        var clauses: [ClauseSyntax] = []
        var seen: Set<String> = []
        while !isAtEnd {
            do throws(LocatedFault) {
                guard let entry = clauseAhead() else {
                    if let entry = unsaidClause(seen, operands) {
                        seen.insert(entry.shape.keyword)
                        record(LocatedFault(.missingKeyword(entry.shape.keyword), token.span))
                        _ = try values(entry.shape.slots)
                        continue
                    }
                    throw strayFault(operands, seen)
                }
                if !seen.insert(entry.shape.keyword).inserted, !entry.shape.isRepeatable {
                    record(fault(.duplicateClause(entry.shape.keyword)))
                }
                clauses.append(try clause(entry))
            } catch {
                record(error)
                if error.fault.endsCell { return clauses }
                recover()
            }
        }
        wantClauses(seen)
        for entry in vocabulary.ordered where entry.shape.isRequired && !seen.contains(entry.shape.keyword) {
            faults.append(LocatedFault(.missingClause(entry.shape.keyword), token.span))
        }
        return clauses
    }

    /// The required clause whose keyword was left out before what stands here: `flag luxury price > 2M`.
    private func unsaidClause(_ seen: Set<String>, _ operands: [Slot]) -> Vocabulary.Entry? {
        let unsaid = vocabulary.ordered.filter { $0.shape.isRequired && !seen.contains($0.shape.keyword) }
        guard unsaid.count == 1, let entry = unsaid.first, let slot = entry.shape.slots.first, starts(slot.kind),
            !operands.contains(where: { starts($0.kind) })
        else { return nil }
        if let word = token.word {
            let known = vocabulary.ordered.flatMap(\.words) + operands.flatMap(\.kind.choiceWords)
            if ForeignWords.operators[word] != nil || NearestWord.suggestion(for: word, among: known) != nil { return nil }
            if vocabulary.entries[word] != nil { return nil }
        }
        return entry
    }

    private mutating func wantClauses(_ seen: Set<String>) {
        if case .unexpected(_, found: .end)? = faults.last?.fault { return }
        let unused = vocabulary.ordered.map(\.shape).filter { $0.isRepeatable || !seen.contains($0.keyword) }.map(\.keyword)
        if !unused.isEmpty { want(.clauses(unused)) }
    }

    private mutating func clause(_ entry: Vocabulary.Entry) throws(LocatedFault) -> ClauseSyntax {
        let start = token.span.start
        for _ in entry.words { advance() }
        let keyword = Name(entry.shape.keyword, span(from: start))
        clause = entry.shape.keyword
        defer { clause = nil }
        skipSeparator(entry)
        let values = try values(entry.shape.slots)
        if values.isEmpty, let slot = entry.shape.slots.first {
            if let word = token.word, slot.kind.choiceWords.isEmpty, slot.kind.takesText, clauseAhead() == nil {
                throw fault(.nameForText(word))
            }
            throw unexpected(.slot(slot.kind, name: slot.name, clause: clause))
        }
        return ClauseSyntax(keyword: keyword, values: values, span: span(from: start))
    }

    /// `trees=100`, `trees: 100`: one fault, and reading goes on behind the sign.
    private mutating func skipSeparator(_ entry: Vocabulary.Entry) {
        guard entry.shape.slots.first?.word == nil else { return }
        let typed = source.text(token.span)
        let isSign = token.sign == .equal || token.sign == .doubleEqual || token.kind == .fault(.foreignSign(":"))
        let isLiteralPlace = entry.shape.slots.first?.kind.isOnlyLiteral ?? false
        guard isSign || (token.word == "by" && isLiteralPlace) else { return }
        record(LocatedFault(.separatorAfterKeyword(entry.shape.keyword, sign: typed), token.span))
        advance()
    }

    mutating func record(_ fault: LocatedFault) { faults.append(fault) }

    /// Goes on at the next clause word outside brackets (G4).
    mutating func recover() {
        advance()
        var level = bracketLevel(before: index)
        while !isAtEnd {
            if level == 0, clauseAhead() != nil { return }
            level = Self.level(level, token)
            advance()
        }
    }

    private func bracketLevel(before end: Int) -> Int {
        var level = 0
        for token in source.tokens[..<end] { level = Self.level(level, token) }
        return level
    }

    private static func level(_ level: Int, _ token: Token) -> Int {
        switch token.sign {
        case .open, .openList: level + 1
        case .close, .closeList: max(0, level - 1)
        default: level
        }
    }

    /// What is wrong with a token that stands after a finished value.
    private mutating func strayFault(_ operands: [Slot], _ seen: Set<String>) -> LocatedFault {
        switch token.sign {
        case .close: return fault(.unopenedBracket(.close))
        case .closeList: return fault(.unopenedBracket(.closeList))
        case .comma: return fault(.strayComma(before: found(ahead(1))))
        default: break
        }
        if let word = token.word, let entry = vocabulary.entries[word], entry.words.count == 2 {
            return fault(.incompleteKeyword(word, needs: entry.words[1]))
        }
        if !seen.isEmpty, let slot = operands.first(where: { starts($0.kind) && !$0.kind.isExpression }) {
            return fault(.operandAfterClause(found, operand: slot.name))
        }
        if let name = token.name, ahead(1).sign == .equal { return fault(.missingComma(before: name)) }
        return fault(.stray(found, missing: operands.map { .slot($0.kind, name: $0.name, clause: nil) }))
    }
}

extension SyntaxFault {
    /// Whether the rest of the cell cannot be understood after it.
    var endsCell: Bool {
        switch self {
        case .tooDeep, .tooLong: true
        default: false
        }
    }
}
