/// Which scalars are letters, digits and blanks of the language.
enum Scalars {
    static func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar.value &- 48 < 10 }

    static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        let value = scalar.value
        if value < 128 { return (value | 32) &- 97 < 26 }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return true
        default: return false
        }
    }

    /// Letters, digits, `_`, and the marks that some scripts put on letters.
    static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
        let value = scalar.value
        if value < 128 { return (value | 32) &- 97 < 26 || value &- 48 < 10 || value == 95 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .decimalNumber: return true
        default: return isLetter(scalar)
        }
    }

    /// What a broken number may run over.
    static func isNumberPart(_ scalar: Unicode.Scalar) -> Bool { isNamePart(scalar) }

    /// Blanks inside a line; blanks of typesetting count, a paste is full of them.
    static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20, 0x09, 0x0D, 0xA0, 0x202F, 0xFEFF, 0x2000...0x200B, 0x3000: true
        default: false
        }
    }
}
