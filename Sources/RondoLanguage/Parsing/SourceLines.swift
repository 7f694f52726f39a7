/// Lines of a text, whatever ends them.
enum SourceLines {
    /// The lines without their ends; a carriage return before a line feed belongs to the end.
    static func split(_ text: String) -> [Substring] {
        text.utf8.split(separator: 10, omittingEmptySubsequences: false).map { trimmedEnd(Substring($0)) }
    }

    static func trimmedEnd(_ line: Substring) -> Substring {
        line.utf8.last == 13 ? Substring(line.utf8.dropLast()) : line
    }

    /// Whether the line has nothing but blanks.
    static func isBlank(_ line: Substring) -> Bool { line.unicodeScalars.allSatisfy(Scalars.isBlank) }

    /// Whether the line belongs to the cell above.
    static func isIndented(_ line: Substring) -> Bool { line.utf8.first == 32 || line.utf8.first == 9 }
}
