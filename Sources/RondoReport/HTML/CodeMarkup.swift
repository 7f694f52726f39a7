/// Source of a cell as HTML: the verb, texts and comments stand out.
enum CodeMarkup {
    static func render(_ source: String, into builder: inout HTMLBuilder) {
        var rest = Array(source)[...]
        var isVerb = true
        var plain = ""
        func flush(_ builder: inout HTMLBuilder) {
            if !plain.isEmpty { builder.text(plain) }
            plain = ""
        }
        while let character = rest.first {
            if character == "\"" {
                flush(&builder)
                let end = closing(rest)
                builder.element("span", [.class("s")], text: String(rest[rest.startIndex..<end]))
                rest = rest[end...]
                isVerb = false
            } else if character == "#" {
                flush(&builder)
                let end = rest.firstIndex { $0.isNewline } ?? rest.endIndex
                builder.element("span", [.class("k")], text: String(rest[rest.startIndex..<end]))
                rest = rest[end...]
            } else if isVerb, character.isLetter {
                flush(&builder)
                let end = rest.firstIndex { !($0.isLetter || $0.isNumber || $0 == "_") } ?? rest.endIndex
                builder.element("b", text: String(rest[rest.startIndex..<end]))
                rest = rest[end...]
                isVerb = false
            } else {
                plain.append(character)
                rest.removeFirst()
            }
        }
        flush(&builder)
    }

    /// Just after the quote that ends a text, or the end.
    private static func closing(_ text: ArraySlice<Character>) -> Int {
        var index = text.startIndex + 1
        while index < text.endIndex {
            if text[index] == "\\" { index += 2; continue }
            if text[index] == "\"" { return index + 1 }
            index += 1
        }
        return text.endIndex
    }
}
