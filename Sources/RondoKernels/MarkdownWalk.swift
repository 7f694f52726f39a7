import CSystemLibraries

/// Markdown read by cmark-gfm (opened on first use), as the pieces that begin and end in their order.
public enum MarkdownWalk {
    /// A piece begins or ends.
    public struct Event: Hashable, Sendable {
        /// Whether the piece begins here; pieces without content only begin.
        public let enters: Bool
        /// cmark's word for it: `paragraph`, `heading`, `list`, `item`, `text`, `code`, `table_cell`, and so on.
        public let kind: String
        /// Text, code or raw HTML; empty for pieces that hold others.
        public let text: String
        /// Where a link or picture points.
        public let address: String
        /// The word behind the opening fence of a code block.
        public let fence: String
        /// Of a heading, from 1; else 0.
        public let level: Int
        /// Whether the items of a list are lines without paragraphs.
        public let isTight: Bool
        /// The first number of an ordered list.
        public let start: Int?
    }

    /// Texts longer than this are not parsed: some versions of the library take quadratic time for hostile ones.
    public static let mostBytes = 1 << 18

    /// Whether the library is there.
    public static var isAvailable: Bool { rondo_markdown_available() != 0 }

    /// Calls `body` with each event in order.
    /// - Returns: false, and nothing was called, without the library or for a text beyond `mostBytes`.
    public static func walk(_ markdown: String, _ body: (Event) -> Void) -> Bool {
        var bytes = Array(markdown.utf8)
        guard bytes.count <= mostBytes, let parsed = rondo_markdown_parse(&bytes, bytes.count) else { return false }
        defer { rondo_markdown_free(parsed) }
        var event = rondo_markdown_event()
        while rondo_markdown_next(parsed, &event) != 0 {
            body(
                Event(
                    enters: event.enters != 0, kind: text(event.kind), text: text(event.literal), address: text(event.address),
                    fence: text(event.fence), level: Int(event.level), isTight: event.is_tight != 0,
                    start: event.start < 0 ? nil : Int(event.start)))
        }
        return true
    }

    private static func text(_ pointer: UnsafePointer<CChar>?) -> String { pointer.map { String(cString: $0) } ?? "" }
}
