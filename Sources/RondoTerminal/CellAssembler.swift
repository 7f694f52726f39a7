/// Puts lines together to cells: only indentation continues a cell; a blank line, a note or a comment in column 0 ends it.
package struct CellAssembler: Sendable {
    private enum Kind { case cell, comment, note }

    private var lines: [String] = []
    private var kind = Kind.cell

    package init() {}

    /// Takes one more line (without its line break) and returns the cell, comment or note that it shows to be complete.
    ///
    /// Consecutive comments come as one, as do consecutive lines of a note.
    package mutating func take(_ line: String) -> String? {
        if PastedText.isBlank(line) { return finish() }
        let lineKind = Self.kind(of: line)
        let continues = line.first == " " || line.first == "\t" ? kind == .cell : kind != .cell && lineKind == kind
        if continues, !lines.isEmpty {
            lines.append(line)
            return nil
        }
        let complete = finish()
        lines = [line]
        kind = lineKind
        return complete
    }

    /// Ends the input and returns what was left.
    package mutating func finish() -> String? {
        guard !lines.isEmpty else { return nil }
        defer { lines = [] }
        return lines.joined(separator: "\n")
    }

    /// The cells, comments and notes of a whole text.
    package static func cells(of text: String) -> [String] {
        var assembler = CellAssembler()
        var cells: [String] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if let cell = assembler.take(String(line)) { cells.append(cell) }
        }
        if let cell = assembler.finish() { cells.append(cell) }
        return cells
    }

    private static func kind(of line: String) -> Kind {
        if line.hasPrefix("##") && (line.count == 2 || line.hasPrefix("## ")) { return .note }
        return line.hasPrefix("#") ? .comment : .cell
    }
}
