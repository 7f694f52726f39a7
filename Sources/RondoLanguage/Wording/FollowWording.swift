import RondoSignature

/// Words for what follows a finished value: stray names and values, commas, clauses.
extension DiagnosticWording {
    func followPhrase(_ fault: LocatedFault) -> Phrase? {
        let span = fault.span
        switch fault.fault {
        case .stray(let found, let operands):
            return stray(found, operands, span)
        case .strayComma(let next):
            return strayComma(next, span)
        case .missingComma(let name):
            if let comma = commaBeforeKeyword(span) {
                return Phrase(
                    "R0110", "after a comma a clause word is read as a name", note: "leave the comma out",
                    edit: .init(span: comma, text: " "))
            }
            if let near = keyword(near: name) {
                return Phrase(
                    "R0102", "\(verbText) has no clause \(name)", note: "did you mean \(near)?", edit: .init(span: span, text: near))
            }
            return Phrase(
                "R0110", "a comma is missing before \(name)", note: "items of a list are separated by commas",
                edit: .init(span: Span(endBefore(span), span.start), text: ", "))
        case .operandAfterClause(let found, let operand):
            return operandFirst(found, operand, span)
        case .separatorAfterKeyword(let keyword, let sign):
            return Phrase(
                "R0122", "\(sign) is too much: the value follows \(keyword) at once", note: "leave it out",
                edit: .init(span: span, text: " "))
        case .duplicateClause(let keyword):
            return Phrase("R0120", "\(keyword) was given already", note: "each clause stands once", edit: clauseRemoval(keyword, span))
        case .missingClause(let keyword):
            return missingClause(keyword, span)
        case .missingKeyword(let keyword):
            // `join areas on zip`: a small word of other languages in the place of the clause word.
            let isInstead = source.tokens.first { $0.span == span }?.word.map(Self.smallWords.contains) ?? false
            return Phrase(
                "R0121", "\(verbText) needs \(keyword) here", note: isInstead ? "write \(keyword)" : "add \(keyword)",
                edit: .init(span: isInstead ? span : Span(span.start, span.start), text: isInstead ? keyword : keyword + " "), advice: usage
            )
        case .missingOperand(let wanted, let word):
            let what = describe(wanted)
            return Phrase(
                "R0105", "\(what) comes first; \(word) is a clause", note: "before it: \(what)",
                edit: sampleOperand(wanted).map { .init(span: Span(span.start, span.start), text: $0 + " ") })
        default: return nil
        }
    }

    /// The comma of `describe sqft, by type`, when the name stands right behind a clause word behind a comma.
    private func commaBeforeKeyword(_ span: Span) -> Span? {
        guard let place = source.tokens.firstIndex(where: { $0.span == span }), place > 1, source.tokens[place - 2].sign == .comma,
            let word = source.tokens[place - 1].word, keywords.contains(word)
        else { return nil }
        return source.tokens[place - 2].span
    }

    private var verbText: String { signature?.name ?? "this" }

    private func endBefore(_ span: Span) -> Int {
        source.tokens.last { $0.span.end <= span.start && !$0.isEnd }?.span.end ?? span.start
    }

    /// All clause words of the cell, parameters of its family included.
    private var keywords: [String] {
        guard let signature else { return [] }
        let family = signature.takesFamily ? source.tokens.dropFirst().first?.word.flatMap(grammar.family) : nil
        return Vocabulary(signature, family: family).ordered.map(\.shape.keyword)
    }

    private func keyword(near word: String) -> String? { NearestWord.suggestion(for: word, among: keywords) }

    private func stray(_ found: Found, _ operands: [Wanted], _ span: Span) -> Phrase {
        switch found {
        case .word(let word), .quoted(let word): return strayWord(word, operands, span)
        case .literal, .text: return strayValue(found, span)
        default:
            if found == .sign("=") || found == .sign("==") {
                return Phrase("R0109", "nothing is assigned here", note: "leave = out", edit: .init(span: span, text: " "))
            }
            return Phrase(
                "R0109", "\(found.typed) cannot stand here", note: "the value before it is finished", edit: .init(span: span, text: " "))
        }
    }

