public import RondoKernels

/// One column to sort by.
public struct SortKey: Sendable {
    public let column: Column
    public let descending: Bool

    public init(_ column: Column, descending: Bool = false) {
        self.column = column
        self.descending = descending
    }
}

extension Column {
    /// For each row a key whose order as an unsigned number is the order of values; missing values come last in both directions.
    ///
    /// Text goes by Unicode scalars, categories by their levels, false before true.
    func sortKeys(descending: Bool) -> [UInt64] {
        let flip: UInt64 = descending ? .max : 0
        func signed(_ value: Int64) -> UInt64 { min((UInt64(bitPattern: value) ^ 1 << 63) ^ flip, .max - 1) }
        switch storage {
        case .number(let values): return values.map { Sorting.sortableBits($0, descending ? .descending : .ascending) }
        case .sparse: return numbers().map { Sorting.sortableBits($0, descending ? .descending : .ascending) }
        case .integer(let values, let missing):
            return values.indices.map { missing?[$0] == true ? .max : signed(values[$0]) }
        case .truth(let values): return values.map { $0 == Column.missingTruth ? .max : signed(Int64($0)) }
        case .text(let codes, let levels):
            let ranks = levels.scalarRanks()
            return codes.map { $0 < 0 ? .max : signed(Int64(ranks[Int($0)])) }
        case .category(let codes, _): return codes.map { $0 < 0 ? .max : signed(Int64($0)) }
        case .date(let values): return values.map { $0 == Column.missingDate ? .max : signed(Int64($0)) }
        case .time(let values), .duration(let values): return values.map { $0 == Column.missingTime ? .max : signed($0) }
        }
    }

    /// The rows in ascending order of the values; equal ones keep their order, missing ones come last.
    public func order(descending: Bool = false) -> [Int] {
        if case .integer(let values, let missing) = storage, Column.nearLimits(values) { return exactOrder(values, missing, descending) }
        return Sorting.order(keys: sortKeys(descending: descending))
    }

    /// Whether the two greatest keys, which missing values use, also stand for a value.
    static func nearLimits(_ values: [Int64]) -> Bool { values.contains { $0 >= .max - 1 || $0 <= .min + 1 } }

    private func exactOrder(_ values: [Int64], _ missing: [Bool]?, _ descending: Bool) -> [Int] {
        values.indices.sorted { a, b in
            let (gapA, gapB) = (missing?[a] == true, missing?[b] == true)
            if gapA != gapB { return gapB }
            if gapA || values[a] == values[b] { return a < b }
            return descending ? values[a] > values[b] : values[a] < values[b]
        }
    }
}

extension Levels {
    /// The rank of each word among the distinct words in Unicode scalar order; equal words share a rank.
    func scalarRanks() -> [Int32] {
        // By the first eight bytes, and among words that share these by all of them.
        let prefixes = words.map(Levels.prefix)
        var order = Sorting.order(keys: prefixes)
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, prefixes[order[end]] == prefixes[order[start]] { end += 1 }
            if end - start > 1 { order[start..<end].sort { Levels.precedes(words[$0], words[$1]) } }
            start = end
        }
        var ranks = [Int32](repeating: 0, count: words.count)
        var rank: Int32 = 0
        for (position, level) in order.enumerated() {
            if position > 0, Levels.precedes(words[order[position - 1]], words[level]) { rank += 1 }
            ranks[level] = rank
        }
        return ranks
    }

    /// Unicode scalar order, which is the order of the UTF-8 bytes.
    @inlinable
    public static func precedes(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }
}

extension Frame {
    /// The rows in the order of the keys, the first key deciding first; equal rows keep their order.
    public func order(by keys: [SortKey], context: ComputeContext = .quiet) throws -> [Int32] {
        var order = Array(0..<rowCount)
        // Stable sorts from the last key to the first.
        for key in keys.reversed() {
            try context.cancellation.check()
            if case .integer(let values, _) = key.column.storage, Column.nearLimits(values) {
                let rank = key.column.ranksInOrder(descending: key.descending)
                order = Sorting.order(keys: rank, startingFrom: order)
            } else {
                order = Sorting.order(keys: key.column.sortKeys(descending: key.descending), startingFrom: order)
            }
        }
        return order.map { Int32($0) }
    }

    /// The table in the order of the keys.
    public func sorted(by keys: [SortKey], context: ComputeContext = .quiet) throws -> Frame {
        try gathering(try order(by: keys, context: context), context: context)
    }
}

extension Column {
    /// The dense rank of each row's value in the order of values.
    fileprivate func ranksInOrder(descending: Bool) -> [UInt64] {
        let order = order(descending: descending)
        var ranks = [UInt64](repeating: 0, count: order.count)
        var rank: UInt64 = 0
        for (position, row) in order.enumerated() {
            if position > 0, self[order[position - 1]] != self[row] { rank += 1 }
            ranks[row] = rank
        }
        return ranks
    }
}
