import RondoKernels

/// Lays out completions for the lines below the input.
enum CompletionDisplay {
    private static let gap = 3
    private static let glossGap = 2

    /// Lines of at most `width - 1` columns, down the columns first; at most `rows` lines, the last of which then counts what is left out.
    ///
    /// With glosses, names and glosses of each column are aligned.
    static func lines(_ candidates: [CompletionList.Candidate], width: Int, rows: Int) -> [String] {
        guard !candidates.isEmpty else { return [] }
        let room = max(1, width - 1)
        let nameWidth = candidates.map { DisplayWidth.of(label($0)) }.max() ?? 0
        let glossWidth = candidates.map { DisplayWidth.of($0.gloss) }.max() ?? 0
        let cellWidth = nameWidth + (glossWidth > 0 ? glossGap + glossWidth : 0)
        let columnCount = max(1, (room + gap) / (cellWidth + gap))
        let rowLimit = max(2, rows)
        var rowCount = (candidates.count + columnCount - 1) / columnCount
        var shown = candidates
        if rowCount > rowLimit {
            rowCount = rowLimit - 1
            shown = Array(candidates.prefix(rowCount * columnCount))
        }
        var lines: [String] = []
        for row in 0..<rowCount {
            let cells = stride(from: row, to: shown.count, by: rowCount).map { index in
                cell(shown[index], nameWidth: nameWidth, width: cellWidth)
            }
            let line = cells.joined(separator: String(repeating: " ", count: gap))
            lines.append(DisplayWidth.cut(withoutTrailingBlanks(line), to: room))
        }
        let hidden = candidates.count - shown.count
        if hidden > 0 { lines.append("… and \(hidden) more") }
        return lines
    }

    private static func label(_ candidate: CompletionList.Candidate) -> String {
        withoutTrailingBlanks(DisplayWidth.printable(candidate.text))
    }

    private static func cell(_ candidate: CompletionList.Candidate, nameWidth: Int, width: Int) -> String {
        let name = DisplayWidth.padded(label(candidate), to: nameWidth)
        let gloss = candidate.gloss.isEmpty ? "" : String(repeating: " ", count: glossGap) + DisplayWidth.printable(candidate.gloss)
        return DisplayWidth.padded(name + gloss, to: width)
    }

    private static func withoutTrailingBlanks(_ text: String) -> String {
        String(text.reversed().drop { $0 == " " }.reversed())
    }
}
