package import RondoSignature

/// The rules that keep the grammar readable in one way only (G10), checked over a registry.
package enum SignatureRules {
    /// Every violation in words; empty for a sound registry.
    package static func violations(_ grammar: GrammarRegistry) -> [String] {
        duplicates(grammar.verbs.map(\.name), "verb") + duplicates(grammar.families.map(\.name), "family")
            + grammar.verbs.flatMap { verb($0, grammar) } + grammar.families.flatMap { family($0, grammar) }
    }

    private static func verb(_ signature: Signature, _ grammar: GrammarRegistry) -> [String] {
        let found =
            keywords(signature) + choices(signature) + operands(signature) + innerWords(signature)
            + signature.clauses.flatMap { values($0) }
        return found.map { signature.name + ": " + $0 }
    }

    private static func duplicates(_ names: [String], _ what: String) -> [String] {
        var seen: Set<String> = []
        return names.filter { !seen.insert($0).inserted }.map { "\(what) \($0) is declared twice" }
    }

    private static func firstWord(_ clause: ClauseShape) -> String { String(clause.keyword.split(separator: " ").first ?? "") }

    /// No clause word is the first word of an operator or a unit, and no two clauses begin alike.
    private static func keywords(_ signature: Signature) -> [String] {
        let words = signature.clauses.map(firstWord)
        return words.flatMap { word -> [String] in
            var found: [String] = []
            if OperatorTable.firstWords.contains(word) { found.append("clause \(word) begins like an operator") }
            if DurationUnit.words[word] != nil { found.append("clause \(word) is a unit") }
            return found
        } + duplicates(words, "clause")
    }

    /// No choice word of an operand is a clause word.
    private static func choices(_ signature: Signature) -> [String] {
        let words = Set(signature.clauses.map(firstWord))
        return signature.operands.flatMap(\.kind.choiceWords).filter(words.contains).map { "choice \($0) is a clause word" }
    }

    /// What runs to the next keyword stands last; what follows an optional operand begins otherwise.
    private static func operands(_ signature: Signature) -> [String] {
        var found = duplicates(signature.operands.map(\.name), "operand")
        for (place, slot) in signature.operands.enumerated() {
            let rest = signature.operands.dropFirst(place + 1)
            if slot.kind.isOpenEnded, !rest.isEmpty { found.append("operand \(slot.name) must be the last") }
            guard slot.isOptional else { continue }
            for next in rest {
                let isTold = slot.word != next.word || isChoiceBeforeWord(slot, rest.first)
                let shared = FirstTokens.of(slot.kind).intersection(FirstTokens.of(next.kind))
                if !isTold, !shared.isEmpty, !isSequence(slot, next) { found.append("operands \(slot.name) and \(next.name) begin alike") }
                if !next.isOptional { break }
            }
        }
        return found
    }

    private static func isChoiceBeforeWord(_ slot: Slot, _ next: Slot?) -> Bool {
        if case .choice = slot.kind { next?.word != nil } else { false }
    }

    /// `help [word [word]]`: the second stands only with the first, so that order tells them apart.
    private static func isSequence(_ slot: Slot, _ next: Slot) -> Bool { slot.isOptional && next.isOptional && next.kind == .word }

    /// A kind's inner words and a clause's fixed words are no clause words; `text` after `every` excepted.
    private static func innerWords(_ signature: Signature) -> [String] {
        let words = Set(signature.clauses.map(firstWord))
        let slots = signature.operands + signature.clauses.flatMap(\.slots)
        return slots.flatMap { slot in [slot.word].compactMap { $0 } + slot.kind.innerWords }.filter { words.contains($0) && $0 != "text" }
            .reduce(into: [String]()) { list, word in if !list.contains(word) { list.append(word) } }
            .map { "\($0) stands inside a value and is a clause word" }
    }

    private static func values(_ clause: ClauseShape) -> [String] {
        var found = clause.slots.isEmpty ? ["clause \(clause.keyword) has no value"] : []
        if clause.keyword.split(separator: " ").count > 2 { found.append("clause \(clause.keyword) has more than two words") }
        if let open = clause.slots.dropLast().firstIndex(where: { $0.kind.isOpenEnded }), clause.slots[open + 1].word == nil,
            clause.slots[open + 1].kind.choiceWords.isEmpty
        {
            found.append("clause \(clause.keyword): a fixed word must end \(clause.slots[open].name)")
        }
        return found
    }

    /// No family parameter is a clause word of a verb that takes families, an operator or a unit.
    private static func family(_ family: FamilySignature, _ grammar: GrammarRegistry) -> [String] {
        let verbs = grammar.verbs.filter(\.takesFamily)
        return duplicates(family.parameters.map(\.name), "parameter").map { family.name + ": " + $0 }
            + family.parameters.flatMap { parameter -> [String] in
                var found: [String] = []
                for verb in verbs where verb.clauses.contains(where: { firstWord($0) == parameter.name }) {
                    found.append("\(family.name): parameter \(parameter.name) is a clause of \(verb.name)")
                }
                if OperatorTable.firstWords.contains(parameter.name) || DurationUnit.words[parameter.name] != nil {
                    found.append("\(family.name): parameter \(parameter.name) is an operator or a unit")
                }
                return found
            }
    }
}

/// What the first token of a kind can be.
private enum FirstTokens: Hashable {
    case name, text, number, percent, duration, date, list, bracket, truth
    case word(String)

    static func of(_ kind: Kind) -> Set<FirstTokens> {
        switch kind {
        case .choice(let words), .choices(let words): Set(words.map(FirstTokens.word))
        case .either(let kinds): kinds.reduce(into: []) { $0.formUnion(of($1)) }
        case .text, .file, .files, .pairs: [.text]
        case .source: [.name, .text]
        case .integer, .number: [.number]
        case .shares, .amount: [.number, .percent]
        case .percent: [.percent]
        case .duration: [.duration]
        case .date: [.date]
        case .list: [.list]
        case .value, .values, .interval: [.text, .number, .percent, .duration, .date, .truth]
        case .grid: [.text, .number, .percent, .duration, .date, .truth, .list]
        case .part: [.date, .word("train"), .word("validation"), .word("test"), .word("all"), .word("last")]
        case .expression, .condition, .metrics, .groups, .keys, .order, .aggregates, .cell:
            [.name, .text, .number, .percent, .duration, .date, .list, .bracket, .truth]
        default: [.name]
        }
    }
}

extension Kind {
    /// Whether the value runs on until a keyword ends it.
    fileprivate var isOpenEnded: Bool {
        switch self {
        case .expression, .condition, .metrics, .assignments, .aggregates, .groups, .keys, .order, .cell: true
        case .either(let kinds): kinds.contains(where: \.isOpenEnded)
        default: false
        }
    }

    /// Words with a meaning inside a value, after a finished part of it.
    var innerWords: [String] {
        switch self {
        case .columns: ["like", "but"]
        case .groups: ["bands"]
        case .order: ["ascending", "descending"]
        case .renames: ["as"]
        case .pairs: ["with"]
        case .list: ["step"]
        case .either(let kinds): kinds.flatMap(\.innerWords)
        default: []
        }
    }
}
