import RondoSignature

/// Words for values: missing, or of another kind.
extension DiagnosticWording {
    func valuePhrase(_ fault: LocatedFault) -> Phrase? {
        let span = fault.span
        switch fault.fault {
        case .unexpected(let wanted, let found):
            return unexpected(wanted, found, span)
        case .integerBelowZero(let typed):
            return Phrase(
                "R0106", "\(typed) is below 0; whole numbers here count from 0", note: "write \(typed.filter { $0 != "-" && $0 != " " })",
                edit: .init(span: span, text: typed.filter { $0 != "-" && $0 != " " }))
        case .controlCharacter(let typed):
            let better = typed.replacing("\\n", with: "/n").replacing("\\t", with: "/t").replacing("\\\\", with: "/")
            return Phrase(
                "R0130", "the name of the file holds a line break or another control character", note: "\\n is a line break: write /",
                edit: .init(span: span, text: better))
        case .emptyList:
            return Phrase(
                "R0124", "the list is empty", note: "a list has values: [1, 2]", edit: .init(span: Span(span.start, span.start), text: "1"))
        case .shareCount(let count):
            if let joined = sharesInARow(span) {
                return Phrase("R0124", "shares are joined by /", note: "write \(joined.text)", edit: joined)
            }
            return Phrase(
                "R0124", "a split has two or three shares, not \(count)", note: "train/test or train/validation/test",
                edit: .init(span: span, text: count < 2 ? "80/20" : "60/20/20"))
        case .parameterNotHere(let name):
            return Phrase("R0125", "a parameter cannot stand here", note: "write the value of $\(name)")
        default: return nil
        }
    }

    /// `split 60 20 20` and `split 60, 20, 20`.
    private func sharesInARow(_ span: Span) -> Phrase.Edit? {
        guard let place = source.tokens.firstIndex(where: { $0.span == span }) else { return nil }
        let row = source.tokens[place...].prefix { token in
            if case .literal = token.kind { true } else { token.sign == .comma }
        }
        let shares = row.filter { $0.sign != .comma }
        guard (2...3).contains(shares.count), let last = shares.last else { return nil }
        return .init(span: Span(span.start, last.span.end), text: shares.map { source.text($0.span) }.joined(separator: "/"))
    }

    private func unexpected(_ wanted: Wanted, _ found: Found, _ span: Span) -> Phrase {
        let what = describe(wanted)
        let place = placeText(wanted)
        if let joined = thousands(before: span) {
            return Phrase("R0113", "numbers have no comma inside", note: "write \(joined.text)", edit: joined)
        }
        if let comma = commaBeforeChoice(wanted, span) {
            return Phrase("R0110", "after a comma a word is read as a name", note: "leave the comma out", edit: comma)
        }
        if let edits = assignmentEdits(wanted, found, span) {
            return Phrase("R0105", "\(place)\(what) stands here, not \(found.typed)", note: "the new name is one word", edits: edits)
        }
        if found == .end {
            return Phrase(
                "R0105", "\(place)\(what) is missing", note: "here", edit: sample(wanted).map { .init(span: span, text: " " + $0) })
        }
        var phrase = Phrase(code(wanted, found), "\(place)\(what) stands here, not \(found.typed)", note: "wanted: \(what)")
        if let better = better(wanted, found) {
            phrase.note = "did you mean \(better)?"
            phrase.edits = [.init(span: span, text: better)]
        } else if let edits = listEdits(wanted, found, span) {
            phrase.note = "a list stands in square brackets"
            phrase.edits = edits
        } else if case .words(let words) = wanted, words.contains("missing"), let edit = comparison(found, span) {
            phrase.note = "is asks for missing only"
            phrase.edits = [edit]
        } else if case .slot(.duration, _, _) = wanted, case .word(let word) = found, DurationUnit.words[word] != nil {
            phrase.note = "how many? 1 \(word)"
            phrase.edits = [.init(span: span, text: "1 " + word)]
        } else if case .words(let words) = wanted, let first = words.first {
            phrase.edits = [.init(span: span, text: (NearestWord.suggestion(for: found.typed, among: words) ?? first) + " ")]
        } else if case .sign(let sign) = wanted {
            phrase.edits = [.init(span: Span(span.start, span.start), text: sign.rawValue + " ")]
        } else if let sample = sample(wanted), isLiteral(found) || (isWord(found) && isLiteralPlace(wanted)) {
            phrase.edits = [.init(span: span, text: sample)]
        } else if let sample = sample(wanted) {
            phrase.edits = [.init(span: Span(span.start, span.start), text: sample + " ")]
        }
        return phrase
    }

