import RondoSignature

/// Reads an expression that stands alone: what a bundle or a message keeps as text.
package enum ExpressionParser {
    /// The tree of the whole text; `drops` and `rises` are allowed where `alerts` says so.
    package static func parse(_ text: String, alerts: Bool = false) throws(Diagnostics) -> Expression {
        let grammar = GrammarRegistry(verbs: [], families: [])
        let source = Lexer.lex(text)
        var parser = Parser(source, grammar)
        parser.allowsMoves = alerts
        var tree: Expression?
        do throws(LocatedFault) {
            tree = try parser.expression()
            if !parser.isAtEnd { throw parser.fault(.stray(parser.found, missing: [])) }
        } catch {
            parser.record(error)
        }
        let wording = DiagnosticWording(source: source, grammar: grammar)
        if let diagnostics = Diagnostics(parser.sortedFaults.map(wording.diagnostic)) { throw diagnostics }
        guard let tree else { throw Diagnostics(wording.diagnostic(LocatedFault(.unexpected(.operand, found: .end), Span(0, 0)))) }
        return tree
    }
}
