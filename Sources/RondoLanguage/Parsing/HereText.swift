/// The raw rows of `load here`, cut off before anything looks at them.
enum HereText {
    /// The first line and the raw rows below it; all of the text and nil when the cell is another.
    static func cut(_ text: String) -> (head: String, rows: [String]?) {
        guard isHere(text) else { return (text, nil) }
        let lines = SourceLines.split(text)
        var rows = Array(lines.dropFirst())
        while let last = rows.last, SourceLines.isBlank(last) { rows.removeLast() }
        return (String(lines[0]), withoutIndent(rows))
    }

    static func isHere(_ text: some StringProtocol) -> Bool {
        var bytes = text.utf8.makeIterator()
        for expected in "load".utf8 where bytes.next() != expected { return false }
        var next = bytes.next()
        guard next == 32 || next == 9 else { return false }
        while next == 32 || next == 9 { next = bytes.next() }
        for expected in "here".utf8 {
            if next != expected { return false }
            next = bytes.next()
        }
        return next == nil || next == 32 || next == 9 || next == 10 || next == 13 || next == 35
    }

    /// The rows without the indentation that all of them share.
    private static func withoutIndent(_ rows: [Substring]) -> [String] {
        let indents = rows.map { row in row.prefix { $0 == " " || $0 == "\t" } }
        guard var shared = indents.first else { return [] }
        for indent in indents.dropFirst() {
            shared =
                shared[
                    ..<zip(shared.indices, indent.indices).reduce(shared.startIndex) { end, pair in
                        end == pair.0 && shared[pair.0] == indent[pair.1] ? shared.index(after: pair.0) : end
                    }]
        }
        return rows.map { String($0.dropFirst(shared.count)) }
    }
}
