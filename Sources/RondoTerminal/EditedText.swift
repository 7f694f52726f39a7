/// The text in the editor and its cursor; positions count Unicode scalars.
struct EditedText {
    let scalars: [Unicode.Scalar]
    let cursor: Int

    /// Blanks that begin a further line of a cell.
    static let indent = "    "

    init(_ values: UnsafeBufferPointer<UInt32>, cursor: Int) {
        self.init(scalars: values.map { Unicode.Scalar($0) ?? "\u{FFFD}" }, cursor: cursor)
    }

    init(scalars: [Unicode.Scalar], cursor: Int) {
        self.scalars = scalars
        self.cursor = min(max(0, cursor), scalars.count)
    }

    static func string(_ values: UnsafeBufferPointer<UInt32>) -> String {
        EditedText(values, cursor: 0).text
    }

    var text: String { Self.string(scalars[...]) }

    var textBeforeCursor: String { Self.string(scalars[..<cursor]) }

    /// The position after the line break before the cursor.
    var lineStart: Int { (scalars[..<cursor].lastIndex(of: "\n") ?? -1) + 1 }

    /// The position of the line break after the cursor, or the end.
    var lineEnd: Int { scalars[cursor...].firstIndex(of: "\n") ?? scalars.count }

    /// The same column one line above, or that line's end; nil in the first line.
    var positionAbove: Int? {
        let start = lineStart
        guard start > 0 else { return nil }
        let above = EditedText(scalars: scalars, cursor: start - 1)
        return min(above.lineStart + cursor - start, start - 1)
    }

    /// The same column one line below, or that line's end; nil in the last line.
    var positionBelow: Int? {
        let end = lineEnd
        guard end < scalars.count else { return nil }
        let below = EditedText(scalars: scalars, cursor: end + 1)
        return min(end + 1 + cursor - lineStart, below.lineEnd)
    }

    /// Whether there are several lines and the last holds nothing: the way to end a cell that is not complete.
    var lastLineIsBlank: Bool {
        guard let lastBreak = scalars.lastIndex(of: "\n") else { return false }
        return scalars[(lastBreak + 1)...].allSatisfy { $0 == " " || $0 == "\t" }
    }

    /// The blanks for a line after this one: those of this line, but at least four.
    var indentation: String {
        let own = Self.string(scalars[lineStart..<cursor].prefix { $0 == " " })
        return own.count > Self.indent.count ? own : Self.indent
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        String(String.UnicodeScalarView(scalars))
    }
}
