import RondoKernels

/// Notes and help in Markdown as lines of a terminal: paragraphs flow to the width, whatever breaks their source had.
///
/// Headings, items of lists and quotes begin a line of their own, and what follows them is set in; lines set in by four blanks,
/// fenced code and rows of tables stay as they are.
package enum NoteText {
    package static func lines(_ markdown: String, width: Int) -> [String] {
        var result: [String] = []
        var words = ""
        var margin = 0
        var isFenced = false
        func flush() {
            if !words.isEmpty { result += wrapped(words, margin: margin, width: width) }
            words = ""
            margin = 0
        }
        for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
            let text = line.drop { $0 == " " }
            let isFence = text.hasPrefix("```") || text.hasPrefix("~~~")
            if isFence || isFenced || isKept(line, text, insideItem: margin > 0) {
                flush()
                if isFence { isFenced.toggle() }
                result += text.isEmpty || DisplayWidth.of(line) <= width ? [String(line)] : DisplayWidth.wrapped(String(line), to: width)
            } else if let mark = marker(of: text) {
                flush()
                words = String(text)
                margin = mark
            } else {
                words += words.isEmpty ? String(text) : " " + text
            }
        }
        flush()
        return result
    }

    /// Empty lines, headings, rows of tables, rules, and code set in by four blanks.
    private static func isKept(_ line: Substring, _ text: Substring, insideItem: Bool) -> Bool {
        if text.isEmpty || text.first == "#" || text.first == "|" { return true }
        if text.count >= 3, text.allSatisfy({ $0 == "-" || $0 == " " }) { return true }
        return !insideItem && line.hasPrefix("    ")
    }

    /// How far the text of an item stands from its margin: `- ` 2, `12. ` 4; nil for other lines.
    private static func marker(of text: Substring) -> Int? {
        if let first = text.first, "-*+>•".contains(first), text.dropFirst().first == " " { return 2 }
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let rest = text.dropFirst(digits.count)
        guard !digits.isEmpty, digits.count <= 3, rest.first == "." || rest.first == ")", rest.dropFirst().first == " " else { return nil }
        return digits.count + 2
    }

    private static func wrapped(_ words: String, margin: Int, width: Int) -> [String] {
        let lines = DisplayWidth.wrapped(words, to: width - margin)
        return lines.enumerated().map { $0.offset == 0 ? $0.element : String(repeating: " ", count: margin) + $0.element }
    }
}
