import RondoKernels

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
        let marked = scalars[start..<min(max(span.end, start + 1), max(lineEnd, start))]
        return (String(line), width(scalars[lineStart..<start]), max(1, width(marked)))
    }

    private func width(_ scalars: ArraySlice<Unicode.Scalar>) -> Int {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return DisplayWidth.of(String(text))
    }
}
