package import RondoSignature

extension Signature {
    /// Whether the family's parameters take grids of values to try: the verb that searches does.
    package var parametersTakeGrids: Bool { takesFamily && name == "tune" }
}

/// The words that begin a clause of one verb, its family's parameters included.
package struct Vocabulary: Sendable {
    package struct Entry: Sendable {
        package let shape: ClauseShape
        /// One keyword or two.
        package let words: [String]
        /// The parameter of the family, if the clause is one.
        package let parameter: ParameterShape?
    }
    /// By first word.
    private(set) var entries: [String: Entry] = [:]
    /// In the order of declaration, parameters last.
    private(set) var ordered: [Entry] = []
    /// The choice words of the operands.
    private(set) var operandChoices: [String] = []

    private var takesGrids = false

    package init() {}

    package init(_ signature: Signature, family: FamilySignature? = nil) {
        for clause in signature.clauses { add(Entry(shape: clause, words: Self.words(clause.keyword), parameter: nil)) }
        operandChoices = signature.operands.flatMap { $0.kind.choiceWords }
        takesGrids = signature.parametersTakeGrids
        if let family { add(family) }
    }

    /// Makes the parameters of a family clauses.
    mutating func add(_ family: FamilySignature) {
        for parameter in family.parameters where entries[parameter.name] == nil {
            let slot = Slot(parameter.name, takesGrids ? .grid : parameter.kind, summary: parameter.summary)
            let shape = ClauseShape(parameter.name, [slot], summary: parameter.summary)
            add(Entry(shape: shape, words: [parameter.name], parameter: parameter))
        }
    }

    private mutating func add(_ entry: Entry) {
        guard let first = entry.words.first else { return }
        entries[first] = entry
        ordered.append(entry)
    }

    /// The clause with this keyword.
    package func entry(_ keyword: String) -> Entry? { ordered.first { $0.shape.keyword == keyword } }

    private static func words(_ keyword: String) -> [String] {
        keyword.utf8.contains(32) ? keyword.split(separator: " ").map(String.init) : [keyword]
    }
}

extension GrammarRegistry {
    /// The family that a cell names.
    package func family(of cell: CellSyntax) -> FamilySignature? {
        for slot in verb(cell.verb.value)?.operands ?? [] where slot.kind == .family {
            if case .name(let name)? = cell.operands[slot.name] { return family(name.value) }
        }
        return nil
    }

    /// Words that stand for something in this cell: clause words, choices of its operands, parameters of its family.
    package func words(of cell: CellSyntax) -> [String] {
        guard let signature = verb(cell.verb.value) else { return [] }
        let vocabulary = Vocabulary(signature, family: family(of: cell))
        return vocabulary.ordered.flatMap(\.words) + vocabulary.operandChoices
    }
}

extension Kind {
    /// The words of a choice, alternatives included.
    package var choiceWords: [String] {
        switch self {
        case .choice(let words), .choices(let words): words
        case .either(let kinds): kinds.flatMap(\.choiceWords)
        default: []
        }
    }

    /// Whether a literal stands here, so that a parameter may.
    package var isLiteral: Bool {
        switch self {
        case .text, .file, .files, .source, .integer, .number, .percent, .amount, .duration, .date, .value, .values, .list, .interval,
            .grid:
            true
        case .either(let kinds): kinds.contains(where: \.isLiteral)
        default: false
        }
    }

    /// Whether no name can stand here.
    var isOnlyLiteral: Bool {
        switch self {
        case .source: false
        case .either(let kinds): kinds.allSatisfy { $0.isOnlyLiteral || !$0.choiceWords.isEmpty }
        default: isLiteral
        }
    }

    /// Whether the value is a tree of operators that runs to the next keyword.
    package var isExpression: Bool {
        switch self {
        case .expression, .condition, .metrics, .assignments, .aggregates, .groups, .keys, .order: true
        case .either(let kinds): kinds.contains(where: \.isExpression)
        default: false
        }
    }
}
