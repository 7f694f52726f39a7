import RondoKernels
package import RondoReport

/// Says which table cell or chart of a result differs from the one recorded in full.
package enum BlockDifferences {
    /// At most ten differences in words; empty when nothing was recorded in full.
    package static func between(_ old: [Block]?, _ new: [Block]) -> [String] {
        guard let old else { return [] }
        var details: [String] = []
        if old.count != new.count { details.append("\(old.count) results then, \(new.count) now") }
        for (before, after) in zip(old, new) where before != after { details += between(before, after) }
        return Array(details.prefix(10))
    }

    private static func between(_ old: Block, _ new: Block) -> [String] {
        switch (old, new) {
        case (.table(let before), .table(let after)): return between(before, after)
        case (.figures(let before), .figures(let after)):
            return zip(before, after).compactMap { pair in
                guard !pair.0.isVolatile, pair.0.value != pair.1.value else { return nil }
                return "\(pair.0.name): from \(pair.0.value.plainText) to \(pair.1.value.plainText)"
            }
        case (.chart(let before), .chart): return ["chart \(before.title) differs"]
        default: return []
        }
    }

    private static func between(_ old: TableBlock, _ new: TableBlock) -> [String] {
        guard old.columns.map(\.name) == new.columns.map(\.name) else { return ["table \(old.caption): other columns"] }
        guard old.rows.count == new.rows.count else { return ["table \(old.caption): \(old.rows.count) rows then, \(new.rows.count) now"] }
        var details: [String] = []
        for (index, (before, after)) in zip(old.rows, new.rows).enumerated() {
            for (position, (left, right)) in zip(before, after).enumerated() where left != right && !old.columns[position].isVolatile {
                let row = before.first?.plainText ?? String(index + 1)
                details.append("\(old.caption), row \(row), \(old.columns[position].name): from \(left.plainText) to \(right.plainText)")
            }
        }
        return details
    }
}