    private static let smallWords: Set<String> = [
        "by", "on", "using", "with", "via", "for", "where", "if", "when", "as", "to", "of", "from",
    ]

    /// `join places on place`: what other languages write where this verb writes `by`.
    private func byInstead(of word: String, _ span: Span) -> Phrase? {
        guard Self.byWords.contains(word.lowercased()), keywords.contains("by"), !keywords.contains(word) else { return nil }
        let edit = Phrase.Edit(span: span, text: "by")
        guard CellParser.faults(corrected([edit]), grammar: grammar).isEmpty else { return nil }
        return Phrase("R0126", "\(word) is written by here", note: "write by", edit: edit)
    }

    private static let byWords: Set<String> = ["on", "using", "with", "via", "key", "per", "over"]

    /// Short forms of words of the language.
    private static let shortForms = ["desc": "descending", "down": "descending", "asc": "ascending", "up": "ascending"]

    /// `sort by price`: a small word where the operand begins.
    private func smallWord(before span: Span) -> Span? {
        guard source.tokens.count > 3, source.tokens[2].span == span, let word = source.tokens[1].word, Self.smallWords.contains(word),
            !keywords.contains(word)
        else { return nil }
        return source.tokens[1].span
    }

    private func strayWord(_ word: String, _ operands: [Wanted], _ span: Span) -> Phrase {
        if let comma = commaBeforeKeyword(span) {
            return Phrase(
                "R0110", "after a comma a clause word is read as a name", note: "leave the comma out", edit: .init(span: comma, text: " "))
        }
        if let small = smallWord(before: span) {
            return Phrase(
                "R0109", "\(verbText) takes \(word) at once", note: "leave \(source.text(small)) out", edit: .init(span: small, text: " "))
        }
        if let phrase = byInstead(of: word, span) { return phrase }
        if signature?.operands.contains(where: { $0.kind == .order }) ?? false, let long = Self.shortForms[word.lowercased()] {
            return Phrase("R0126", "\(word) is written \(long)", note: "write \(long)", edit: .init(span: span, text: long))
        }
        if let own = ForeignWords.operators[word] {
            return Phrase("R0126", "\(word) is written \(own)", note: "write \(own)", edit: .init(span: span, text: own))
        }
        let choices = operands.flatMap { wanted -> [String] in
            if case .slot(let kind, _, _) = wanted { kind.choiceWords } else { [] }
        }
        let known = choices + keywords
        if let near = NearestWord.suggestion(for: word, among: known) {
            let isChoice = choices.contains(near)
            let message = isChoice ? "\(word) is none of the choices here" : "\(verbText) has no clause \(word)"
            return Phrase(isChoice ? "R0103" : "R0102", message, note: "did you mean \(near)?", edit: .init(span: span, text: near))
        }
        if let phrase = foreignUse() ?? otherFamily(word, span) { return phrase }
        if word == "starts" || word == "ends" {
            return Phrase(
                "R0102", "\(word) is half of an operator: \(word) with", note: "write \(word) with",
                edit: .init(span: Span(span.end, span.end), text: " with"))
        }
        if let inner = innerWord(near: word, span) { return inner }
        if isAfterName(span, choices) { return strayName(word, span) }
        let takers = takers(of: span)
        let note = takers.isEmpty ? "there are " + known.joined(separator: ", ") : offer(takers, word)
        return Phrase(
            "R0102", "\(verbText) has no clause \(word)", note: known.isEmpty ? nil : note,
            edit: takers.first.map { .init(span: Span(span.start, span.start), text: $0 + " ") }, advice: usage)
    }

    /// `errors by price band [200k]`: nearly a word that means something inside the value before it.
    private func innerWord(near word: String, _ span: Span) -> Phrase? {
        let words =
            (signature?.operands ?? []).flatMap(\.kind.innerWords)
            + (signature?.clauses ?? []).flatMap { $0.slots.flatMap(\.kind.innerWords) }
        guard let near = NearestWord.suggestion(for: word, among: words) else { return nil }
        let edit = Phrase.Edit(span: span, text: near)
        guard isWhole([edit]) else { return nil }
        return Phrase("R0102", "\(verbText) has no clause \(word)", note: "did you mean \(near)?", edit: edit)
    }

