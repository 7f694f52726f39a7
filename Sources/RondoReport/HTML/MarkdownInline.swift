/// Emphasis, code and links inside a paragraph of Markdown.
enum MarkdownInline {
    /// Nesting of emphasis beyond this stays plain text, and so does a paragraph longer than this many characters.
    private static let deepest = 8
    private static let longest = 20_000

    static func render(_ text: String, into builder: inout HTMLBuilder) {
        let characters = Array(text)
        guard characters.count <= longest else { return builder.text(text) }
        render(characters[...], depth: 0, into: &builder)
    }

    /// The words without their marks.
    static func plain(_ text: String) -> String { text.filter { !"*`_".contains($0) } }

    private static func render(_ characters: ArraySlice<Character>, depth: Int, into builder: inout HTMLBuilder) {
        var rest = characters
        var words = ""
        func flush(_ builder: inout HTMLBuilder) {
            if !words.isEmpty { builder.text(words) }
            words = ""
        }
        while let character = rest.first {
            if character == "\\", let next = rest.dropFirst().first, next.isPunctuation || next.isSymbol {
                words.append(next)
                rest = rest.dropFirst(2)
            } else if character == "`", let code = span(rest, open: "`", close: "`") {
                flush(&builder)
                builder.element("code", text: String(code))
                rest = rest[(code.endIndex + 1)...]
            } else if character == "*" || character == "_", depth < deepest, let (tag, inner, end) = emphasis(rest, after: words.last) {
                flush(&builder)
                builder.element(tag) { render(inner, depth: depth + 1, into: &$0) }
                rest = rest[end...]
            } else if character == "[", let (label, address, end) = link(rest) {
                flush(&builder)
                builder.text(String(label))
                if !address.isEmpty, address != label { builder.element("span", [.class("address")], text: " (\(String(address)))") }
                rest = rest[end...]
            } else {
                words.append(character)
                rest.removeFirst()
            }
        }
        flush(&builder)
    }

    /// What stands between two marks, the first mark being the first character.
    private static func span(_ text: ArraySlice<Character>, open: Character, close: Character) -> ArraySlice<Character>? {
        let start = text.startIndex + 1
        guard start < text.endIndex, let end = text[start...].firstIndex(of: close), end > start else { return nil }
        return text[start..<end]
    }

    private static func emphasis(_ text: ArraySlice<Character>, after previous: Character?) -> (String, ArraySlice<Character>, Int)? {
        guard let mark = text.first else { return nil }
        if mark == "_", let previous, previous.isLetter || previous.isNumber { return nil }
        let isStrong = text.dropFirst().first == mark
        let width = isStrong ? 2 : 1
        let start = text.startIndex + width
        guard start < text.endIndex, !text[start].isWhitespace else { return nil }
        var index = start + 1
        while index < text.endIndex {
            let closes =
                text[index] == mark && (!isStrong || (index + 1 < text.endIndex && text[index + 1] == mark))
                && !text[index - 1].isWhitespace
            if closes {
                let end = index + width
                let isInsideWord = mark == "_" && end < text.endIndex && (text[end].isLetter || text[end].isNumber)
                if !isInsideWord { return (isStrong ? "strong" : "em", text[start..<index], end) }
            }
            index += 1
        }
        return nil
    }

    private static func link(_ text: ArraySlice<Character>) -> (ArraySlice<Character>, ArraySlice<Character>, Int)? {
        guard let label = span(text, open: "[", close: "]") else { return nil }
        let open = label.endIndex + 1
        guard open < text.endIndex, text[open] == "(", let close = text[open...].firstIndex(of: ")") else { return nil }
        return (label, text[(open + 1)..<close], close + 1)
    }
}
