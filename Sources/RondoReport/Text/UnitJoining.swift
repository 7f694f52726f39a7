import RondoKernels

/// Keeps a number and its unit on one line: `10.6 %` with a blank that does not break.
enum UnitJoining {
    private static let blank: Unicode.Scalar = "\u{A0}"
    private static let units: Set<String> = [
        "%", "ns", "us", "ms", "s", "min", "h", "d", "B", "kB", "MB", "GB", "TB", "PB", "points", "days", "months", "years", "rows",
    ]

    /// The text with a no-break blank between each number and its unit.
    static func joined(_ text: String) -> String {
        guard text.utf8.contains(0x20), text.utf8.contains(where: { $0 >= 0x30 && $0 <= 0x39 }) else { return text }
        var result = String.UnicodeScalarView()
        let scalars = Array(text.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            let isBetween = scalar == " " && index > 0 && isDigit(scalars[index - 1]) && isUnit(scalars, from: index + 1)
            result.append(isBetween ? blank : scalar)
        }
        return String(result)
    }

    /// Lines of at most a width, as `DisplayWidth.wrapped`, but never a break between a number and its unit.
    static func wrapped(_ text: String, to width: Int) -> [String] {
        DisplayWidth.wrapped(joined(text), to: width).map(separated)
    }

    /// The text with ordinary blanks again.
    static func separated(_ text: String) -> String {
        guard text.unicodeScalars.contains(blank) else { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { result.append(scalar == blank ? " " : scalar) }
        return String(result)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    /// Whether a unit stands here as a word of its own; marks may follow it.
    private static func isUnit(_ scalars: [Unicode.Scalar], from start: Int) -> Bool {
        var word = String.UnicodeScalarView()
        for scalar in scalars[start...].prefix(7) {
            guard scalar == "%" || scalar.properties.isAlphabetic else { break }
            word.append(scalar)
        }
        return units.contains(String(word))
    }
}