    /// Whether the cell has no fault once these edits are made.
    private func isWhole(_ edits: [Phrase.Edit]) -> Bool { CellParser.faults(corrected(edits), grammar: grammar).isEmpty }

    /// The clauses that would take what stands here.
    private func takers(of span: Span, among words: [String]? = nil) -> [String] {
        (words ?? keywords).filter { isWhole([.init(span: Span(span.start, span.start), text: $0 + " ")]) }
    }

    private func offer(_ takers: [String], _ typed: String) -> String {
        "did you mean \(takers.prefix(4).map { "\($0) \(typed)" }.joined(separator: " or "))?"
    }

    /// A parameter that other families have.
    private func otherFamily(_ word: String, _ span: Span) -> Phrase? {
        guard signature?.takesFamily ?? false, source.tokens.count > 2, let family = source.tokens[1].word else { return nil }
        let owners = grammar.families.filter { $0.parameters.contains { $0.name == word } }.map(\.name)
        guard let first = owners.first else { return nil }
        return Phrase(
            "R0102", "\(family) has no parameter \(word)",
            note: owners.prefix(4).joined(separator: ", ") + (owners.count == 1 ? " has it" : " have it"),
            edit: .init(span: source.tokens[1].span, text: first), advice: usage)
    }

    private func isAfterName(_ span: Span, _ choices: [String]) -> Bool {
        guard let before = source.tokens.last(where: { $0.span.end <= span.start && !$0.isEnd }), let name = before.name else {
            return false
        }
        let allChoices = choices + (signature?.operands.flatMap(\.kind.choiceWords) ?? [])
        return before.span.start > 0 && (before.word == nil || !allChoices.contains(name))
    }

    /// Names in a row: one name with blanks if they are written with capitals, else a list without its commas.
    private func strayName(_ word: String, _ span: Span) -> Phrase {
        var phrase = Phrase(
            "R0110", "\(verbText) has no clause \(word)",
            note: "items of a list are separated by commas; a name with blanks stands in backquotes",
            advice: usage)
        guard let place = source.tokens.firstIndex(where: { $0.span == span }), place > 0 else { return phrase }
        let rest = source.tokens[place...].prefix { $0.word != nil && !keywords.contains($0.word ?? "") }
        let row = [source.tokens[place - 1]] + rest
        guard let last = row.last else { return phrase }
        let whole = Span(row[0].span.start, last.span.end)
        let quoted = [Phrase.Edit(span: whole, text: "`" + row.compactMap(\.name).joined(separator: " ") + "`")]
        let listed = rest.map { Phrase.Edit(span: Span(endBefore($0.span), $0.span.start), text: ", ") }
        let isCapital = row.contains { $0.name?.first?.isUppercase ?? false }
        (phrase.edits, phrase.otherEdits) = isCapital ? (quoted, listed) : (listed, quoted)
        return phrase
    }

    /// Clauses that take literals, the parameters of a family first.
    private var literalKeywords: [String] {
        guard let signature else { return [] }
        let family = signature.takesFamily ? source.tokens.dropFirst().first?.word.flatMap(grammar.family) : nil
        let entries = Vocabulary(signature, family: family).ordered.filter { !($0.shape.slots.first?.kind.isExpression ?? true) }
        return (entries.filter { $0.parameter != nil } + entries.filter { $0.parameter == nil }).map(\.shape.keyword)
    }

    /// The clauses that would take a value that stands alone: `serve 8080` is `serve port 8080`.
    private func strayValue(_ found: Found, _ span: Span) -> Phrase {
        if let comma = commaBetweenTexts(span) {
            return Phrase(
                "R0110", "a comma is missing before \(found.typed)", note: "items of a list are separated by commas", edit: comma)
        }
        let takers = takers(of: span, among: literalKeywords)
        let note = takers.isEmpty ? "no clause takes it here" : offer(takers, found.typed)
        return Phrase(
            "R0109", "\(found.typed) stands alone", note: note,
            edit: takers.first.map { .init(span: Span(span.start, span.start), text: $0 + " ") }, advice: usage)
    }

