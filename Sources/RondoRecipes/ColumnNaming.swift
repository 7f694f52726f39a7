/// Names for columns that a step makes up.
enum ColumnNaming {
    /// A value as part of a plain name: letters and digits stay, everything else becomes a single `_`.
    static func word(_ value: String) -> String {
        var result = ""
        for character in value {
            if character.isLetter || character.isNumber {
                result.append(character)
            } else if !result.isEmpty, !result.hasSuffix("_") {
                result.append("_")
            }
        }
        while result.hasSuffix("_") { result.removeLast() }
        return result.isEmpty ? "other" : result
    }

    /// The name itself, or with the first free number behind it; the result counts as taken from then on.
    static func unique(_ name: String, taken: inout Set<String>) -> String {
        var candidate = name
        var number = 2
        while taken.contains(candidate) {
            candidate = "\(name)_\(number)"
            number += 1
        }
        taken.insert(candidate)
        return candidate
    }
}
