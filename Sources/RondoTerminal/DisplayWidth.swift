/// Columns that text takes in a terminal.
package enum DisplayWidth {
    /// The columns of a text; control characters count as the one-column mark that `printable` puts in their place.
    package static func columns(of text: some StringProtocol) -> Int {
        if let ascii = text.utf8.withContiguousStorageIfAvailable({ $0.allSatisfy { $0 < 0x80 } ? $0.count : nil }), let ascii {
            return ascii
        }
        return text.reduce(0) { $0 + columns(of: $1) }
    }

    /// The columns of one character as readers see it (a base with its marks, an emoji sequence): 0, 1 or 2, more for joined letters.
    package static func columns(of character: Character) -> Int {
        if let value = character.asciiValue { return value == 0x0A && character.utf8.count == 2 ? 2 : 1 }
        let scalars = character.unicodeScalars
        if isEmoji(scalars) { return 2 }
        return scalars.reduce(0) { $0 + columns(of: $1) }
    }

    /// The text with control characters, which could move the cursor or turn the reading direction, replaced by visible marks.
    package static func printable(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { mark(for: $0) != nil }) else { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { result.append(mark(for: scalar) ?? scalar) }
        return String(result)
    }

    /// The text cut to a number of columns, the last of them an ellipsis if something was cut.
    package static func truncated(_ text: String, to width: Int, ellipsis: Character = "…") -> String {
        guard columns(of: text) > width else { return text }
        let room = width - columns(of: ellipsis)
        guard room >= 0 else { return "" }
        var used = 0
        var result = ""
        for character in text {
            let needed = columns(of: character)
            if used + needed > room { break }
            used += needed
            result.append(character)
        }
        result.append(ellipsis)
        return result
    }

    /// The text with blanks on the right (or left, to align it right) up to a number of columns; longer text is not cut.
    package static func padded(_ text: String, to width: Int, alignedRight: Bool = false) -> String {
        let blanks = String(repeating: " ", count: max(0, width - columns(of: text)))
        return alignedRight ? blanks + text : text + blanks
    }

    private static func mark(for scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0x09, 0x0A: " "
        case 0x00..<0x20: Unicode.Scalar(0x2400 + scalar.value)
        case 0x7F: "\u{2421}"
        case 0x80..<0xA0, 0x2028, 0x2029, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: "\u{FFFD}"
        default: nil
        }
    }

    private static func isEmoji(_ scalars: Character.UnicodeScalarView) -> Bool {
        guard let first = scalars.first else { return false }
        if first.properties.isEmojiPresentation { return true }
        return first.properties.isEmoji && scalars.dropFirst().contains("\u{FE0F}")
    }

    private static func columns(of scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x300 { return scalar.value == 0xAD ? 0 : 1 }
        if mark(for: scalar) != nil { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .spacingMark, .format: return 0
        default: break
        }
        if (0x1160...0x11FF).contains(scalar.value) || (0xD7B0...0xD7FF).contains(scalar.value) { return 0 }
        return isWide(scalar.value) ? 2 : 1
    }

    /// Blocks of East Asian width W and F (Unicode Standard Annex 11), apart from emoji, which their own property tells.
    private static let wideRanges: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x2FFB, 0x3000...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0xA4C6, 0xA960...0xA97C,
        0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6B, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18CFF,
        0x1AFF0...0x1B2FB, 0x1F200...0x1F265, 0x20000...0x2FFFD, 0x30000...0x3FFFD,
    ]

    private static func isWide(_ value: UInt32) -> Bool {
        var low = 0
        var high = wideRanges.count
        while low < high {
            let middle = (low + high) / 2
            if wideRanges[middle].upperBound < value { low = middle + 1 } else { high = middle }
        }
        return low < wideRanges.count && wideRanges[low].contains(value)
    }
}
