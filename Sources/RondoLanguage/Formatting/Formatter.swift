package import RondoSignature

/// Writes the tree of a cell as canonical text: one line, single blanks, backquotes only where reading needs them.
package struct Formatter {
    private let grammar: GrammarRegistry

    package init(_ grammar: GrammarRegistry) { self.grammar = grammar }

    /// The text of a cell; reading it gives the same tree. A cell of an unknown verb keeps its source.
    package func text(_ cell: CellSyntax) -> String {
        guard let signature = grammar.verb(cell.verb.value) else { return cell.source }
        if cell.asksForHelp { return cell.verb.value + "?" }
        let family = signature.operands.lazy.filter { $0.kind == .family }.compactMap { slot -> FamilySignature? in
            guard case .name(let name)? = cell.operands[slot.name] else { return nil }
            return grammar.family(name.value)
        }.first
        let vocabulary = Vocabulary(signature, family: family)
        var line = FormattedLine(signature.name)
        if cell.here != nil { line.append("here") }
        operands(cell, signature, vocabulary, &line)
        for clause in cell.clauses { self.clause(clause, vocabulary, &line) }
        guard let here = cell.here else { return line.text }
        return ([line.text] + here.map { "  " + $0 }).joined(separator: "\n")
    }

    private func operands(_ cell: CellSyntax, _ signature: Signature, _ vocabulary: Vocabulary, _ line: inout FormattedLine) {
        var skippedChoices: [String] = []
        for slot in signature.operands {
            guard let value = cell.operands[slot.name] else {
                skippedChoices += slot.kind.choiceWords
                continue
            }
            let choices = skippedChoices + slot.kind.choiceWords
            let isGuarded = slot.word == nil
            line.append(slot, value, vocabulary) { word in
                guard isGuarded else { return slot.kind.choiceWords.contains(word) }
                if choices.contains(word) { return true }
                return slot.isOptional && (vocabulary.entries[word] != nil || vocabulary.operandChoices.contains(word))
            }
        }
    }

    private func clause(_ clause: ClauseSyntax, _ vocabulary: Vocabulary, _ line: inout FormattedLine) {
        line.append(clause.keyword.value)
        guard let entry = vocabulary.entry(clause.keyword.value) else { return }
        var skippedChoices: [String] = []
        for slot in entry.shape.slots {
            guard let value = clause.values[slot.name] else {
                skippedChoices += slot.kind.choiceWords
                continue
            }
            let choices = skippedChoices + slot.kind.choiceWords
            line.append(slot, value, vocabulary) { choices.contains($0) || (slot.isOptional && vocabulary.entries[$0] != nil) }
        }
    }
}

/// A line put together piece by piece.
private struct FormattedLine {
    private(set) var text: String
    /// Whether the piece before is a number, so that a unit after it would belong to it.
    private var isAfterNumber = false

    init(_ verb: String) { text = verb }

    mutating func append(_ piece: String) {
        text += " " + piece
        isAfterNumber = false
    }

    /// A slot's value; its first word gets backquotes where it would be read as something else.
    mutating func append(_ slot: Slot, _ value: Argument, _ vocabulary: Vocabulary, guarding isGuarded: (String) -> Bool) {
        if let word = slot.word { append(word) }
        var piece = ArgumentText.written(value) { vocabulary.entries[$0] != nil }
        if value.beginsWithName {
            let isAfterNumber = isAfterNumber
            piece = NameText.quotingFirst(piece) { isGuarded($0) || (isAfterNumber && DurationUnit.words[$0] != nil) }
        }
        text += " " + piece
        isAfterNumber = value.endsWithNumber
    }
}

extension Argument {
    /// Whether the text may begin with a name, so that backquotes make sense.
    fileprivate var beginsWithName: Bool {
        switch self {
        case .choice, .choices, .text, .texts, .literal, .cell, .parameter, .list, .interval, .grid, .shares, .part, .pairs, .values:
            return false
        case .thing(let thing): return thing.kindWord == nil
        case .things(let things): return things.first?.kindWord == nil
        case .columns(let set):
            if case .every? = set.items.first { return false }
            return true
        case .source(.file): return false
        case .expression(let tree): return tree.beginsWithName
        case .aggregates(let items): return items.first.map { $0.name != nil || $0.expression.beginsWithName } ?? false
        case .groups(let items): return items.first?.expression.beginsWithName ?? false
        case .keys(let items): return items.first?.left.beginsWithName ?? false
        case .order(let items): return items.first?.expression.beginsWithName ?? false
        default: return true
        }
    }

    /// Whether the text ends with a number that a unit could follow.
    fileprivate var endsWithNumber: Bool {
        switch self {
        case .literal(let literal): literal.value.isBareNumber
        case .interval(let interval): interval.high.value.isBareNumber
        case .values(let values): values.last?.value.isBareNumber ?? false
        case .shares(let shares): shares.last?.value.isBareNumber ?? false
        default: false
        }
    }
}

extension Literal {
    fileprivate var isBareNumber: Bool {
        switch self {
        case .integer, .number: true
        default: false
        }
    }
}

extension Expression {
    /// Whether the first token is a name and no keyword of expressions.
    var beginsWithName: Bool {
        switch node {
        case .name, .reference, .call: true
        case .binary(_, let left, _): left.beginsWithName
        case .between(let left, _, _, _), .member(let left, _, _), .isMissing(let left, _), .text(_, let left, _, _),
            .moves(let left, _, _):
            left.beginsWithName
        default: false
        }
    }
}
