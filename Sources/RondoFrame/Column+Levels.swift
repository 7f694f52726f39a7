import RondoKernels

/// A column seen as a category: a code a row into sorted values.
public struct Factor: Sendable {
    /// Code of each row, -1 missing.
    public let codes: [Int32]
    /// The different values: of categories in the order of levels, of all else ascending.
    public let values: Column

    /// The values as words.
    public var words: [String] { (0..<values.count).map { values[$0].plainText } }
}

extension Column {
    /// The levels that occur, ascending by code; empty for columns without levels.
    public func levelsUsed() -> [Int32] {
        switch storage {
        case .text(let codes, let levels), .category(let codes, let levels):
            var used = [Bool](repeating: false, count: levels.count)
            for code in codes where code >= 0 { used[Int(code)] = true }
            return used.indices.filter { used[$0] }.map { Int32($0) }
        default: return []
        }
    }

    /// The column with only the levels that occur, in their order.
    public func droppingUnusedLevels() -> Column {
        let used = levelsUsed()
        switch storage {
        case .text(let codes, let levels):
            return used.count == levels.count ? self : Column(.text(Column.renumbered(codes, used, levels.count), Column.cut(levels, used)))
        case .category(let codes, let levels):
            return used.count == levels.count
                ? self : Column(.category(Column.renumbered(codes, used, levels.count), Column.cut(levels, used)))
        default: return self
        }
    }

    private static func cut(_ levels: Levels, _ used: [Int32]) -> Levels { Levels(used.map { levels.words[Int($0)] }) }

    private static func renumbered(_ codes: [Int32], _ used: [Int32], _ count: Int) -> [Int32] {
        var target = [Int32](repeating: -1, count: count)
        for (new, old) in used.enumerated() { target[Int(old)] = Int32(new) }
        return codes.map { $0 < 0 ? -1 : target[Int($0)] }
    }

    /// The column of any type as codes into its different values, sorted.
    public func factor() -> Factor {
        let groups = GroupCodes(self)
        let firstRows = groups.firstRows
        let representatives = gathering(firstRows)
        let missing = representatives.missingMask()
        let order = representatives.order().filter { !missing[$0] }
        var target = [Int32](repeating: -1, count: groups.count)
        for (code, group) in order.enumerated() { target[group] = Int32(code) }
        return Factor(
            codes: groups.codes.map { target[Int($0)] }, values: representatives.gathering(order.map { Int32($0) }).droppingUnusedLevels())
    }
}
