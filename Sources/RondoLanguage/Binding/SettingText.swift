import RondoSignature

/// Reads the raw text of `--set name=value` as a value of the default's type.
package enum SettingText {
    /// The value; text stands without quotes, everything else as in a cell.
    ///
    /// Errors: `R0572` when the text is no value of that type.
    package static func read(_ raw: String, name: String, like standard: Argument) throws(Diagnostics) -> Argument {
        let span = Span(0, raw.unicodeScalars.count)
        if isText(standard) { return .literal(Spanned(.text(raw), span)) }
        if let value = parsed(raw), let fitted = fitted(value, standard) { return fitted }
        throw Diagnostics(
            Diagnostic(
                "R0572", "\(raw) is not of the type of \(name), whose default is \(ArgumentText.written(standard))", span: nil,
                remedy: "--set \(name)=\(ArgumentText.written(standard))"))
    }

    private static func isText(_ argument: Argument) -> Bool {
        switch argument {
        case .text: true
        case .literal(let literal): if case .text = literal.value { true } else { false }
        default: false
        }
    }

    /// The text as the value of a `param` cell.
    private static func parsed(_ raw: String) -> Argument? {
        let source = Lexer.lex(raw)
        var parser = Parser(source, GrammarRegistry(verbs: [], families: []))
        do throws(LocatedFault) {
            let value = try parser.argument(Slot("value", .either([.value, .list, .interval])))
            guard parser.isAtEnd else { return nil }
            if case .parameter = value { return nil }
            return value
        } catch {
            return nil
        }
    }

    private static func fitted(_ value: Argument, _ standard: Argument) -> Argument? {
        switch (standard, value) {
        case (.literal(let wanted), .literal(let found)): isSame(wanted.value, found.value) ? value : nil
        case (.list, .list), (.interval, .interval): value
        default: nil
        }
    }

    /// Whether the value is of the default's type; a whole number is a number, anything replaces missing.
    private static func isSame(_ wanted: Literal, _ found: Literal) -> Bool {
        switch (wanted, found) {
        case (.integer, .integer), (.number, .number), (.number, .integer), (.percent, .percent), (.duration, .duration), (.date, .date),
            (.truth, .truth), (.missing, _):
            true
        default: false
        }
    }
}
