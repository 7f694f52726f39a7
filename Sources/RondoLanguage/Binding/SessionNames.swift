/// Worded diagnostics for names that a session does not know; all have codes `R02…`.
package enum SessionNames {
    /// `table sales has no column sqtf`; `following` is the rest of the cell's text from the name on, for names with blanks.
    package static func unknownColumn(
        _ name: Name, table: String, known: [String], source: String, words: [String] = []
    ) -> Diagnostic {
        if ForeignWords.absent.contains(name.value) { return absentWord(name, source: source) }
        if let own = ForeignWords.operators[name.value], !known.contains(own) { return foreignOperator(name, own, source: source) }
        if words.contains(name.value), let remedy = withoutCommaBefore(name.span, in: source) {
            return Diagnostic(
                "R0224", "after a comma \(name.value) is read as a column, and table \(table) has none of that name", span: name.span,
                note: "leave the comma out", remedy: remedy.line, mend: remedy.mend)
        }
        let rest = String(Array(source.unicodeScalars).dropFirst(max(0, name.span.start)))
        if let longest = NearestWord.longestName(atStartOf: rest, among: known), longest != name.value {
            let end = name.span.start + longest.unicodeScalars.count
            return unknown("R0203", "table \(table) has no column \(name.value)", name, longest, Span(name.span.start, end), source)
        }
        return unknown(
            "R0203", "table \(table) has no column \(name.value)", name, NearestWord.suggestion(for: name.value, among: known), nil, source
        )
        .withFallback(NameText.isPlain(table) ? "describe from \(table)" : "describe")
    }

    /// The same fault with the names of the session: `drop Gr Liv Area` is one column when there is one of that name.
    package static func refined(_ diagnostic: Diagnostic, source: String, known: [String]) -> Diagnostic {
        guard diagnostic.code == "R0110", let span = diagnostic.span else { return diagnostic }
        let tokens = Lexer.lex(source).tokens
        guard let place = tokens.firstIndex(where: { $0.span == span }), place > 0 else { return diagnostic }
        let start = tokens[place - 1].span.start
        let rest = String(Array(source.unicodeScalars).dropFirst(start))
        guard let longest = NearestWord.longestName(atStartOf: rest, among: known), !NameText.isPlain(longest) else { return diagnostic }
        let whole = Span(start, start + longest.unicodeScalars.count)
        let written = NameText.written(longest)
        return Diagnostic(
            diagnostic.code, "a name with blanks or signs stands in backquotes", span: whole, note: "did you mean \(written)?",
            remedy: replaced(whole, by: written, in: source), isSyntax: true)
    }

    package static func unknownTable(_ name: Name, known: [String], source: String) -> Diagnostic {
        missing("R0201", "table", name, known, source, fallback: "load \"\(name.value).csv\" as \(NameText.written(name.value))")
    }

    package static func unknownModel(_ name: Name, known: [String], source: String) -> Diagnostic {
        missing("R0204", "model", name, known, source, fallback: "fit forest as \(NameText.written(name.value))")
    }

    package static func unknownRelease(_ name: Name, known: [String], source: String) -> Diagnostic {
        missing("R0205", "release", name, known, source, fallback: "deploy forest as \(NameText.written(name.value))")
    }

    package static func unknownMetric(_ name: Name, known: [String], source: String) -> Diagnostic {
        missing("R0207", "metric", name, known, source, fallback: "help metrics")
    }

    /// A function nobody declared; `ifelse` and its like get their Rondo form.
    package static func unknownFunction(_ name: Name, known: [String], source: String) -> Diagnostic {
        if let own = ForeignWords.functions[name.value.lowercased()], !known.contains(name.value.lowercased()) {
            let isName = NameText.isPlain(own)
            return Diagnostic(
                "R0206", "there is no function \(name.value); write \(own)", span: name.span, note: "write \(own)",
                remedy: isName ? replaced(name.span, by: own, in: source) : own)
        }
        return missing("R0206", "function", name, known, source, fallback: "help functions")
    }

    /// `$city` that no `param` made.
    package static func unknownParameter(_ name: Name, known: [String]) -> Diagnostic {
        let near = NearestWord.suggestion(for: name.value, among: known)
        return Diagnostic(
            "R0210", "there is no parameter $\(name.value)", span: name.span, note: near.map { "did you mean $\($0)?" },
            remedy: "param \(NameText.written(name.value)) = 10", mend: near.map { Mend(name.span, "$\($0)") })
    }

    /// `type = condo`: text compared with a name that is no column but a value of the other side.
    package static func nameWhereTextStands(_ name: Name, source: String) -> Diagnostic {
        let text = TextLiteral.written(name.value)
        return Diagnostic(
            "R0208", "\(name.value) is no column; text stands in double quotes", span: name.span, note: "did you mean \(text)?",
            remedy: replaced(name.span, by: text, in: source))
    }

    /// `"price" > 1`: text in the place of a column.
    package static func textWhereNameStands(_ text: Spanned<String>, source: String) -> Diagnostic {
        let name = NameText.written(text.value)
        return Diagnostic(
            "R0209", "\(TextLiteral.written(text.value)) is text, not a column", span: text.span, note: "names have no quotes: \(name)",
            remedy: replaced(text.span, by: name, in: source))
    }

    // MARK: Shapes

    private static func missing(
        _ code: String, _ what: String, _ name: Name, _ known: [String], _ source: String, fallback: String
    ) -> Diagnostic {
        unknown(code, "there is no \(what) \(name.value)", name, NearestWord.suggestion(for: name.value, among: known), nil, source)
            .withFallback(fallback)
    }

    private static func unknown(
        _ code: String, _ message: String, _ name: Name, _ near: String?, _ place: Span?, _ source: String
    ) -> Diagnostic {
        guard let near else { return Diagnostic(code, message, span: name.span, remedy: "") }
        let written = NameText.written(near)
        return Diagnostic(
            code, message, span: place ?? name.span, note: "did you mean \(written)?",
            remedy: replaced(place ?? name.span, by: written, in: source), mend: Mend(place ?? name.span, written))
    }

    private static func absentWord(_ name: Name, source: String) -> Diagnostic {
        Diagnostic(
            "R0233", "\(name.value) is written missing", span: name.span, note: "write missing; to ask for it: is missing",
            remedy: absentRemedy(name, source))
    }

    /// `x = NA` becomes `x is missing`.
    private static func absentRemedy(_ name: Name, _ source: String) -> String {
        let tokens = Lexer.lex(source).tokens
        if let place = tokens.firstIndex(where: { $0.span == name.span }), place > 0,
            let sign = tokens[place - 1].sign,
            let words = [.equal: "is missing", .doubleEqual: "is missing", .unequal: "is not missing"][sign] as String?
        {
            return replaced(tokens[place - 1].span.union(name.span), by: words, in: source)
        }
        return replaced(name.span, by: "missing", in: source)
    }

    private static func foreignOperator(_ name: Name, _ own: String, source: String) -> Diagnostic {
        Diagnostic(
            "R0233", "\(name.value) is written \(own)", span: name.span, note: "write \(own)",
            remedy: replaced(name.span, by: own, in: source))
    }

    /// `impute sqft, median` without the comma before the word.
    private static func withoutCommaBefore(_ span: Span, in source: String) -> (line: String, mend: Mend)? {
        let lexed = Lexer.lex(source)
        guard let place = lexed.tokens.firstIndex(where: { $0.span == span }), place > 0, lexed.tokens[place - 1].sign == .comma else {
            return nil
        }
        return (replaced(lexed.tokens[place - 1].span, by: "", in: source), Mend(lexed.tokens[place - 1].span, ""))
    }

    /// The cell on one line with a part replaced.
    package static func replaced(_ span: Span, by text: String, in source: String) -> String {
        let lexed = Lexer.lex(source)
        return CorrectedText.oneLine(lexed, [CorrectedText.Edit(span: span, text: text)])
    }
}

extension Diagnostic {
    /// The same with another remedy if it has none.
    fileprivate func withFallback(_ fallback: String) -> Diagnostic {
        remedy.isEmpty ? Diagnostic(code, message, span: span, note: note, remedy: fallback, isSyntax: isSyntax) : self
    }
}
