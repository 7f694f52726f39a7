package import RondoSignature

/// A cell that was read: its tree, or its faults in words.
package struct ParsedCell: Sendable {
    /// Nil when there are faults.
    package let syntax: CellSyntax?
    package let diagnostics: [Diagnostic]
}

/// Reads one cell by the grammar of its verb.
package enum CellParser {
    /// The tree or the faults of the text of one cell, continuation lines included.
    package static func parse(_ text: String, line: Int = 1, grammar: GrammarRegistry) -> ParsedCell {
        let (syntax, faults, source) = read(text, line: line, grammar: grammar)
        guard !faults.isEmpty else { return ParsedCell(syntax: syntax, diagnostics: []) }
        let wording = DiagnosticWording(source: source, grammar: grammar)
        return ParsedCell(syntax: nil, diagnostics: wording.diagnostics(faults))
    }

    /// The faults alone, without words: what a remedy is tried with.
    static func faults(_ text: String, grammar: GrammarRegistry) -> [LocatedFault] { read(text, line: 1, grammar: grammar).faults }

    static func read(_ text: String, line: Int, grammar: GrammarRegistry) -> (
        syntax: CellSyntax?, faults: [LocatedFault], source: LexedSource
    ) {
        let (head, raw) = HereText.cut(text)
        let source = Lexer.lex(head)
        var parser = Parser(source, grammar)
        var syntax = parser.cell()
        syntax?.source = text
        syntax?.line = line
        if let raw, syntax != nil, parser.isHere {
            syntax?.here = raw
            if raw.isEmpty { parser.record(LocatedFault(.hereWithoutRows, source.tokens[min(1, source.tokens.count - 1)].span)) }
        }
        let faults = parser.sortedFaults
        return (faults.isEmpty ? syntax : nil, faults, source)
    }

    /// What could stand at the end of the text, for completion.
    static func wanted(_ text: String, grammar: GrammarRegistry) -> (wanted: [Wanted], verb: String?) {
        var parser = Parser(Lexer.lex(text), grammar)
        _ = parser.cell()
        return (parser.wanted, parser.source.tokens.first?.word)
    }
}

extension Parser {
    /// Whether the cell is `load here`.
    var isHere: Bool { source.tokens[0].word == "load" && source.tokens.count > 1 && source.tokens[1].word == "here" }

    /// Verb, operands and clauses; nil when there is no such verb.
    mutating func cell() -> CellSyntax? {
        let start = token
        guard let verb = start.word else {
            record(fault(.noVerb(found)))
            return nil
        }
        guard let signature = grammar.verb(verb) else {
            record(LocatedFault(.unknownVerb(verb), start.span))
            return nil
        }
        vocabulary = Vocabulary(signature)
        advance()
        var cell = CellSyntax(source: "", verb: Name(verb, start.span))
        if token.sign == .question, ahead(1).isEnd {
            advance()
            cell.asksForHelp = true
            return cell
        }
        var operands = signature.operands
        if isHere {
            advance()
            operands = []
        }
        do throws(LocatedFault) {
            cell.operands = try values(operands)
        } catch {
            record(operandFault(error, operands))
            if error.fault.endsCell { return nil }
            resume(after: error)
        }
        let given = cell.operands
        cell.clauses = clauses(missing: operands.filter { given[$0.name] == nil })
        if let misread = misreadClause(signature.operands, given) { faults = [misread] }
        return cell
    }

    /// A clause word at which an operand was wanted is where reading goes on.
    private mutating func resume(after error: LocatedFault) {
        if clauseAhead() != nil, error.span.start >= token.span.start { return }
        recover()
    }

    /// A required operand that is left out: the clause word in its place is no name.
    private func operandFault(_ error: LocatedFault, _ operands: [Slot]) -> LocatedFault {
        guard let slot = operands.first, !slot.isOptional, let word = source.tokens[1].word, vocabulary.entries[word] != nil,
            index > 1
        else { return error }
        return LocatedFault(.missingOperand(.slot(slot.kind, name: slot.name, clause: nil), instead: word), source.tokens[1].span)
    }

    /// `impute with 0`: the clause word was read as a name and what follows makes no sense.
    private func misreadClause(_ operands: [Slot], _ given: [String: Argument]) -> LocatedFault? {
        guard let first = faults.first, case .stray = first.fault, first.span == source.tokens[min(2, source.tokens.count - 1)].span,
            let slot = operands.first, !slot.isOptional, given[slot.name] != nil, let word = source.tokens[1].word,
            vocabulary.entries[word] != nil
        else { return nil }
        return LocatedFault(.missingOperand(.slot(slot.kind, name: slot.name, clause: nil), instead: word), source.tokens[1].span)
    }

    /// All faults in the order of the text: those of reading and those of signs that reading skipped.
    var sortedFaults: [LocatedFault] {
        if let end = faults.first(where: { $0.fault.endsCell }) { return [end] }
        var all = faults
        let known = Set(all.map(\.span))
        let hasThousands = all.contains { if case .strayComma = $0.fault { true } else { false } }
        for (place, token) in source.tokens.enumerated() {
            guard case .fault(let fault) = token.kind, token.span.start < innerCell, !known.contains(token.span) else { continue }
            if hasThousands, place > 0, source.tokens[place - 1].sign == .comma, source.tokens[place - 1].span.end == token.span.start {
                continue
            }
            all.append(LocatedFault(fault, token.span))
        }
        return all.enumerated().sorted { ($0.element.span.start, $0.offset) < ($1.element.span.start, $1.offset) }.map(\.element)
    }
}