    /// The comma of `load "a.csv" "b.csv"`, where a list of texts may stand.
    private func commaBetweenTexts(_ span: Span) -> Phrase.Edit? {
        guard let place = source.tokens.firstIndex(where: { $0.span == span }), place > 0, case .literal(.text) = source.tokens[place].kind,
            case .literal(.text) = source.tokens[place - 1].kind
        else { return nil }
        let comma = Phrase.Edit(span: Span(endBefore(span), span.start), text: ", ")
        return isWhole([comma]) ? comma : nil
    }

    private var usage: String? { signature.map { $0.examples.first?.cell ?? GrammarText.line($0) } }

    private func strayComma(_ next: Found, _ span: Span) -> Phrase {
        if let joined = thousands(span) {
            return Phrase("R0113", "numbers have no comma inside", note: "write \(joined.text)", edit: joined)
        }
        return Phrase("R0110", "a comma separates items of a list only", note: "leave the comma out", edit: .init(span: span, text: " "))
    }

    /// The same for a value that stands after a comma inside a list.
    func thousands(before span: Span) -> Phrase.Edit? {
        guard let place = source.tokens.firstIndex(where: { $0.span == span }), place > 1, source.tokens[place - 1].sign == .comma else {
            return nil
        }
        return thousands(source.tokens[place - 1].span)
    }

    /// `1,200` is 1200: digits on both sides touch the comma.
    private func thousands(_ span: Span) -> Phrase.Edit? {
        guard let place = source.tokens.firstIndex(where: { $0.span == span }), place > 0,
            case .literal(.integer) = source.tokens[place - 1].kind, source.tokens[place - 1].span.end == span.start
        else { return nil }
        var text = source.text(source.tokens[place - 1].span)
        var end = span.start
        var next = place
        while source.tokens[next].sign == .comma, next + 1 < source.tokens.count, source.tokens[next].span.start == end,
            let digits = groupOfThree(source.tokens[next + 1], after: source.tokens[next])
        {
            text += digits
            end = source.tokens[next + 1].span.end
            next = min(next + 2, source.tokens.count - 1)
        }
        return end > span.start ? .init(span: Span(source.tokens[place - 1].span.start, end), text: text) : nil
    }

    private func groupOfThree(_ token: Token, after comma: Token) -> String? {
        guard token.span.start == comma.span.end else { return nil }
        let text = source.text(token.span)
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        return digits.count == 3 ? text : nil
    }

    private func operandFirst(_ found: Found, _ operand: String, _ span: Span) -> Phrase {
        if case .word(let word) = found, let inner = innerWord(near: word, span) { return inner }
        var phrase = Phrase("R0123", "\(operand) comes before the clauses", note: "write it right after \(verbText)", advice: usage)
        if let verb = source.tokens.first {
            phrase.edits = [
                .init(span: Span(verb.span.end, verb.span.end), text: " " + found.typed), .init(span: span, text: " "),
            ]
        }
        return phrase
    }

    /// A clause given twice: the second goes, up to the next clause.
    private func clauseRemoval(_ keyword: String, _ span: Span) -> Phrase.Edit {
        let words = Set(keywords.compactMap { $0.split(separator: " ").first.map(String.init) })
        let next = source.tokens.first { $0.span.start >= span.end && ($0.word.map(words.contains) ?? false) }
        return .init(span: Span(span.start, next?.span.start ?? source.scalars.count), text: "")
    }

    private func missingClause(_ keyword: String, _ span: Span) -> Phrase {
        let shape = signature?.clauses.first { $0.keyword == keyword }
        let sample = (shape?.slots ?? []).filter { !$0.isOptional }.map { slot in
            [slot.word, KindWords.sample(slot.kind, grammar)].compactMap { $0 }.joined(separator: " ")
        }
        return Phrase(
            "R0121", "\(verbText) needs \(keyword)", note: "add \(keyword)",
            edit: .init(span: span, text: " " + ([keyword] + sample).joined(separator: " ")), advice: usage)
    }

    private func sampleOperand(_ wanted: Wanted) -> String? {
        if case .slot(let kind, _, _) = wanted { KindWords.sample(kind, grammar) } else { nil }
    }
}
