extension Diagnostic {
    /// Plain text as people see it: code and message, the line with a caret and the note below it, the remedy.
    package func rendered(source: String) -> String {
        var lines = ["error \(code): \(message)"]
        if let span, let place = place(of: span, in: source) {
            lines.append("  " + place.line)
            let carets = String(repeating: " ", count: place.column) + String(repeating: "^", count: place.width)
            lines.append("  " + carets + (note.map { " " + $0 } ?? ""))
        } else if let note {
            lines.append("  " + note)
        }
        let remedyLines = remedy.split(separator: "\n", omittingEmptySubsequences: false)
        for (place, line) in remedyLines.enumerated() { lines.append((place == 0 ? "  try: " : "       ") + line) }
        return lines.joined(separator: "\n")
    }

    /// The line of the source that holds the beginning of the span, with tabs as blanks, and where the carets stand.
    private func place(of span: Span, in source: String) -> (line: String, column: Int, width: Int)? {
        let scalars = Array(source.unicodeScalars)
        let start = min(max(span.start, 0), scalars.count)
        var lineStart = start
        while lineStart > 0, scalars[lineStart - 1] != "\n" { lineStart -= 1 }
        var lineEnd = start
        while lineEnd < scalars.count, scalars[lineEnd] != "\n" { lineEnd += 1 }
        guard lineEnd > lineStart else { return nil }
        var line = String.UnicodeScalarView()
        for scalar in scalars[lineStart..<lineEnd] { line.append(scalar.value < 32 || scalar.value == 127 ? " " : scalar) }
        let width = DisplayWidth.of(scalars[start..<min(max(span.end, start + 1), max(lineEnd, start))])
        return (String(line), DisplayWidth.of(scalars[lineStart..<start]), max(1, width))
    }
}

/// How many places of a terminal scalars take.
enum DisplayWidth {
    static func of(_ scalars: ArraySlice<Unicode.Scalar>) -> Int { scalars.reduce(0) { $0 + width($1) } }

    private static func width(_ scalar: Unicode.Scalar) -> Int {
        let value = scalar.value
        if value < 0x300 { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}
