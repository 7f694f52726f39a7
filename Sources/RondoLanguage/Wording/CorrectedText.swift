/// The text of a cell on one line, comments left out, with changes made.
enum CorrectedText {
    /// A change of the text.
    struct Edit {
        let span: Span
        let text: String
    }

    static func oneLine(_ source: LexedSource, _ edits: [Edit]) -> String {
        var result = String.UnicodeScalarView()
        var place = 0
        var comments = source.comments[...]
        var changes = edits.sorted { $0.span.start < $1.span.start }[...]
        while place <= source.scalars.count {
            if let change = changes.first, change.span.start <= place {
                result.append(contentsOf: change.text.unicodeScalars)
                place = max(place, change.span.end)
                changes.removeFirst()
            } else if let comment = comments.first, comment.start <= place {
                place = max(place, comment.end)
                comments.removeFirst()
            } else if place < source.scalars.count {
                result.append(source.scalars[place] == "\n" ? " " : source.scalars[place])
                place += 1
            } else {
                break
            }
        }
        return singleBlanks(result)
    }

    /// One blank where several stand outside quotes.
    private static func singleBlanks(_ text: String.UnicodeScalarView) -> String {
        var result = String.UnicodeScalarView()
        var isQuoted = false
        var isEscaped = false
        for scalar in text {
            if isQuoted {
                if scalar == "\"", !isEscaped { isQuoted = false }
                isEscaped = scalar == "\\" && !isEscaped
            } else if Scalars.isBlank(scalar) {
                if let last = result.last, last != " " { result.append(" ") }
                continue
            } else if scalar == "\"" {
                isQuoted = true
                isEscaped = false
            }
            result.append(scalar)
        }
        while result.last == " " { result.removeLast() }
        return String(result)
    }
}
