/// How the fields of a file are told apart.
struct CSVDialect: Sendable, Hashable {
    var delimiter = ASCII.comma
    /// 0 when nothing quotes.
    var quote = ASCII.quote
    /// Line feed (also for files with both), or carriage return in files that have no line feed.
    var newline = ASCII.lineFeed

    /// The delimiter in words.
    var delimiterName: String {
        switch delimiter {
        case ASCII.comma: "comma"
        case ASCII.semicolon: "semicolon"
        case ASCII.tab: "tab"
        case ASCII.bar: "bar"
        default: "\"\(Character(UnicodeScalar(delimiter)))\""
        }
    }
}
