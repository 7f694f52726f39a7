import Foundation

extension Lexer {
    /// NAME, or REF when `@` touches it.
    mutating func name() {
        let start = position
        let name = readName()
        if peek() == "@" { return reference(name, from: start) }
        emit(.word(name), from: start)
    }

    /// A name with its dotted parts; the first scalar is known to be a letter.
    private mutating func readName() -> String {
        let start = position
        skip(while: Scalars.isNamePart)
        while peek() == ".", let next = peek(1), Scalars.isNamePart(next) {
            position += 1
            skip(while: Scalars.isNamePart)
        }
        return NameText.normalized(slice(start, position))
    }

    private mutating func reference(_ name: String, from start: Int) {
        position += 1
        let versionStart = position
        if let scalar = peek(), Scalars.isDigit(scalar) {
            skip(while: Scalars.isNamePart)
            let version = slice(versionStart, position)
            let isNumber = version.unicodeScalars.allSatisfy(Scalars.isDigit) && (version == "0" || !version.hasPrefix("0"))
            return emit(
                isNumber ? .reference(name: name, version: version) : .fault(.malformedReference(slice(start, position))), from: start)
        }
        if let scalar = peek(), Scalars.isLetter(scalar) {
            return emit(.reference(name: name, version: readName()), from: start)
        }
        emit(.fault(.malformedReference(slice(start, position))), from: start)
    }

    /// QNAME: anything but a backquote, on one line.
    mutating func quotedName() {
        let start = position
        position += 1
        skip { $0 != "`" && $0 != "\n" }
        guard peek() == "`" else { return emit(.fault(.unclosedName), from: start) }
        let name = NameText.normalized(slice(start + 1, position))
        position += 1
        if name.isEmpty { return emit(.fault(.emptyName), from: start) }
        if peek() == "@" { return reference(name, from: start) }
        emit(.quoted(name), from: start)
    }

    /// PARAM.
    mutating func parameter() {
        let start = position
        position += 1
        if let scalar = peek(), Scalars.isLetter(scalar) {
            return emit(.parameter(readName()), from: start)
        }
        skip { Scalars.isNamePart($0) || $0 == "." || $0 == "," }
        while position > start + 1, scalars[position - 1] == "." || scalars[position - 1] == "," { position -= 1 }
        emit(.fault(.malformedParameter(slice(start, position))), from: start)
    }
}

/// What a name may be written like.
package enum NameText {
    /// Words that are never a name without backquotes (G7).
    package static let reserved: Set<String> = ["and", "or", "not", "if", "then", "else", "true", "false", "missing"]

    /// The composed form (NFC): two ways to type é are one name.
    package static func normalized(_ text: String) -> String {
        text.unicodeScalars.contains { $0.value >= 0x300 } ? text.precomposedStringWithCanonicalMapping : text
    }

    /// Whether the text is a NAME of the grammar.
    package static func isPlain(_ text: String) -> Bool {
        var partIsEmpty = true
        var isFirst = true
        for scalar in text.unicodeScalars {
            if scalar == "." {
                if partIsEmpty { return false }
                partIsEmpty = true
                continue
            }
            guard isFirst ? Scalars.isLetter(scalar) : Scalars.isNamePart(scalar) else { return false }
            isFirst = false
            partIsEmpty = false
        }
        return !partIsEmpty
    }
}
