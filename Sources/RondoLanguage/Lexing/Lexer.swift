/// Cuts the text of a cell into tokens; what is no token becomes a fault token, never an end.
package struct Lexer {
    let scalars: [Unicode.Scalar]
    var position = 0
    var tokens: [Token] = []
    var comments: [Span] = []

    init(_ scalars: [Unicode.Scalar]) { self.scalars = scalars }

    /// All tokens of a text.
    package static func lex(_ text: String) -> LexedSource {
        var lexer = Lexer(Array(text.unicodeScalars))
        lexer.run()
        return LexedSource(scalars: lexer.scalars, tokens: lexer.tokens, comments: lexer.comments)
    }

    mutating func run() {
        while let scalar = peek() {
            if Scalars.isBlank(scalar) || scalar == "\n" {
                position += 1
            } else if scalar == "#" {
                skipComment()
            } else {
                next(scalar)
            }
        }
        tokens.append(Token(.end, Span(scalars.count, scalars.count)))
    }

    private mutating func next(_ scalar: Unicode.Scalar) {
        if Scalars.isDigit(scalar) {
            number()
        } else if Scalars.isLetter(scalar) {
            name()
        } else if scalar == "\"" {
            text()
        } else if scalar == "`" {
            quotedName()
        } else if scalar == "$" {
            parameter()
        } else {
            sign(scalar)
        }
    }

    private mutating func skipComment() {
        let start = position
        while let scalar = peek(), scalar != "\n" { position += 1 }
        comments.append(Span(start, position))
    }

    /// The scalar `offset` places ahead.
    func peek(_ offset: Int = 0) -> Unicode.Scalar? {
        let place = position + offset
        return place < scalars.count ? scalars[place] : nil
    }

    /// The text between two places.
    func slice(_ start: Int, _ end: Int) -> String { String(scalars[start..<end]) }

    mutating func emit(_ kind: Token.Kind, from start: Int) { tokens.append(Token(kind, Span(start, position))) }

    /// The longest of the known signs that stands here.
    private mutating func sign(_ scalar: Unicode.Scalar) {
        let start = position
        if singleQuoted(scalar) { return }
        if scalar == ".", let next = peek(1), Scalars.isDigit(next) {
            position += 1
            skip(while: Scalars.isNumberPart)
            let typed = slice(start, position)
            return emit(.fault(.malformedNumber(typed, better: "0" + typed)), from: start)
        }
        if scalar == "_" {
            skip(while: Scalars.isNamePart)
            return emit(.fault(.nameStart(slice(start, position))), from: start)
        }
        for length in [3, 2, 1] where start + length <= scalars.count {
            let typed = slice(start, start + length)
            if ForeignSigns.table[typed] != nil {
                position += length
                return emit(.fault(.foreignSign(typed)), from: start)
            }
            if let sign = Sign(rawValue: typed) {
                position += length
                return emit(.sign(sign), from: start)
            }
        }
        position += 1
        emit(.fault(.unknownSign(slice(start, position))), from: start)
    }

    /// `'text'` and `“text”` on one line: one fault for the whole of it.
    private mutating func singleQuoted(_ scalar: Unicode.Scalar) -> Bool {
        guard let closing = ForeignSigns.quotes[scalar] else { return false }
        let start = position
        var end = position + 1
        while end < scalars.count, scalars[end] != "\n", !closing.contains(scalars[end]) { end += 1 }
        let isClosed = end < scalars.count && scalars[end] != "\n"
        let content = slice(start + 1, end)
        position = isClosed ? end + 1 : start + 1
        emit(.fault(isClosed ? .foreignQuotes(content) : .unknownSign(String([scalar]))), from: start)
        return true
    }

    mutating func skip(while condition: (Unicode.Scalar) -> Bool) {
        while position < scalars.count, condition(scalars[position]) { position += 1 }
    }
}
