/// Words for what is no token: broken quotes, numbers, dates, signs of other tongues.
extension DiagnosticWording {
    func signPhrase(_ fault: LocatedFault) -> Phrase? {
        let span = fault.span
        switch fault.fault {
        case .unclosedText:
            return Phrase("R0112", "the text has no closing quote", note: "opened here", edit: closing("\"", span))
        case .unclosedName:
            return Phrase("R0112", "the name has no closing backquote", note: "opened here", edit: closing("`", span))
        case .emptyName:
            return Phrase("R0112", "a name in backquotes needs letters", advice: "`Gr Liv Area`")
        case .unknownEscape(let letter):
            return Phrase(
                "R0116", "a backslash stands before \", \\, n or t only, not before \(letter)", note: "write / or \\\\",
                edit: .init(span: Span(span.start, span.start + 1), text: letter == "\n" ? "" : "/"))
        case .foreignSign(let sign):
            return foreignSign(sign, span)
        case .foreignQuotes(let content):
            return Phrase(
                "R0115", "text stands in double quotes", note: "write \(TextLiteral.written(content))",
                edit: .init(span: span, text: TextLiteral.written(content)))
        case .unknownSign(let sign):
            return Phrase(
                "R0115", "\(sign.isEmpty ? "this sign" : sign) is no sign of the language", note: "leave it out",
                edit: .init(span: span, text: " "))
        case .nameStart(let typed):
            return Phrase(
                "R0115", "a name begins with a letter", note: "put it in backquotes", edit: .init(span: span, text: "`\(typed)`"))
        default: return numberPhrase(fault)
        }
    }

    private func closing(_ quote: String, _ span: Span) -> Phrase.Edit {
        .init(span: Span(span.end, span.end), text: quote)
    }

    private func foreignSign(_ sign: String, _ span: Span) -> Phrase {
        let entry = ForeignSigns.table[sign]
        let advice = entry?.advice ?? "leave it out"
        var phrase = Phrase("R0115", "\(sign) is no sign of Rondo", note: advice)
        if sign == "%" || sign == "%%", followsPercent(span) {
            phrase.note = "one sign of percent is enough"
            phrase.edits = [.init(span: span, text: "")]
        } else if sign == "%", let percent = percentWithBlank(span) {
            phrase.edits = [percent]
        } else if let instead = entry?.instead {
            phrase.edits = [.init(span: span, text: instead)]
            if sign == ":" { phrase.otherEdits = [.init(span: span, text: " =")] }
        } else if sign == "|>" || sign == ";" || sign == "%>%" {
            phrase.advice = source.text(Span(0, span.start)).trimmingBlanks
        } else if sign == "~" {
            phrase.advice = "goal predict price, then fit linear using sqft, age"
        }
        return phrase
    }

    /// `10%%`: a sign that touches a percent.
    private func followsPercent(_ span: Span) -> Bool {
        guard let place = source.tokens.firstIndex(where: { $0.span == span }), place > 0,
            case .literal(.percent) = source.tokens[place - 1].kind
        else { return false }
        return source.tokens[place - 1].span.end == span.start
    }

    /// `10 %` at the end of a value: the percent sign touches its number.
    private func percentWithBlank(_ span: Span) -> Phrase.Edit? {
        guard let place = source.tokens.firstIndex(where: { $0.span == span }), place > 0,
            case .literal(let literal) = source.tokens[place - 1].kind, literal.number != nil
        else { return nil }
        switch source.tokens[place + 1].kind {
        case .literal, .quoted, .sign(.open), .parameter: return nil
        default: return .init(span: Span(source.tokens[place - 1].span.end, span.end), text: "%")
        }
    }

    private func numberPhrase(_ fault: LocatedFault) -> Phrase? {
        let span = fault.span
        switch fault.fault {
        case .integerTooLarge(let typed):
            return Phrase(
                "R0113", "\(typed) is beyond the whole numbers of 64 bits", note: "greatest is 9223372036854775807",
                edit: .init(span: span, text: typed.allSatisfy { $0.isNumber } ? typed + ".0" : "9223372036854775807"))
        case .numberTooLarge(let typed):
            return Phrase(
                "R0113", "\(typed) is beyond the real numbers of 64 bits", note: "greatest is about 1.8e308",
                edit: .init(span: span, text: "1e308"))
        case .malformedNumber(let typed, let better):
            return Phrase(
                "R0113", "\(typed) is no number",
                note: better.map { "did you mean \($0)?" } ?? "numbers look like 0.5, 1200, 200k, 10%, 5 days",
                edit: better.map { .init(span: span, text: $0) }, advice: "a name that begins with a digit stands in backquotes: `\(typed)`"
            )
        case .malformedDate(let typed):
            return Phrase(
                "R0114", "\(typed) is no date", note: "a date looks like 2024-03-01; a difference has blanks around its sign",
                edit: dateEdit(typed, span), advice: "2024-03-01")
        case .malformedParameter(let typed):
            let number = String(typed.dropFirst())
            let isNumber = number.unicodeScalars.first.map(Scalars.isDigit) ?? false
            return Phrase(
                "R0125", isNumber ? "$ begins a parameter, not an amount of money" : "$ begins the name of a parameter",
                note: isNumber ? "write \(number.filter { $0 != "," })" : "like $rows",
                edit: .init(span: span, text: isNumber ? number.filter { $0 != "," } : ""))
        case .malformedReference(let typed):
            return Phrase("R0115", "\(typed) is no reference", note: "like precision@10 or house_price@canary", advice: "house_price@3")
        default: return nil
        }
    }

    private func dateEdit(_ typed: String, _ span: Span) -> Phrase.Edit? {
        let pieces = typed.split(separator: "-", omittingEmptySubsequences: false)
        if pieces.count == 3, pieces[0].count == 4, let typedMonth = Int(pieces[1]), let typedDay = Int(pieces[2]),
            let year = Int(pieces[0])
        {
            let month = min(max(typedMonth, 1), 12)
            let day = max(typedDay, 1)
            let last = min(day, DateText.length(ofMonth: month, year: year))
            let text = DateText.written(DateLiteral(days: Int32(DateText.daysSinceEpoch(year: year, month: month, day: last))))
            return .init(span: span, text: text)
        }
        guard pieces.count == 2, pieces.allSatisfy({ !$0.isEmpty }) else { return nil }
        return .init(span: span, text: pieces.joined(separator: " - "))
    }
}

extension String {
    /// Without blanks at both ends.
    var trimmingBlanks: String {
        var scalars = Substring(self).unicodeScalars
        while let first = scalars.first, Scalars.isBlank(first) || first == "\n" { scalars.removeFirst() }
        while let last = scalars.last, Scalars.isBlank(last) || last == "\n" { scalars.removeLast() }
        return String(scalars)
    }
}
