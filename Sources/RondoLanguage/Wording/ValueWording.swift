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
            return Phrase(
                "R0124", "a split has two or three shares, not \(count)", note: "train/test or train/validation/test",
                edit: .init(span: span, text: count < 2 ? "80/20" : "60/20/20"))
        case .parameterNotHere(let name):
            return Phrase("R0125", "a parameter cannot stand here", note: "write the value of $\(name)")
        default: return nil
        }
    }

    private func unexpected(_ wanted: Wanted, _ found: Found, _ span: Span) -> Phrase {
        let what = describe(wanted)
        let place = placeText(wanted)
        if let joined = thousands(before: span) {
            return Phrase("R0113", "numbers have no comma inside", note: "write \(joined.text)", edit: joined)
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
        guard case .slot(.list, _, _) = wanted, found == .sign("(") else { return nil }
        let opening = Phrase.Edit(span: span, text: "[")
        guard let closing = source.tokens.first(where: { $0.sign == .close && $0.span.start > span.start }) else { return [opening] }
        return [opening, .init(span: closing.span, text: "]")]
    }

    private func code(_ wanted: Wanted, _ found: Found) -> String {
        if case .slot = wanted {} else { return found == .sign(")") || found == .sign("]") ? "R0111" : "R0105" }
        switch found {
        case .literal, .text: return "R0106"
        case .sign(")"), .sign("]"): return "R0111"
        default: return "R0105"
        }
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

    /// Words that want more after them.
    private static let continuations = ["and": "and 10", "then": "then 1 else 0", "else": "else 0"]

    private func sample(_ wanted: Wanted) -> String? {
        switch wanted {
        case .slot(let kind, _, _): KindWords.sample(kind, grammar)
        case .operand, .listValue: "1"
        case .words(let words): words.first.map { Self.continuations[$0] ?? $0 }
        case .sign(let sign): sign.rawValue
        case .name, .clauses: nil
        }
    }
}