    /// `encode type, onehot`: the comma before a word of the choice that is missing.
    private func commaBeforeChoice(_ wanted: Wanted, _ span: Span) -> Phrase.Edit? {
        guard case .slot(let kind, _, _) = wanted, let place = source.tokens.firstIndex(where: { $0.span == span }), place > 1,
            source.tokens[place - 2].sign == .comma, let word = source.tokens[place - 1].word, kind.choiceWords.contains(word)
        else { return nil }
        return Phrase.Edit(span: source.tokens[place - 2].span, text: " ")
    }

    /// `price per sqft = 1`: the words before = as one name; `= 1`: a name where there is none.
    private func assignmentEdits(_ wanted: Wanted, _ found: Found, _ span: Span) -> [Phrase.Edit]? {
        guard let place = source.tokens.firstIndex(where: { $0.span == span }), place > 0 else { return nil }
        if case .slot(.assignments, _, _) = wanted, found == .sign("=") {
            return [Phrase.Edit(span: Span(span.start, span.start), text: "result ")]
        }
        guard case .sign(.equal) = wanted, let first = source.tokens[place - 1].word else { return nil }
        let rest = source.tokens[place...].prefix { $0.word != nil }
        guard let last = rest.last, source.tokens[place + rest.count].sign == .equal else { return nil }
        let name = ([first] + rest.compactMap(\.word)).joined(separator: "_")
        return [Phrase.Edit(span: source.tokens[place - 1].span.union(last.span), text: name)]
    }

    /// `type is condo` as `type = "condo"`.
    private func comparison(_ found: Found, _ span: Span) -> Phrase.Edit? {
        guard let place = source.tokens.firstIndex(where: { $0.span == span }), place > 0, source.tokens[place - 1].word == "is" else {
            return nil
        }
        let whole = source.tokens[place - 1].span.union(span)
        switch found {
        case .word(let word) where !ForeignWords.absent.contains(word):
            return Phrase.Edit(span: whole, text: "= " + TextLiteral.written(word))
        case .literal(let typed): return Phrase.Edit(span: whole, text: "= " + typed)
        case .text(let text): return Phrase.Edit(span: whole, text: "= " + TextLiteral.written(text))
        default: return nil
        }
    }

    private func isLiteral(_ found: Found) -> Bool {
        switch found {
        case .literal, .text: true
        default: false
        }
    }

    private func isWord(_ found: Found) -> Bool { if case .word = found { true } else { false } }

    private func isLiteralPlace(_ wanted: Wanted) -> Bool {
        if case .slot(let kind, _, _) = wanted { kind.isOnlyLiteral } else { false }
    }

    /// `in (1, 2)` with square brackets.
    private func listEdits(_ wanted: Wanted, _ found: Found, _ span: Span) -> [Phrase.Edit]? {
        guard case .slot(.list, _, _) = wanted else { return nil }
        if isLiteral(found), let place = source.tokens.firstIndex(where: { $0.span == span }), source.tokens[place + 1].sign == .comma {
            let items = source.tokens[place...].prefix { $0.sign == .comma || $0.word == nil && $0.sign == nil && !$0.isEnd }
            guard let last = items.last(where: { $0.sign == nil }) else { return nil }
            return [.init(span: Span(span.start, span.start), text: "["), .init(span: Span(last.span.end, last.span.end), text: "]")]
        }
        guard found == .sign("(") else { return nil }
        let opening = Phrase.Edit(span: span, text: "[")
        guard let closing = source.tokens.first(where: { $0.sign == .close && $0.span.start > span.start }) else { return [opening] }
        return [opening, .init(span: closing.span, text: "]")]
    }

