/// Going back and forth through earlier cells, among those that begin with what was typed.
struct HistoryWalk {
    private(set) var entries: [String]
    private var position: Int
    private var prefix = ""
    private var draft = ""
    private var shown: String?

    /// A walk over entries, oldest first.
    init(entries: [String]) {
        self.entries = entries
        position = entries.count
    }

    /// Adds an entry, unless it repeats the last; ends the walk. Returns whether it was added.
    mutating func remember(_ entry: String) -> Bool {
        let isNew = entry != entries.last
        if isNew { entries.append(entry) }
        reset()
        return isNew
    }

    /// Ends the walk.
    mutating func reset() {
        position = entries.count
        shown = nil
    }

    /// The entry before, given the text now in the editor and its part before the cursor; nil if there is none.
    mutating func earlier(text: String, beforeCursor: String) -> String? {
        if shown != text {
            position = entries.count
            prefix = beforeCursor
            draft = text
        }
        guard let found = entries[..<position].lastIndex(where: { $0.hasPrefix(prefix) && $0 != text }) else { return nil }
        position = found
        shown = entries[found]
        return shown
    }

    /// The entry after, at last what was typed itself; nil if no walk has begun.
    mutating func later(text: String) -> String? {
        guard shown == text, position < entries.count else { return nil }
        if let found = entries[(position + 1)...].firstIndex(where: { $0.hasPrefix(prefix) && $0 != text }) {
            position = found
            shown = entries[found]
            return shown
        }
        reset()
        return draft
    }
}
