/// The parts of a number as typed.
private struct NumberParts {
    var digits = ""
    var fraction: String?
    var exponent: String?
    var suffix = 0

    var isWhole: Bool { fraction == nil && exponent == nil }

    /// The whole number; nil beyond 64 bits. The magnitude of the least number comes as that number.
    func integer(isNegated: Bool) -> Int64? {
        var value: UInt64 = 0
        for byte in digits.utf8 {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(UInt64(byte &- 48))
            if overflow || carry { return nil }
            value = sum
        }
        for _ in 0..<suffix {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            if overflow { return nil }
            value = product
        }
        if isNegated && value == 1 << 63 { return Int64.min }
        return Int64(exactly: value)
    }

    /// The nearest real number; nil when there is none.
    var number: Double? {
        var text = digits
        if let fraction { text += "." + fraction }
        let shift = suffix + (exponent.flatMap { Int($0) } ?? 0)
        if let exponent, Int(exponent) == nil { text += "e" + exponent } else if shift != 0 { text += "e\(shift)" }
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }
}

extension Lexer {
    private static let suffixes: [Unicode.Scalar: Int] = ["k": 3, "M": 6, "B": 9]

    /// NUM, PCT, DUR or DATE.
    mutating func number() {
        let start = position
        var parts = NumberParts()
        guard let digits = readDigits() else { return malformed(from: start) }
        if peek() == "-", let next = peek(1), Scalars.isDigit(next) { return date(from: start) }
        parts.digits = digits
        if peek() == ".", peek(1) != "." {
            position += 1
            guard let fraction = readDigits(), !fraction.isEmpty else { return malformed(from: start) }
            parts.fraction = fraction
        }
        guard readExponent(into: &parts) else { return malformed(from: start) }
        if let scalar = peek(), let power = Self.suffixes[scalar], !(peek(1).map(Scalars.isNamePart) ?? false) {
            parts.suffix = power
            position += 1
        }
        if digits.utf8.count > 1, digits.hasPrefix("0") { return malformed(from: start) }
        if peek() == ".", let next = peek(1), next != ".", Scalars.isDigit(next) { return malformed(from: start) }
        finish(parts, from: start)
    }

    /// Digits with `_` between them; nil when `_` stands elsewhere.
    private mutating func readDigits() -> String? {
        var digits = ""
        var isAfterDigit = false
        while let scalar = peek() {
            if Scalars.isDigit(scalar) {
                digits.unicodeScalars.append(scalar)
                isAfterDigit = true
            } else if scalar == "_", isAfterDigit {
                isAfterDigit = false
            } else {
                break
            }
            position += 1
        }
        return isAfterDigit || digits.isEmpty ? digits : nil
    }

    private mutating func readExponent(into parts: inout NumberParts) -> Bool {
        guard let scalar = peek(), scalar == "e" || scalar == "E" else { return true }
        var offset = 1
        if let sign = peek(1), sign == "+" || sign == "-" { offset = 2 }
        guard let digit = peek(offset), Scalars.isDigit(digit) else { return true }
        let start = position + 1
        position += offset
        skip(while: Scalars.isDigit)
        parts.exponent = slice(start, position)
        return true
    }

    private mutating func finish(_ parts: NumberParts, from start: Int) {
        if peek() == "%" {
            position += 1
            guard let value = parts.number else { return emit(.fault(.numberTooLarge(slice(start, position))), from: start) }
            return emit(.literal(.percent(value)), from: start)
        }
        if let (unit, end) = unitAhead() {
            position = end
            guard let value = parts.number else { return emit(.fault(.numberTooLarge(slice(start, position))), from: start) }
            return emit(.literal(.duration(DurationLiteral(value, unit))), from: start)
        }
        if let scalar = peek(), Scalars.isNamePart(scalar) { return malformed(from: start) }
        if parts.isWhole {
            let isNegated = start > 0 && scalars[start - 1] == "-"
            guard let value = parts.integer(isNegated: isNegated) else {
                return emit(.fault(.integerTooLarge(slice(start, position))), from: start)
            }
            return emit(.literal(.integer(value)), from: start)
        }
        guard let value = parts.number else { return emit(.fault(.numberTooLarge(slice(start, position))), from: start) }
        emit(.literal(.number(value)), from: start)
    }

    /// A unit right here or after blanks on the same line, and where it ends.
    private func unitAhead() -> (DurationUnit, Int)? {
        var place = position
        while place < scalars.count, scalars[place] == " " || scalars[place] == "\t" { place += 1 }
        let start = place
        while place < scalars.count, Scalars.isNamePart(scalars[place]), place - start < 9 { place += 1 }
        guard place > start, place - start < 9, let unit = DurationUnit.words[slice(start, place)] else { return nil }
        if place + 1 < scalars.count, scalars[place] == ".", Scalars.isNamePart(scalars[place + 1]) { return nil }
        return (unit, place)
    }

    /// A number that is none: all that touches it is one fault.
    private mutating func malformed(from start: Int) {
        while let scalar = peek(), Scalars.isNamePart(scalar) || (scalar == "." && peek(1) != ".") { position += 1 }
        let typed = slice(start, position)
        emit(.fault(.malformedNumber(typed, better: MalformedNumber.better(typed))), from: start)
    }
}

/// What a broken number was probably meant to be.
enum MalformedNumber {
    static func better(_ typed: String) -> String? {
        var text = typed
        if text.hasSuffix(".") { text.removeLast() }
        while text.hasPrefix("0"), let second = text.dropFirst().first, second.isASCII, second.isNumber { text.removeFirst() }
        text = text.replacing("_", with: "")
        if text.hasSuffix("K") { text = text.dropLast() + "k" }
        for (ending, suffix) in [
            ("mm", "M"), ("mn", "M"), ("mio", "M"), ("bn", "B"), ("min", " minutes"), ("h", " hours"), ("d", " days"), ("m", " minutes"),
        ]
        where text.lowercased().hasSuffix(ending) {
            text = text.dropLast(ending.count) + suffix
            break
        }
        guard text != typed else { return nil }
        let tokens = Lexer.lex(text).tokens
        guard tokens.count == 2, case .literal = tokens[0].kind else { return nil }
        return text
    }
}
