import RondoKernels

/// The pattern after `matches`, compiled once; every search has a limit of work, so that none runs away.
struct SearchPattern: Sendable {
    /// The pattern as written (PCRE2 syntax).
    let text: String
    private let expression: RegularExpression

    /// Compiles the pattern.
    /// - Throws: `RegularExpressionError` for a pattern that cannot be read, `Fault` R0342 when PCRE2 is not installed.
    init(_ text: String) throws {
        self.text = text
        do {
            expression = try RegularExpression(text)
        } catch let missing as SystemLibraryMissing {
            throw Fault("R0342", "matches cannot search: \(missing)", remedy: "install it, or use contains, starts with, ends with")
        }
    }

    /// Whether the pattern is found anywhere in the text.
    /// - Throws: `Fault` R0341 when the search reached its limit.
    func matches(_ word: String) throws -> Bool {
        do {
            return try expression.matches(word)
        } catch is RegularExpressionError {
            let shown = word.count > 40 ? word.prefix(40) + "…" : word[...]
            throw Fault(
                "R0341", "matches \"\(text)\" was stopped: it takes too long on \"\(shown)\"",
                remedy: "avoid repetitions inside repetitions such as (a+)+, or use contains, starts with, ends with", subject: text)
        }
    }
}
