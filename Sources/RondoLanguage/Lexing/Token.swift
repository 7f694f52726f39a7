/// A piece of a cell's text.
package struct Token: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// A name or keyword without backquotes.
        case word(String)
        /// A name in backquotes: never a keyword.
        case quoted(String)
        case literal(Literal)
        /// `precision@10`, `house_price@canary`.
        case reference(name: String, version: String)
        /// `$rows`.
        case parameter(String)
        case sign(Sign)
        /// Something that is no token; the words for it come later.
        case fault(SyntaxFault)
        case end
    }
    package var kind: Kind
    package var span: Span

    package init(_ kind: Kind, _ span: Span) {
        self.kind = kind
        self.span = span
    }

    /// The word, if this is a word without backquotes.
    package var word: String? { if case .word(let word) = kind { word } else { nil } }
    /// The sign, if this is one.
    package var sign: Sign? { if case .sign(let sign) = kind { sign } else { nil } }
    /// The name, in backquotes or not.
    package var name: String? {
        switch kind {
        case .word(let name), .quoted(let name): name
        default: nil
        }
    }
    /// Whether nothing follows.
    package var isEnd: Bool { kind == .end }
}

/// The signs of the language.
package enum Sign: String, Sendable, Hashable, CaseIterable {
    case open = "("
    case close = ")"
    case openList = "["
    case closeList = "]"
    case comma = ","
    case range = ".."
    case equal = "="
    case doubleEqual = "=="
    case unequal = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divided = "/"
    case power = "^"
    case question = "?"
}

/// A cell's text cut into tokens.
package struct LexedSource: Sendable {
    /// The text; spans count these.
    package let scalars: [Unicode.Scalar]
    /// At least one: the last is the end.
    package let tokens: [Token]
    package let comments: [Span]

    /// The text of a span, cut to what exists.
    package func text(_ span: Span) -> String {
        let start = min(max(span.start, 0), scalars.count)
        let end = min(max(span.end, start), scalars.count)
        return String(scalars[start..<end])
    }
}

extension String {
    init(_ scalars: some Sequence<Unicode.Scalar>) {
        self.init()
        unicodeScalars.append(contentsOf: scalars)
    }
}
