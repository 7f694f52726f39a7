import RondoSignature

extension Parser {
    /// The values of slots in order, by slot name.
    mutating func values(_ slots: [Slot]) throws(LocatedFault) -> [String: Argument] {
        var values: [String: Argument] = [:]
        for (place, slot) in slots.enumerated() {
            if let word = slot.word {
                if place > 0, slot.isOptional, Self.belongs(slot, to: slots[place - 1]), values[slots[place - 1].name] == nil { continue }
                guard takeFixed(word) else {
                    want(.words([word]))
                    if slot.isOptional { continue }
                    throw fixedWordMissing(word)
                }
            } else if slot.isOptional, !optionalStarts(slot, followedBy: place + 1 < slots.count ? slots[place + 1] : nil) {
                want(.slot(slot.kind, name: slot.name, clause: clause))
                continue
            }
            values[slot.name] = try argument(slot)
        }
        return values
    }

    /// Whether an optional slot only stands with the optional choice before it: `roc of forest`.
    private static func belongs(_ slot: Slot, to before: Slot) -> Bool {
        if case .choice = before.kind { before.isOptional } else { false }
    }

    private mutating func fixedWordMissing(_ word: String) -> LocatedFault {
        if let sign = Sign(rawValue: word) { return unexpected(.sign(sign)) }
        return unexpected(.words([word]))
    }

    private mutating func takeFixed(_ word: String) -> Bool {
        if let sign = Sign(rawValue: word) { return take(sign) }
        return take(word)
    }

    /// Whether an optional slot begins here: a clause word wins, and a choice before a fixed word needs that word.
    private func optionalStarts(_ slot: Slot, followedBy next: Slot?) -> Bool {
        if clauseAhead() != nil { return false }
        if case .choice = slot.kind, let word = next?.word, ahead(1).word != word, ahead(1).sign?.rawValue != word { return false }
        return starts(slot.kind)
    }

    /// The value of a slot, a parameter where a literal may stand.
    mutating func argument(_ slot: Slot) throws(LocatedFault) -> Argument {
        want(.slot(slot.kind, name: slot.name, clause: clause))
        if case .either(let kinds) = slot.kind { return try alternative(kinds, slot) }
        if let value = try names(slot) { return value }
        if let value = try literal(slot) { return value }
        if let value = try composite(slot) { return value }
        throw unexpected(.slot(slot.kind, name: slot.name, clause: clause))
    }

    /// The alternative that begins here: a fixed word first, then what a sign after the value decides, then in order.
    private mutating func alternative(_ kinds: [Kind], _ slot: Slot) throws(LocatedFault) -> Argument {
        if case .parameter(let name) = token.kind, slot.kind.isLiteral, ahead(1).sign != .range, !slot.kind.isExpression {
            let span = token.span
            advance()
            return .parameter(Name(name, span))
        }
        let ranked =
            kinds.filter { !$0.choiceWords.isEmpty } + kinds.filter { $0 == .interval }
            + kinds.filter { $0.choiceWords.isEmpty && $0 != .interval }
        guard let kind = ranked.first(where: { starts($0) }) else {
            if let word = token.word, let fault = wrongWord(word, kinds) { throw fault }
            if let number = numericAlternative(kinds) { return try argument(Slot(slot.name, number)) }
            throw unexpected(.slot(slot.kind, name: slot.name, clause: clause))
        }
        return try argument(Slot(slot.name, kind))
    }

    /// A word where no alternative takes a name: an unknown choice, or text without quotes.
    private func wrongWord(_ word: String, _ kinds: [Kind]) -> LocatedFault? {
        let choices = kinds.flatMap(\.choiceWords)
        if !choices.isEmpty { return fault(.unknownChoice(word, among: choices)) }
        return kinds.contains(where: \.takesText) && !NameText.reserved.contains(word) ? fault(.nameForText(word)) : nil
    }

    /// The alternative whose own fault says more than "something else was expected": `top -5`.
    private func numericAlternative(_ kinds: [Kind]) -> Kind? {
        guard let (literal, _) = literalAhead(), case .integer = literal.value, kinds == [.integer] else { return nil }
        return .integer
    }

    /// Whether a value of the kind can begin with what stands here.
    func starts(_ kind: Kind) -> Bool {
        switch kind {
        case .newName, .column, .columns, .table, .tables, .family, .word, .noteName, .assignments, .inputs, .renames, .target:
            isName()
        case .model, .models, .release, .releases, .thing, .things, .metric: isReference || isName()
        case .text, .file, .files, .pairs: literalStarts(.text)
        case .source: isName() || literalStarts(.text)
        case .list: token.sign == .openList || isParameter
        case .grid: token.sign == .openList || literalAhead() != nil || isName()
        case .interval: intervalStarts
        case .shares: (literalAhead()?.0.value.isShare ?? false) || (isParameter && ahead(1).sign == .divided)
        case .integer, .number, .percent, .amount, .duration, .date, .value, .values: literalStarts(kind)
        case .expression, .condition, .metrics, .aggregates, .groups, .keys, .order: expressionStarts
        case .part: token.word.map { ["train", "validation", "test", "all", "last"].contains($0) } ?? literalStarts(.date)
        case .choice(let words), .choices(let words): token.word.map(words.contains) ?? false
        case .cell: !isAtEnd
        case .either(let kinds): kinds.contains { starts($0) }
        }
    }

    private var isParameter: Bool { if case .parameter = token.kind { true } else { false } }

    private var isReference: Bool { if case .reference = token.kind { true } else { false } }

    private func literalStarts(_ kind: Kind) -> Bool { literalAhead().map { kind.accepts($0.0.value) } ?? false }

    private var intervalStarts: Bool {
        guard let (_, count) = literalAhead() else { return false }
        return ahead(count).sign == .range
    }

    private var expressionStarts: Bool {
        switch token.kind {
        case .word(let word): !NameText.reserved.contains(word) || Literal.words[word] != nil || word == "if" || word == "not"
        case .quoted, .literal, .reference, .parameter: true
        case .sign(let sign): sign == .open || sign == .openList || sign == .minus
        case .fault, .end: false
        }
    }
}
