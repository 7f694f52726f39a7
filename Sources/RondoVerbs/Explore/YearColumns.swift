import RondoFrame
import RondoKernels

/// Which columns hold calendar years: their numbers are written without marks between thousands.
enum YearColumns {
    private static let words: Set<String> = ["year", "yr", "jahr", "annee", "anno"]

    /// Whether a name says year and the values could be some.
    static func isYear(_ name: String, least: Double?, greatest: Double?) -> Bool {
        guard let least, let greatest, least >= 1000, greatest < 3000 else { return false }
        return !nameWords(name).isDisjoint(with: words)
    }

    static func isYear(_ name: String, _ column: Column) -> Bool {
        guard column.type.isNumeric, !nameWords(name).isDisjoint(with: words) else { return false }
        let known = column.numbers().lazy.filter { !$0.isNaN }
        return isYear(name, least: known.min(), greatest: known.max())
    }

    /// `GarageYrBlt` and `year_built` cut into words.
    private static func nameWords(_ name: String) -> Set<String> {
        var words: Set<String> = []
        var word = ""
        for character in name {
            let starts = character.isUppercase && word.last?.isLowercase == true
            if starts || !character.isLetter {
                words.insert(word)
                word = ""
            }
            if character.isLetter { word.append(character) }
        }
        words.insert(word)
        return Set(words.map { $0.lowercased() })
    }
}
