/// Text as a literal: quotes and escapes put on.
package enum TextLiteral {
    package static func written(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        result.append("\"")
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result.append(contentsOf: "\\\"".unicodeScalars)
            case "\\": result.append(contentsOf: "\\\\".unicodeScalars)
            case "\n": result.append(contentsOf: "\\n".unicodeScalars)
            case "\t": result.append(contentsOf: "\\t".unicodeScalars)
            default: result.append(scalar)
            }
        }
        result.append("\"")
        return String(result)
    }
}

/// Literals as the grammar reads them.
package enum LiteralText {
    package static func written(_ literal: Literal) -> String {
        switch literal {
        case .integer(let value): String(value)
        case .number(let value): real(value)
        case .percent(let value): trimmed(value) + "%"
        case .duration(let value): trimmed(value.amount) + " " + unit(value)
        case .date(let value): DateText.written(value)
        case .text(let value): TextLiteral.written(value)
        case .truth(let value): value ? "true" : "false"
        case .missing: "missing"
        case .parameter(let name): "$" + name
        }
    }

    /// The shortest digits that read back the same, with a point or an exponent.
    private static func real(_ value: Double) -> String { value.description }

    /// The same without the point of a whole number.
    private static func trimmed(_ value: Double) -> String {
        let text = value.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    private static func unit(_ duration: DurationLiteral) -> String {
        let word = duration.unit.rawValue
        return abs(duration.amount) == 1 && duration.unit != .milliseconds ? String(word.dropLast()) : word
    }
}
