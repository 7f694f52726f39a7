import RondoSignature

/// Words for words: verbs, families, choices, names and text that stand in each other's place.
extension DiagnosticWording {
    func wordPhrase(_ fault: LocatedFault) -> Phrase? {
        let span = fault.span
        switch fault.fault {
        case .noVerb(let found):
            return noVerb(found)
        case .unknownVerb(let word):
            return unknownVerb(word, span)
        case .unknownFamily(let word):
            let near =
                NearestWord.suggestion(for: word, among: grammar.families.map(\.name)) ?? ForeignWords.families[word.lowercased()]
                ?? grammar.families.first { $0.searchWords.contains(word.lowercased()) }?.name
            return Phrase(
                "R0104", "there is no model family \(word)", note: near.map { "did you mean \($0)?" } ?? "help families lists them",
                edit: .init(span: span, text: near ?? grammar.families.first?.name ?? word))
        case .unknownChoice(let word, let words):
            return unknownChoice(word, words, span)
        case .reservedName(let word):
            return Phrase(
                "R0119", "\(word) is a word of the language", note: "as a name it stands in backquotes",
                edit: .init(span: span, text: "`\(word)`"))
        case .incompleteKeyword(let word, let needs):
            return Phrase(
                "R0102", "\(word) is half of a clause: \(word) \(needs)", note: "write \(word) \(needs)",
                edit: .init(span: Span(span.end, span.end), text: " \(needs)"))
        case .textForName(let text):
            let name = NameText.isPlain(text) && !NameText.reserved.contains(text) ? text : "`\(text)`"
            return Phrase(
                "R0107", "a name stands here, not text", note: "names have no quotes: \(name)", edit: .init(span: span, text: name))
        case .nameForText(let name):
            let text = TextLiteral.written(name)
            return Phrase(
                "R0108", "a value stands here, not a name", note: "text stands in double quotes: \(text)",
                edit: .init(span: span, text: text))
        default: return nil
        }
    }

    private func noVerb(_ found: Found) -> Phrase {
        let near = ["filter", "describe", "load"].first { grammar.verb($0) != nil } ?? "help"
        switch found {
        case .end: return Phrase("R0101", "the cell is empty", advice: "help")
        default:
            return Phrase("R0101", "a cell begins with a verb, not with \(found.typed)", note: "like \(near)", advice: "help")
        }
    }

    private func unknownVerb(_ word: String, _ span: Span) -> Phrase {
        if let line = foreignShape(word, span) { return line }
        if let foreign = ForeignWords.verbs[word.lowercased()], grammar.verb(foreign.verb) != nil {
            return Phrase(
                "R0126", "\(word) is called \(foreign.verb) here", note: "write \(foreign.verb)",
                edit: .init(span: span, text: foreign.verb),
                advice: foreign.line)
        }
        if source.tokens[1].sign == .equal {
            return Phrase(
                "R0101", "a column is made with derive, a setting with param", note: "begin with derive",
                edit: .init(span: Span(span.start, span.start), text: "derive "), advice: "help derive")
        }
        // A verb of another language whose Rondo verb is not there has no likeness worth a guess.
        let isForeign = ForeignWords.verbs[word.lowercased()] != nil
        let method = word.split(separator: ".").last.map(String.init) ?? word
        let near =
            grammar.verb(method) != nil
            ? method : isForeign ? nil : NearestWord.suggestion(for: word, among: grammar.verbs.map(\.name)) ?? bySearchWord(word)
        return Phrase(
            "R0101", "there is no verb \(word)", note: near.map { "did you mean \($0)?" }, edit: near.map { .init(span: span, text: $0) },
            advice: near.map { "help \($0)" } ?? "help")
    }

    /// `groupby zip`, `dropna sqft`: the Rondo cell has another shape.
    private func foreignShape(_ word: String, _ span: Span) -> Phrase? {
        let name = word.lowercased().replacing("_", with: "")
        let end = source.tokens.dropLast().last?.span.end ?? span.end
        switch name {
        case "groupby":
            guard grammar.verb("aggregate") != nil else { return nil }
            return Phrase(
                "R0126", "groups are made by aggregate", note: "write aggregate … by", edit: .init(span: span, text: "aggregate count() by")
            )
        case "dropna":
            let columns = source.tokens.dropFirst().compactMap(\.name).map(NameText.written)
            guard !columns.isEmpty else { return nil }
            return Phrase(
                "R0126", "rows with gaps are left out by filter", note: "write filter … is not missing",
                edit: .init(
                    span: Span(span.start, end), text: "filter " + columns.map { $0 + " is not missing" }.joined(separator: " and ")))
        default: return nil
        }
    }

    private func bySearchWord(_ word: String) -> String? { grammar.verbs.first { $0.searchWords.contains(word.lowercased()) }?.name }

    private func unknownChoice(_ word: String, _ words: [String], _ span: Span) -> Phrase {
        if let line = foreignUse() { return line }
        let near = NearestWord.suggestion(for: word, among: words)
        let list = words.joined(separator: ", ")
        return Phrase(
            "R0103", "\(word) is none of the choices here", note: near.map { "did you mean \($0)?" } ?? "one of \(list)",
            edit: .init(span: span, text: near ?? words.first ?? word))
    }

    /// `select price, sqft`: a verb of ours that means something else elsewhere.
    func foreignUse() -> Phrase? {
        guard let first = source.tokens.first, let word = first.word, let foreign = ForeignWords.verbs[word],
            grammar.verb(foreign.verb) != nil, grammar.verb(word) != nil
        else { return nil }
        let edit = Phrase.Edit(span: first.span, text: foreign.verb)
        guard CellParser.faults(corrected([edit]), grammar: grammar).isEmpty else { return nil }
        return Phrase("R0126", "to choose columns by name, write \(foreign.verb)", note: "\(foreign.verb), not \(word)", edit: edit)
    }
}
