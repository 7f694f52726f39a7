import RondoExpressions

/// What `clean` does to one value; the ways are carried out in the order they are given, exchanges last.
package struct TextCleaning: Sendable, Hashable {
    /// A way to write every value alike.
    package enum Way: String, Sendable, Hashable, CaseIterable {
        /// No blanks before and behind, single ones between words.
        case trim
        case lower, upper
        /// Every word with a capital.
        case title
        /// The canonical form of addresses and labels.
        case standard
        /// Digits with the sign of the country in front, and an extension.
        case phone
    }
    /// `"St." with "Street"`.
    package struct Exchange: Sendable, Hashable {
        package let old: String
        package let new: String

        package init(_ old: String, with new: String) {
            self.old = old
            self.new = new
        }
    }
    package let ways: [Way]
    package let exchanges: [Exchange]

    package init(_ ways: [Way], exchanges: [Exchange] = []) {
        self.ways = ways
        self.exchanges = exchanges
    }

    /// The value as it is written then; nil when nothing is left of it.
    package func cleaned(_ text: String) -> String? {
        var result = text
        for way in ways {
            result =
                switch way {
                case .trim: TextCleaning.trimmed(result)
                case .lower: result.lowercased()
                case .upper: result.uppercased()
                case .title: TextCleaning.titled(result)
                case .standard: StandardForms.standard(result)
                case .phone: PhoneNumber.written(result) ?? result
                }
        }
        if !exchanges.isEmpty { result = exchanged(result) }
        return result.isEmpty && !text.isEmpty ? nil : result
    }

    // MARK: Blanks and case

    static func trimmed(_ text: String) -> String {
        text.unicodeScalars.split { $0.properties.isWhitespace || $0.value == 0xFEFF || $0.value == 0x200B }.map(String.init).joined(
            separator: " ")
    }

    /// A letter behind anything but a letter, a digit or an apostrophe begins a word.
    static func titled(_ text: String) -> String {
        var result = ""
        var isInside = false
        for character in text {
            result += isInside ? character.lowercased() : character.uppercased()
            isInside = character.isLetter || character.isNumber || (isInside && (character == "'" || character == "’"))
        }
        return result
    }

    // MARK: Exchanges

    /// A whole value first; else every old text that is no part of a larger word, from left to right. A value that is a new text
    /// already stays.
    private func exchanged(_ text: String) -> String {
        if let whole = exchanges.first(where: { $0.old == text }) { return whole.new }
        if exchanges.contains(where: { $0.new == text }) { return text }
        let characters = Array(text)
        var result = ""
        var place = 0
        while place < characters.count {
            if let (exchange, length) = exchange(at: place, in: characters) {
                result += exchange.new
                place += length
            } else {
                result.append(characters[place])
                place += 1
            }
        }
        return result
    }

    private func exchange(at place: Int, in text: [Character]) -> (Exchange, Int)? {
        for exchange in exchanges {
            let old = Array(exchange.old)
            guard let first = old.first, let last = old.last, place + old.count <= text.count, text[place] == first,
                text[place..<place + old.count].elementsEqual(old)
            else { continue }
            let before = place > 0 ? text[place - 1] : " "
            let after = place + old.count < text.count ? text[place + old.count] : " "
            if TextCleaning.joins(before, first) || TextCleaning.joins(last, after) { continue }
            return (exchange, old.count)
        }
        return nil
    }

    private static func joins(_ left: Character, _ right: Character) -> Bool {
        (left.isLetter || left.isNumber) && (right.isLetter || right.isNumber)
    }
}

/// Telephone numbers in one form: digits, the sign of the country in front, `x` and the extension behind.
package enum PhoneNumber {
    /// `+12125550187`, `2125550187x12`; nil for what is no number (letters in it, fewer than 5 or more than 15 digits).
    package static func written(_ text: String) -> String? {
        var digits = ""
        var isInternational = false
        var extensionDigits: String?
        var rest = Substring(text.lowercased())
        for prefix in ["tel:", "tel.", "tel", "phone:", "phone", "ph:"] where rest.hasPrefix(prefix) {
            rest = rest.dropFirst(prefix.count)
            break
        }
        while let character = rest.first {
            if let word = ["extension", "ext.", "ext", "x"].first(where: { rest.hasPrefix($0) }), extensionDigits == nil, !digits.isEmpty {
                extensionDigits = ""
                rest = rest.dropFirst(word.count)
                continue
            }
            rest = rest.dropFirst()
            if let digit = character.wholeNumberValue, character.isNumber, digit < 10 {
                if extensionDigits == nil { digits += String(digit) } else { extensionDigits?.append(String(digit)) }
            } else if character == "+", digits.isEmpty, !isInternational {
                isInternational = true
            } else if !" -./()\u{A0}\u{2011}\u{2013}:,".contains(character) {
                return nil
            }
        }
        if !isInternational, digits.hasPrefix("00"), digits.count > 9 {
            isInternational = true
            digits.removeFirst(2)
        }
        guard (5...15).contains(digits.count), extensionDigits.map({ (1...7).contains($0.count) }) ?? true else { return nil }
        return (isInternational ? "+" : "") + digits + (extensionDigits.map { "x" + $0 } ?? "")
    }
}
