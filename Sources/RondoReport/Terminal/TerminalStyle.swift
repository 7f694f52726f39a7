import RondoKernels

/// What a terminal can show: colour, and letters beyond ASCII.
package struct TerminalStyle: Sendable, Hashable {
    enum Paint: String { case bold = "1", dim = "2", red = "31", green = "32", yellow = "33", cyan = "36", boldRed = "1;31" }

    package var colour: Bool
    package var unicode: Bool

    package init(colour: Bool = false, unicode: Bool = true) {
        self.colour = colour
        self.unicode = unicode
    }

    func paint(_ text: String, _ paint: Paint) -> String {
        colour && !text.isEmpty ? "\u{1B}[\(paint.rawValue)m\(text)\u{1B}[0m" : text
    }

    var ellipsis: String { unicode ? "…" : "~" }
    var dot: String { unicode ? "·" : "|" }
    var rule: String { unicode ? "─" : "-" }

    /// Text as the terminal can take it: control characters visible, and `?` for what ASCII lacks.
    func safe(_ text: String, keepsLines: Bool = false) -> String {
        let visible = DisplayWidth.printable(text, keepsLines: keepsLines)
        if unicode || visible.utf8.allSatisfy({ $0 < 0x80 }) { return visible }
        return visible.map { character in
            if character.isASCII { return String(character) }
            return TerminalStyle.replacements[character] ?? String(repeating: "?", count: max(1, DisplayWidth.of(character)))
        }.joined()
    }

    private static let replacements: [Character: String] = [
        "·": "|", "…": "...", "–": "-", "—": "-", "−": "-", "×": "x", "≤": "<=", "≥": ">=", "≈": "~", "→": "->", "“": "\"", "”": "\"",
        "‘": "'",
        "’": "'", "µ": "u", "±": "+-", "≠": "!=", "€": "EUR", "£": "GBP", "é": "e",
    ]
}
