import RondoLanguage

/// Names of the parameters that a cell uses.
enum ParameterNames {
    /// Each once, sorted. Words after `$` outside of texts and comments.
    static func used(in cell: CellSyntax) -> [String] {
        var names: Set<String> = []
        var isQuoted = false
        var isComment = false
        var name: String?
        func close() {
            if let found = name, !found.isEmpty { names.insert(found) }
            name = nil
        }
        for character in cell.source {
            if character.isNewline { isComment = false }
            if isComment { continue }
            if let found = name, character.isLetter || character.isNumber || character == "_" {
                name = found + String(character)
                continue
            }
            close()
            switch character {
            case "\"": isQuoted.toggle()
            case "#" where !isQuoted: isComment = true
            case "$" where !isQuoted: name = ""
            default: break
            }
        }
        close()
        return names.sorted()
    }
}