    private func code(_ wanted: Wanted, _ found: Found) -> String {
        if case .slot = wanted {} else { return found == .sign(")") || found == .sign("]") ? "R0111" : "R0105" }
        if found == .sign(")") || found == .sign("]") { return "R0111" }
        if case .slot(let kind, _, _) = wanted, isLiteral(found), Self.alternatives(kind).contains(.integer) { return "R0106" }
        return "R0105"
    }

    /// The same value in the kind that is wanted: `5.0` where a whole number stands, `0.1` where a percent does.
    private func better(_ wanted: Wanted, _ found: Found) -> String? {
        guard case .slot(let kind, _, _) = wanted else { return nil }
        switch found {
        case .text(let text):
            let tokens = Lexer.lex(text).tokens
            guard tokens.count == 2, case .literal(let literal) = tokens[0].kind, kind.accepts(literal) else { return nil }
            return text
        case .literal(let typed):
            let tokens = Lexer.lex(typed).tokens
            guard case .literal(let literal) = tokens[0].kind else { return nil }
            // A share where two ends may stand is that of both of them.
            if case .percent(let share) = literal, share > 0, share < 50, Self.alternatives(kind).contains(.interval) {
                return "\(LiteralText.written(literal))..\(LiteralText.written(.percent(100 - share)))"
            }
            return ([.integer, .percent, .number, .text, .duration] as [Kind]).lazy
                .filter { kind == $0 || Self.alternatives(kind).contains($0) }
                .compactMap { Self.converted(literal, to: $0) }.first
        default: return nil
        }
    }

    private static func alternatives(_ kind: Kind) -> [Kind] { if case .either(let kinds) = kind { kinds } else { [kind] } }

    private static func converted(_ literal: Literal, to kind: Kind) -> String? {
        switch (kind, literal) {
        case (.integer, .number(let value)): Int64(exactly: value.rounded()).flatMap { $0 >= 0 ? String($0) : nil }
        case (.integer, .percent(let value)): Int64(exactly: value.rounded()).flatMap { $0 >= 0 ? String($0) : nil }
        case (.percent, .integer(let value)): "\(value)%"
        case (.percent, .number(let value)): LiteralText.written(.percent(abs(value) < 1 ? (value * 1e10).rounded() / 1e8 : value))
        case (.number, .percent(let value)): LiteralText.written(.number(value / 100))
        case (.text, .integer), (.text, .number), (.text, .percent), (.text, .date):
            TextLiteral.written(LiteralText.written(literal))
        case (.duration, .integer(let value)): "\(value) days"
        default: nil
        }
    }

    /// `trees: ` before what is missing, if a clause wants it.
    private func placeText(_ wanted: Wanted) -> String {
        if case .slot(_, _, clause: .some(let clause)) = wanted { return "after \(clause), " }
        return ""
    }

    func describe(_ wanted: Wanted) -> String {
        switch wanted {
        case .slot(let kind, _, _): KindWords.phrase(kind)
        case .operand: "a value or a name"
        case .listValue: "a value"
        case .words(let words): words.count > 1 ? "one of " + words.joined(separator: ", ") : words.joined()
        case .sign(let sign): sign.rawValue
        case .name(let what): what
        case .clauses(let words): "one of " + words.joined(separator: ", ")
        }
    }

    /// A value behind an operator; behind a clause word what the clause takes.
    private var operandSample: String {
        guard let word = source.tokens.last(where: { !$0.isEnd })?.word,
            let shape = signature?.clauses.first(where: { $0.keyword == word }), let slot = shape.slots.first
        else { return "1" }
        return KindWords.sample(slot.kind, grammar) ?? "1"
    }

    /// Words that want more after them.
    private static let continuations = ["and": "and 10", "then": "then 1 else 0", "else": "else 0"]

    private func sample(_ wanted: Wanted) -> String? {
        switch wanted {
        case .slot(let kind, _, _): KindWords.sample(kind, grammar)
        case .operand: operandSample
        case .listValue: "1"
        case .words(let words): words.first.map { Self.continuations[$0] ?? $0 }
        case .sign(let sign): sign.rawValue
        case .name, .clauses: nil
        }
    }
}
