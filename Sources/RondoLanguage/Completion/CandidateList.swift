import RondoSignature

/// Candidates for what the parser could have used.
struct CandidateList {
    let grammar: GrammarRegistry
    let names: NameSource
    /// The whole text: a `from` behind the cursor says whose columns.
    let text: String
    let verb: String

    typealias Candidate = Completion.Candidate

    func candidates(_ wanted: Wanted, _ partial: PartialWord) -> [Candidate] {
        switch wanted {
        case .slot(let kind, _, _): kindCandidates(kind, partial)
        case .operand: columns(partial) + named(names.functions()) + parameters
        case .listValue: parameters
        case .words(let words): words.map { Candidate($0) }
        case .clauses(let keywords): keywords.map { Candidate($0, gloss($0)) }
        case .sign, .name: []
        }
    }

    private func kindCandidates(_ kind: Kind, _ partial: PartialWord) -> [Candidate] {
        switch kind {
        case .choice(let words), .choices(let words): words.map { Candidate($0) }
        case .either(let kinds): kinds.flatMap { kindCandidates($0, partial) }
        case .family: grammar.families.map { Candidate($0.name, $0.summary) }
        case .word, .cell: grammar.verbs.map { Candidate($0.name, $0.summary) }
        case .part: ["train", "validation", "test", "all", "last"].map { Candidate($0) }
        case .file, .files: files(partial)
        case .text, .integer, .number, .percent, .amount, .duration, .date, .value, .values, .list, .interval, .grid: parameters
        default: nameCandidates(kind, partial)
        }
    }

    private func nameCandidates(_ kind: Kind, _ partial: PartialWord) -> [Candidate] {
        switch kind {
        case .column, .target, .renames, .inputs: columns(partial)
        case .columns: columns(partial) + [Candidate("every", "every number, text, category, date, truth, column")]
        case .expression, .condition, .aggregates, .groups, .keys, .order: columns(partial) + named(names.functions()) + parameters
        case .metrics, .metric: named(names.metrics())
        case .table, .tables: named(names.tables())
        case .source: named(names.tables()) + files(partial)
        case .model: named(names.models())
        case .models: named(names.models()) + named(names.releases())
        case .release, .releases: named(names.releases())
        case .thing, .things: named(names.tables()) + named(names.models()) + named(names.releases())
        default: []
        }
    }

    private func named(_ entries: [NameSource.Entry]) -> [Candidate] { entries.map { Candidate(NameText.written($0.name), $0.gloss) } }

    private var parameters: [Candidate] { names.parameters().map { Candidate("$" + $0.name, $0.gloss) } }

    private func files(_ partial: PartialWord) -> [Candidate] {
        names.files(partial.form == .text ? partial.content : "").map { Candidate(TextLiteral.written($0.name), $0.gloss) }
    }

    private func columns(_ partial: PartialWord) -> [Candidate] { named(names.columns(table)) }

    /// The table after `from`, if the cell names one.
    private var table: String? {
        let tokens = Lexer.lex(text).tokens
        guard let place = tokens.firstIndex(where: { $0.word == "from" }), place > 0, place + 1 < tokens.count else { return nil }
        return tokens[place + 1].name
    }

    private func gloss(_ keyword: String) -> String {
        let tokens = Lexer.lex(verb).tokens
        guard let signature = tokens.first?.word.flatMap(grammar.verb) else { return "" }
        let family = tokens.dropFirst().first?.word.flatMap(grammar.family)
        return Vocabulary(signature, family: signature.takesFamily ? family : nil).entry(keyword)?.shape.summary ?? ""
    }
}
