package import RondoSignature

/// What the parser could have used at some place.
package enum Wanted: Sendable, Hashable {
    /// A value of a slot, of the verb itself or of a clause.
    case slot(Kind, name: String, clause: String?)
    /// An operand of an expression.
    case operand
    /// A value inside a list.
    case listValue
    case words([String])
    case sign(Sign)
    /// A name, of what is said in words.
    case name(String)
    /// A clause of the verb, none of those given yet being left out.
    case clauses([String])
}

/// What stood there instead.
package enum Found: Sendable, Hashable {
    case end
    case word(String)
    case quoted(String)
    case text(String)
    /// A literal other than text, as typed.
    case literal(String)
    case sign(String)
    case other(String)

    /// The text as typed; empty at the end.
    package var typed: String {
        switch self {
        case .end: ""
        case .word(let text), .literal(let text), .sign(let text), .other(let text): text
        case .quoted(let name): "`" + name + "`"
        case .text(let text): TextLiteral.written(text)
        }
    }
}

/// The facts of a syntax fault; the words for them are in `DiagnosticWording`.
package enum SyntaxFault: Sendable, Hashable {
    // Signs and literals.
    case unclosedText
    case unclosedName
    case emptyName
    case unknownEscape(String)
    case integerTooLarge(String)
    case numberTooLarge(String)
    case malformedNumber(String, better: String?)
    case malformedDate(String)
    case foreignSign(String)
    case foreignQuotes(String)
    case unknownSign(String)
    case nameStart(String)
    case malformedParameter(String)
    case malformedReference(String)
    // Words.
    case noVerb(Found)
    case unknownVerb(String)
    case unknownFamily(String)
    case unknownChoice(String, among: [String])
    case reservedName(String)
    case incompleteKeyword(String, needs: String)
    // Values.
    case unexpected(Wanted, found: Found)
    case textForName(String)
    case nameForText(String)
    case integerBelowZero(String)
    case controlCharacter(String)
    case emptyList
    case shareCount(Int)
    case parameterNotHere(String)
    // What follows.
    case stray(Found, missing: [Wanted])
    case strayComma(before: Found)
    case missingComma(before: String)
    case operandAfterClause(Found, operand: String)
    case separatorAfterKeyword(String, sign: String)
    case duplicateClause(String)
    case missingClause(String)
    /// A value that only a required clause takes, without the clause word.
    case missingKeyword(String)
    case missingOperand(Wanted, instead: String)
    // Brackets and expressions.
    case unclosedBracket(Sign)
    case unopenedBracket(Sign)
    case chainedComparison(first: String, second: String)
    case movesOutsideAlert(String)
    case tooDeep
    case tooLong
    // Lines.
    case newerVersion(String)
    case malformedVersion(String)
    case indentedStart
    case strayRecord
    case strayVersion
    case hereWithoutRows
}

/// A fault and its place.
package struct LocatedFault: Error, Sendable, Hashable {
    package var fault: SyntaxFault
    package var span: Span

    package init(_ fault: SyntaxFault, _ span: Span) {
        self.fault = fault
        self.span = span
    }
}
