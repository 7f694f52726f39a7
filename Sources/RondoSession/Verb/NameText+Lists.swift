package import RondoLanguage

extension NameText {
    /// Names as a list of the language, backquoted where needed.
    package static func list(_ names: [String]) -> String { names.map(written).joined(separator: ", ") }
}
