import RondoKernels

/// An error with its code, the line it stands in, a caret under the words, and what to type instead.
struct TerminalError {
    let lines: [String]

    init(_ error: ErrorReport, cell: CellReport, renderer: TerminalRenderer) {
        let style = renderer.style
        let title = renderer.showsLines && cell.line > 0 ? "error \(error.code) in line \(cell.line)" : "error \(error.code)"
        var result: [String] = []
        for (index, line) in DisplayWidth.wrapped("\(title): \(style.safe(error.message))", to: renderer.width - 2).enumerated() {
            let painted =
                index == 0 && line.hasPrefix(title + ":") ? style.paint(title + ":", .boldRed) + line.dropFirst(title.count + 1) : line
            result.append((index == 0 ? "" : "  ") + painted)
        }
        result += TerminalError.place(error, cell.source, renderer)
        if !error.remedy.isEmpty {
            for (index, line) in DisplayWidth.wrapped("try: " + style.safe(error.remedy), to: renderer.width - 7).enumerated() {
                result.append((index == 0 ? "  " : "       ") + line)
            }
        }
        lines = result
    }

    /// The source line that holds the start, and the caret line with its note.
    private static func place(_ error: ErrorReport, _ source: String, _ renderer: TerminalRenderer) -> [String] {
        let style = renderer.style
        let scalars = Array(source.unicodeScalars)
        guard !scalars.isEmpty else { return error.note.map { ["  " + style.safe($0)] } ?? [] }
        let start = max(0, min(error.start, scalars.count))
        let end = max(start, min(error.end, scalars.count))
        let first = (scalars[..<start].lastIndex(of: "\n") ?? -1) + 1
        let last = scalars[start...].firstIndex(of: "\n") ?? scalars.count
        func words(_ range: Range<Int>) -> String {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars[range])
            return style.safe(String(view))
        }
        var before = words(first..<start)
        let marked = words(start..<min(end, last))
        var after = words(min(end, last)..<last)
        let carets = max(1, DisplayWidth.of(marked))
        let room = renderer.width - 2
        if DisplayWidth.of(before) + carets > room - 8, DisplayWidth.of(before) > room / 2 {
            before = style.ellipsis + tail(of: before, width: room / 3)
        }
        after = DisplayWidth.cut(after, to: max(0, room - DisplayWidth.of(before) - carets), ellipsis: style.ellipsis)
        let shown = DisplayWidth.cut(marked, to: max(4, room - DisplayWidth.of(before)), ellipsis: style.ellipsis)
        let marks = String(repeating: "^", count: max(1, min(carets, DisplayWidth.of(shown))))
        let margin = "  " + String(repeating: " ", count: DisplayWidth.of(before))
        var result = ["  " + before + style.paint(shown, .red) + after]
        let note = error.note.map { style.safe($0) } ?? ""
        if note.isEmpty || DisplayWidth.of(margin) + marks.count + 1 + DisplayWidth.of(note) <= renderer.width {
            result.append(margin + style.paint(marks + (note.isEmpty ? "" : " " + note), .red))
        } else {
            result.append(margin + style.paint(marks, .red))
            for line in DisplayWidth.wrapped(note, to: room) { result.append("  " + style.paint(line, .red)) }
        }
        return result
    }

    private static func tail(of text: String, width: Int) -> String {
        var result: [Character] = []
        var used = 0
        for character in text.reversed() {
            used += DisplayWidth.of(character)
            if used > width { break }
            result.append(character)
        }
        return String(result.reversed())
    }
}
