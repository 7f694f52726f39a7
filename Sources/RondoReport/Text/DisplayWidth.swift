/// How many cells of a terminal a text takes.
///
/// Wide are the East Asian wide and full-width blocks and emoji (Unicode Standard Annex 11), combining marks take none; a grapheme
/// is as wide as its widest scalar.
package enum DisplayWidth {
    package static func of(_ text: String) -> Int {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
        return text.reduce(0) { $0 + of($1) }
    }

    package static func of(_ character: Character) -> Int {
        var width = 0
        for scalar in character.unicodeScalars {
            if scalar.value == 0xFE0F { return 2 }
            width = max(width, of(scalar))
        }
        return width
    }

    private static func of(_ scalar: Unicode.Scalar) -> Int {
        let value = scalar.value
        if value < 0x300 { return value < 0x20 || (0x7F..<0xA0).contains(value) ? 0 : 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        return wide.contains { $0.contains(value) } ? 2 : 1
    }

    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x25FD...0x25FE, 0x2614...0x2615, 0x2648...0x2653,
        0x26AA...0x26AB,
        0x26BD...0x26BE, 0x26C4...0x26C5, 0x2705...0x2705, 0x270A...0x270B, 0x2728...0x2728, 0x274C...0x274C, 0x2753...0x2755,
        0x2795...0x2797,
        0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
        0xF900...0xFAFF,
        0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F004...0x1F004, 0x1F18E...0x1F19A, 0x1F200...0x1F320, 0x1F32D...0x1F5FF,
        0x1F600...0x1F64F, 0x1F680...0x1F6FC, 0x1F7E0...0x1F7EB, 0x1F900...0x1F9FF, 0x1FA70...0x1FAFF, 0x20000...0x3FFFD,
    ]

    /// Padded with blanks on the right, or on the left for numbers.
    package static func padded(_ text: String, to width: Int, right: Bool = false) -> String {
        let blanks = String(repeating: " ", count: max(0, width - of(text)))
        return right ? blanks + text : text + blanks
    }

    /// Cut to a width, with an ellipsis where something is gone.
    package static func cut(_ text: String, to width: Int, ellipsis: String) -> String {
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
        while of(String(rest)) > room {
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

    /// Control characters and other scalars that could move the cursor or hide text, made visible; tabs become blanks.
    package static func safe(_ text: String, keepsLines: Bool = false) -> String {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x09: result.append(" ")
            case 0x0A where keepsLines: result.append(scalar)
            case 0..<0x20: result.append(Unicode.Scalar(0x2400 + scalar.value) ?? "?")
            case 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069, 0x2028...0x2029: result.append("\u{FFFD}")
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
