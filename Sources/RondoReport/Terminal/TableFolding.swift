/// Which columns of a table stand side by side, when not all of them fit.
struct TableFolding {
    struct Hidden {
        /// The columns left out, and after how many of those shown.
        var columns: [Int]
        var after: Int
    }

    /// Column numbers, part by part.
    private(set) var parts: [[Int]]
    private(set) var hidden: Hidden?
    /// More parts than this are no longer read: then columns from the middle are left out instead.
    private static let mostParts = 4

    init(parts: [[Int]]) { self.parts = parts }

    /// Narrows wide columns of words, then folds, and leaves columns out only as the last resort.
    ///
    /// - Parameters:
    ///   - keys: how many columns at the front every part repeats.
    ///   - width: cells of a line.
    init(_ columns: inout [TerminalColumn], keys: Int, width: Int) {
        parts = [Array(columns.indices)]
        TableFolding.narrow(&columns, to: width)
        guard TerminalColumn.total(columns) > width, columns.count > 1 else {
            if columns.count == 1 { columns[0].width = min(columns[0].width, width) }
            return
        }
        let repeated = TerminalColumn.total(columns.prefix(keys)) <= width / 2 ? keys : 1
        if let folded = TableFolding.fold(columns, keys: repeated, width: width) {
            parts = folded
        } else {
            leaveOut(&columns, width)
        }
    }

    /// Wide columns of words give way: to 48, 32, then 20 cells.
    private static func narrow(_ columns: inout [TerminalColumn], to width: Int) {
        for limit in [48, 32, 20] {
            for index in columns.indices where !columns[index].isNumeric && columns[index].width > limit {
                let excess = TerminalColumn.total(columns) - width
                if excess > 0 { columns[index].width = max(limit, columns[index].width - excess) }
            }
        }
    }

    /// As few parts as possible, about equally wide; nil when they are too many or a column fits nowhere.
    private static func fold(_ columns: [TerminalColumn], keys: Int, width: Int) -> [[Int]]? {
        guard let least = cut(columns, keys, width), least.count <= mostParts else { return nil }
        var (low, high) = (1, width)
        while low < high {
            let middle = (low + high) / 2
            if let parts = cut(columns, keys, middle), parts.count <= least.count { high = middle } else { low = middle + 1 }
        }
        return cut(columns, keys, low) ?? least
    }

    private static func cut(_ columns: [TerminalColumn], _ keys: Int, _ width: Int) -> [[Int]]? {
        let margin = TerminalColumn.total(columns.prefix(keys))
        var parts: [[Int]] = []
        var part: [Int] = []
        var used = margin
        for index in columns.indices.dropFirst(keys) {
            let size = columns[index].width + 2
            guard margin + size <= width else { return nil }
            if used + size > width {
                parts.append(part)
                part = []
                used = margin
            }
            part.append(index)
            used += size
        }
        return (parts + [part]).map { Array(0..<keys) + $0 }
    }

    /// Columns from the middle go until the rest fits; the first always stays.
    private mutating func leaveOut(_ columns: inout [TerminalColumn], _ width: Int) {
        let room = width - String(columns.count).count - 9
        columns[0].width = max(4, min(columns[0].width, room))
        var head = 1
        var tail = 0
        var used = columns[0].width
        while head + tail < columns.count {
            let last = columns.count - 1 - tail
            if tail < head, used + columns[last].width + 2 <= room {
                used += columns[last].width + 2
                tail += 1
            } else if head < last, used + columns[head].width + 2 <= room {
                used += columns[head].width + 2
                head += 1
            } else {
                break
            }
        }
        let gone = Array(head..<(columns.count - tail))
        parts = [Array(0..<head) + Array((columns.count - tail)..<columns.count)]
        hidden = gone.isEmpty ? nil : Hidden(columns: gone, after: head)
    }
}
