import RondoKernels

/// A source of cells: a person at a terminal, a pipe, or a test.
package protocol LineEditor: AnyObject {
    /// Waits for the next cell, comment or note. Blocks its thread: never call it on Swift's cooperative pool.
    func readCell(prompt: EditorPrompt) -> EditorEvent

    /// Forgets the cells of one paste that were not handed on yet, for instance after a failure; returns how many there were.
    @discardableResult
    func dropPendingCells() -> Int
}

extension LineEditor {
    @discardableResult
    package func dropPendingCells() -> Int { 0 }
}

/// What a line editor hands on.
package enum EditorEvent: Equatable, Sendable {
    /// One cell, comment or note; it may have several lines and never ends in a line break.
    case cell(String)
    /// Ctrl-C: what was typed is abandoned.
    case interrupted
    /// Ctrl-D on an empty line, or the end of the input.
    case endOfInput
}

/// What stands left and right of the line being edited.
package struct EditorPrompt: Equatable, Sendable {
    /// The text before the input, usually `rondo[4]> `.
    package var left: String
    /// The text at the right edge; it makes way when the input needs the room.
    package var right: String
    /// Parameters of the escape sequence that colours the left text (`1;32`); empty for no colour.
    package var leftStyle: String
    /// Parameters of the escape sequence that colours the right text; empty for no colour.
    package var rightStyle: String

    package init(left: String, right: String = "", leftStyle: String = "", rightStyle: String = "") {
        self.left = left
        self.right = right
        self.leftStyle = leftStyle
        self.rightStyle = rightStyle
    }

    /// The left text for libedit: invisible parts between two U+0001, a visible blank at the end.
    var markedLeft: String { Self.marked(left, style: leftStyle) }

    /// The right text for libedit; empty stays empty.
    var markedRight: String { right.isEmpty ? "" : Self.marked(right, style: rightStyle) }

    /// A cell as it stands in a transcript: after the prompt, further lines after `...> `.
    func transcript(of cell: String) -> String {
        let width = DisplayWidth.of(left)
        let lines = cell.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { index, line in
            let mark = index == 0 ? left : DisplayWidth.padded("...> ", to: width, right: true)
            let coloured = leftStyle.isEmpty ? mark : "\u{1B}[\(leftStyle)m\(mark)\u{1B}[0m"
            return coloured + DisplayWidth.printable(String(line)) + "\n"
        }
        return lines.joined()
    }

    private static func marked(_ text: String, style: String) -> String {
        var visible = String(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }.map(Character.init))
        while visible.last == " " { visible.removeLast() }
        if style.isEmpty || visible.isEmpty { return visible + " " }
        return "\u{1}\u{1B}[\(style)m\u{1}\(visible)\u{1}\u{1B}[0m\u{1} "
    }
}
