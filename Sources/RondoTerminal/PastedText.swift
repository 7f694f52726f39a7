/// Turns what was pasted into input: un-indented as a whole, prompts of a transcript and its answers taken away.
package enum PastedText {
    /// The cleaned text. Line breaks become `\n`, control characters go, and lines without text at either end too.
    ///
    /// If the text begins with a prompt, only what follows `rondo[n]> ` and `...> ` is input.
    package static func cleaned(_ pasted: String) -> String {
        let lines = unindented(plainLines(pasted))
        guard let first = lines.first, promptText(first) != nil else { return lines.joined(separator: "\n") }
        var input: [String] = []
        for line in lines {
            if let text = promptText(line) {
                input.append(text)
            } else if let text = continuationText(line), !input.isEmpty {
                input.append(text.first.map { $0 == " " || $0 == "\t" } ?? true ? text : "    " + text)
            }
        }
        return trimmed(input).joined(separator: "\n")
    }

    /// The text without control characters, for a paste into the middle of a line.
    package static func withoutControls(_ text: String) -> String {
        plainLines(text).joined(separator: "\n")
    }

    private static func plainLines(_ text: String) -> [String] {
        var lines: [String] = []
        var line = String.UnicodeScalarView()
        var previous: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            defer { previous = scalar }
            switch scalar {
            case "\n" where previous == "\r": continue
            case "\n", "\r", "\u{2028}", "\u{2029}":
                lines.append(String(line))
                line = String.UnicodeScalarView()
            case "\t": line.append(scalar)
            case "\u{A0}": line.append(" ")
            case "\u{FEFF}": continue
            default:
                if scalar.properties.generalCategory != .control { line.append(scalar) }
            }
        }
        lines.append(String(line))
        return lines
    }

    private static func unindented(_ lines: [String]) -> [String] {
        let kept = trimmed(lines)
        let common = kept.filter { !isBlank($0) }.map { line in Array(line.prefix { $0 == " " || $0 == "\t" }) }
            .reduce(nil as [Character]?) { shared, indent in
                guard let shared else { return indent }
                return zip(shared, indent).prefix { $0 == $1 }.map(\.0)
            }
        guard let common, !common.isEmpty else { return kept }
        return kept.map { isBlank($0) ? "" : String($0.dropFirst(common.count)) }
    }

    private static func trimmed(_ lines: [String]) -> [String] {
        guard let first = lines.firstIndex(where: { !isBlank($0) }), let last = lines.lastIndex(where: { !isBlank($0) }) else { return [] }
        return Array(lines[first...last])
    }

    static func isBlank(_ line: some StringProtocol) -> Bool {
        line.unicodeScalars.allSatisfy { $0 == " " || $0 == "\t" || $0 == "\r" }
    }

    private static func promptText(_ line: String) -> String? {
        guard line.hasPrefix("rondo[") else { return nil }
        let afterNumber = line.dropFirst(6).drop { $0.isASCII && $0.isNumber }
        guard afterNumber.count < line.count - 6, afterNumber.hasPrefix("]>") else { return nil }
        return text(afterMark: afterNumber.dropFirst(2))
    }

    private static func continuationText(_ line: String) -> String? {
        let mark = line.drop { $0 == " " || $0 == "\t" }
        guard mark.hasPrefix("...>") else { return nil }
        return text(afterMark: mark.dropFirst(4))
    }

    private static func text(afterMark rest: Substring) -> String? {
        if rest.isEmpty { return "" }
        return rest.first == " " ? String(rest.dropFirst()) : nil
    }
}
