import RondoLanguage
import RondoSignature

/// Finds verbs by what people call what they do.
enum HelpSearch {
    /// At most eight verbs, the best first; ties in the order of the registry.
    static func verbs(for text: String, in grammar: GrammarRegistry) -> [Signature] {
        let wanted = words(of: text)
        guard !wanted.isEmpty else { return [] }
        var spread: [String: Int] = [:]
        for verb in grammar.verbs { for word in Set(verb.searchWords.flatMap(words)) { spread[word, default: 0] += 1 } }
        let scored = grammar.verbs.enumerated().map {
            ($0.offset, $0.element, score($0.element, wanted: wanted, phrase: text.lowercased(), spread: spread))
        }
        let best = scored.filter { $0.2 > 0 }.sorted { ($1.2, $0.0) < ($0.2, $1.0) }
        guard let top = best.first?.2 else { return [] }
        // What scores far below the best only shares a common word with the question.
        return best.filter { $0.2 * 3 >= top }.prefix(8).map(\.1)
    }

    /// The name counts most, then search words, the more the fewer verbs share them, then the summary; likeness counts little.
    private static func score(_ verb: Signature, wanted: [String], phrase: String, spread: [String: Int]) -> Int {
        let phrases = verb.searchWords.map { $0.lowercased() }
        var score = phrases.contains { $0 == phrase } ? 40 : 0
        let named = Set(phrases.flatMap(words))
        let summary = Set(words(of: verb.summary))
        let details = Set(words(of: verb.details))
        for word in wanted {
            if word == stem(verb.name) {
                score += 20
            } else if named.contains(word) {
                score += 10 + 10 / max(1, spread[word] ?? 1)
            } else if summary.contains(word) {
                score += 6
            } else if details.contains(word) {
                score += 2
            } else if word.count > 3, NearestWord.suggestion(for: word, among: named.sorted() + [verb.name]) != nil {
                score += 3
            }
        }
        return score
    }

    /// Words that carry meaning, in small letters, without plural endings.
    private static func words(of text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map { stem(String($0)) }.filter {
            !filling.contains($0) && $0.count > 1
        }
    }

    private static func stem(_ word: String) -> String {
        let small = word.lowercased()
        if small.count > 4, small.hasSuffix("es"), !small.hasSuffix("ses") { return String(small.dropLast(small.hasSuffix("ies") ? 3 : 1)) }
        return small.count > 3 && small.hasSuffix("s") && !small.hasSuffix("ss") ? String(small.dropLast()) : small
    }

    private static let filling: Set<String> = [
        "the", "a", "an", "of", "to", "in", "on", "by", "for", "and", "or", "how", "do", "i", "my", "with", "from", "what", "is", "are",
        "it", "that", "can",
    ]
}
