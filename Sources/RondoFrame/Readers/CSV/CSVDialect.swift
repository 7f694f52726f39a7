/// How the fields of a file are told apart.
struct CSVDialect: Sendable, Hashable {
    var delimiter = ASCII.comma
    /// 0 when nothing quotes.
    var quote = ASCII.quote
    /// The sign that takes the meaning from the delimiter behind it, outside quotes; 0 when there is none.
    var escape: UInt8 = 0
    /// Lines that begin with this sign are no rows; 0 when there are none.
    var comment: UInt8 = 0
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
