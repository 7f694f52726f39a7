/// How text stands in a terminal: its width in cells, cut, padded and wrapped by it, and made safe to print.
package enum DisplayWidth {
    /// The cells of a text; control characters count as the one-cell mark that `printable` puts in their place.
    package static func of(_ text: some StringProtocol) -> Int {
        if let ascii = text.utf8.withContiguousStorageIfAvailable({ $0.allSatisfy { $0 < 0x80 } ? $0.count : nil }), let ascii {
            return ascii
        }
        return text.reduce(0) { $0 + of($1) }
    }

    /// The cells of one character as readers see it (a base with its marks, an emoji sequence): 0, 1 or 2, more for joined letters.
    package static func of(_ character: Character) -> Int {
        if let value = character.asciiValue { return value == 0x0A && character.utf8.count == 2 ? 2 : 1 }
        let scalars = character.unicodeScalars
        if isEmoji(scalars) { return 2 }
        return scalars.reduce(0) { $0 + of($1) }
    }

    /// The text with control characters, which could move the cursor, hide text or turn the reading direction, replaced by visible
    /// marks; tabs become blanks.
    package static func printable(_ text: String, keepsLines: Bool = false) -> String {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar == "\n", keepsLines { result.append(scalar) } else { result.append(mark(for: scalar) ?? scalar) }
        }
        return String(result)
    }

    /// Padded with blanks on the right, or on the left for numbers; longer text is not cut.
    package static func padded(_ text: String, to width: Int, right: Bool = false) -> String {
        let blanks = String(repeating: " ", count: max(0, width - of(text)))
        return right ? blanks + text : text + blanks
    }

    /// Cut to a width, with an ellipsis where something is gone.
    package static func cut(_ text: String, to width: Int, ellipsis: String = "…") -> String {
        guard of(text) > width else { return text }
        let room = width - of(ellipsis)
        guard room > 0 else { return String(ellipsis.prefix(max(0, width))) }
        var result = ""
        var used = 0
        for character in text {
            let size = of(character)
            if used + size > room { break }
            result.append(character)
            used += size
        }
        return result + ellipsis
    }

    /// Broken at blanks into lines of at most a width; longer words are broken too.
    package static func wrapped(_ text: String, to width: Int) -> [String] {
        let room = max(8, width)
        var lines: [String] = []
        for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
            var line = ""
            var used = 0
            for word in paragraph.split(separator: " ", omittingEmptySubsequences: true) {
                for piece in pieces(word, room) {
                    let size = of(piece)
                    if used > 0, used + 1 + size > room {
                        lines.append(line)
                        line = ""
                        used = 0
                    }
                    if used > 0 { line += " "; used += 1 }
                    line += piece
                    used += size
                }
            }
            lines.append(line)
        }
        return lines
    }

    private static func pieces(_ word: Substring, _ room: Int) -> [String] {
        var rest = word
        var result: [String] = []
        while of(rest) > room {
            var head = ""
            var used = 0
            while let character = rest.first, used + of(character) <= room {
                head.append(character)
                used += of(character)
                rest = rest.dropFirst()
            }
            if head.isEmpty { break }
            result.append(head)
        }
        if !rest.isEmpty { result.append(String(rest)) }
        return result
    }

    /// What stands in the place of a scalar that must not reach a terminal.
    private static func mark(for scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0x09: " "
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

    private static func of(_ scalar: Unicode.Scalar) -> Int {
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
