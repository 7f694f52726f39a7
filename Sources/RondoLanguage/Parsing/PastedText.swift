/// A paste made ready for reading (G6).
package enum PastedText {
    /// Un-indented as a whole; of a copied dialogue only what followed the prompts.
    package static func cleaned(_ text: String) -> String {
        let lines = SourceLines.split(text)
        let first = lines.first { !SourceLines.isBlank($0) }
        if let first, afterPrompt(first.drop { $0 == " " }) != nil {
            return lines.compactMap { afterPrompt($0.drop { $0 == " " }).map(String.init) }.joined(separator: "\n")
        }
        let indents = lines.filter { !SourceLines.isBlank($0) }.map { $0.utf8.prefix { $0 == 32 || $0 == 9 }.count }
        let shared = indents.min() ?? 0
        return lines.map { String($0.dropFirst(min(shared, $0.utf8.prefix { $0 == 32 || $0 == 9 }.count))) }.joined(separator: "\n")
    }

    /// What follows `rondo[4]> ` or `...> `; continuation lines keep an indent.
    private static func afterPrompt(_ line: Substring) -> Substring? {
        if line.hasPrefix("...>") {
            let rest = line.dropFirst(4)
            return rest.first == " " || rest.isEmpty ? "  " + rest.drop { $0 == " " } : nil
        }
        guard line.hasPrefix("rondo["), let end = line.firstIndex(of: "]") else { return nil }
        let number = line[line.index(line.startIndex, offsetBy: 6)..<end]
        let rest = line[line.index(after: end)...]
        guard !number.isEmpty, number.allSatisfy({ $0.isASCII && $0.isNumber }), rest.hasPrefix(">") else { return nil }
        let input = rest.dropFirst()
        return input.first == " " ? input.dropFirst() : input.isEmpty ? input : nil
    }
}
