import RondoSignature

/// Words for brackets, chains and the lines of a file.
extension DiagnosticWording {
    func structurePhrase(_ fault: LocatedFault) -> Phrase? {
        let span = fault.span
        switch fault.fault {
        case .unclosedBracket(let sign):
            let closing = sign == .open ? ")" : "]"
            let end = source.tokens.last?.span.end ?? span.end
            return Phrase(
                "R0111", "\(sign.rawValue) is never closed", note: "opened here", edit: .init(span: Span(end, end), text: closing))
        case .unopenedBracket(let sign):
            return Phrase("R0111", "\(sign.rawValue) closes nothing", note: "leave it out", edit: .init(span: span, text: " "))
        case .chainedComparison(let first, let second):
            return chain(first, second, span)
        case .tooDeep:
            return Phrase(
                "R0118", "brackets and signs are nested more than \(Parser.deepest) deep", note: "too deep from here",
                advice: "make parts of it columns with derive first")
        case .tooLong:
            return Phrase(
                "R0118", "the cell has more than \(Parser.longest) operators", note: "too long from here",
                advice: "put the values in a list, zip in [\"10001\", \"10003\"], or make parts of it columns with derive first")
        default: return linePhrase(fault)
        }
    }

    /// `0 < x < 9` is `x between 0 and 9`.
    private func chain(_ first: String, _ second: String, _ span: Span) -> Phrase {
        var phrase = Phrase(
            "R0117", "comparisons do not chain", note: "join them with and, or write between", advice: "x between 0 and 9")
        guard let place = source.tokens.firstIndex(where: { $0.span == span }), place >= 3, place + 1 < source.tokens.count,
            source.tokens[place - 2].sign?.rawValue == first
        else { return phrase }
        let low = source.text(source.tokens[place - 3].span)
        let middle = source.text(source.tokens[place - 1].span)
        let high = source.text(source.tokens[place + 1].span)
        let whole = Span(source.tokens[place - 3].span.start, source.tokens[place + 1].span.end)
        let isRising = first.hasPrefix("<") && second.hasPrefix("<")
        let isFalling = first.hasPrefix(">") && second.hasPrefix(">")
        if isRising || isFalling, first.count + second.count < 4 {
            phrase.note = "between takes both ends; without them: \(low) \(first) \(middle) and \(middle) \(second) \(high)"
        }
        if isRising {
            phrase.edits = [.init(span: whole, text: "\(middle) between \(low) and \(high)")]
        } else if isFalling {
            phrase.edits = [.init(span: whole, text: "\(middle) between \(high) and \(low)")]
        } else {
            phrase.edits = [.init(span: span, text: "and \(middle) \(second)")]
        }
        return phrase
    }

    private func linePhrase(_ fault: LocatedFault) -> Phrase? {
        switch fault.fault {
        case .newerVersion(let version):
            Phrase(
                "R0190", "the file is written for version \(version) of the language; this program reads version \(ScriptParser.version)",
                note: "newer than this program",
                advice: "get a newer Rondo, or write rondo \(ScriptParser.version) if the file needs nothing newer")
        case .malformedVersion:
            Phrase("R0191", "the first line names the version of the language by its number", advice: "rondo \(ScriptParser.version)")
        case .strayVersion:
            Phrase("R0191", "the version stands on the first line of a file only", advice: "leave the line out")
        case .indentedStart:
            Phrase(
                "R0131", "an indented line belongs to the cell above, and there is none",
                note: "a blank line, a note or a comment ends a cell",
                advice: source.text(Span(0, source.scalars.count)).trimmingBlanks)
        case .strayRecord:
            Phrase("R0132", "a record stands directly under its cell", advice: "leave the line out, or write a comment: # …")
        case .hereWithoutRows:
            Phrase(
                "R0133", "load here needs rows", note: "each on an indented line below",
                advice: "load here as prices\n  zip,price\n  10003,120000")
        case .movesOutsideAlert(let word):
            Phrase("R0127", "\(word) stands in alert only", advice: "alert quiet when volume drops 50%")
        default: nil
        }
    }
}
