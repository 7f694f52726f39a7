/// Finds the word that was probably meant.
package enum NearestWord {
    /// The nearest of the known words, if one is near enough: by letter case, then by edit distance with transpositions.
    package static func suggestion(for word: String, among known: [String]) -> String? {
        let typed = Array(word.lowercased().unicodeScalars)
        guard !typed.isEmpty, typed.count <= 200 else { return nil }
        let limit = typed.count <= 2 ? 1 : max(1, min(3, (typed.count + 1) / 3))
        let order = typed.sorted { $0.value < $1.value }
        var best: (word: String, distance: Int)?
        for candidate in known where candidate != word {
            let letters = Array(candidate.lowercased().unicodeScalars)
            guard abs(letters.count - typed.count) <= limit else { continue }
            let distance = distance(typed, letters)
            guard distance <= limit, distance < max(typed.count, letters.count) else { continue }
            // Of two that are equally near, letters in the wrong order are likelier than letters that are missing.
            let change = 2 * distance + (letters.sorted { $0.value < $1.value } == order ? 0 : 1)
            if change < best?.distance ?? Int.max { best = (candidate, change) }
        }
        return best?.word
            ?? known.first { candidate in
                typed.count >= 3 && candidate != word && candidate.lowercased().hasPrefix(String(typed))
            }
    }

    /// The longest known name that stands at the beginning of the text: for names with blanks that lack their backquotes.
    package static func longestName(atStartOf text: String, among known: [String]) -> String? {
        known.filter { name in
            guard text.hasPrefix(name), !name.isEmpty else { return false }
            guard let next = text.unicodeScalars.dropFirst(name.unicodeScalars.count).first else { return true }
            return !Scalars.isNamePart(next)
        }.max { ($0.unicodeScalars.count, $1) < ($1.unicodeScalars.count, $0) }
    }

    /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment, Damerau 1964).
    static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
        var before: [Int] = []
        var last = Array(0...right.count)
        for row in 1...left.count {
            var current = [row]
            current.reserveCapacity(right.count + 1)
            for column in 1...right.count {
                let isSame = left[row - 1] == right[column - 1]
                var cost = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (isSame ? 0 : 1))
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    cost = min(cost, before[column - 2] + 1)
                }
                current.append(cost)
            }
            before = last
            last = current
        }
        return last[right.count]
    }
}
