extension Lexer {
    private static let escapes: [Unicode.Scalar: Unicode.Scalar] = ["\"": "\"", "\\": "\\", "n": "\n", "t": "\t"]

    /// TEXT with its escapes; a line break and the blanks around it are one blank.
    mutating func text() {
        let start = position
        position += 1
        var content = String.UnicodeScalarView()
        var fault: Token?
        while let scalar = peek() {
            position += 1
            switch scalar {
            case "\"":
                if let fault { return tokens.append(fault) }
                return emit(.literal(.text(String(content))), from: start)
            case "\\":
                guard let escaped = peek() else { break }
                if let meaning = Self.escapes[escaped] {
                    content.append(meaning)
                } else if fault == nil {
                    fault = Token(.fault(.unknownEscape(String([escaped]))), Span(position - 1, position + 1))
                }
                if escaped != "\n" { position += 1 }
            case "\n":
                while let last = content.last, Scalars.isBlank(last) { content.removeLast() }
                skip(while: Scalars.isBlank)
                content.append(" ")
            default:
                content.append(scalar)
            }
        }
        tokens.append(fault ?? Token(.fault(.unclosedText), Span(start, position)))
        if fault != nil { tokens.append(Token(.fault(.unclosedText), Span(start, position))) }
    }
}
