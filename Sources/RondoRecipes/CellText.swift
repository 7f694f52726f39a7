import RondoLanguage

/// Parts of cells as they would be typed.
enum CellText {
    /// `sqft, lot, Gr Liv Area` with backquotes where they are needed.
    static func names(_ names: [String]) -> String { names.map(NameText.written).joined(separator: ", ") }
}
