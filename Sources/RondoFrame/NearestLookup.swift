public import RondoKernels

/// Records of the right table found by key and by the nearest place along an axis, such as the last rate before a day.
public struct NearestLookup: Sendable {
    /// Which records count.
    public enum Direction: String, Sendable, Hashable, CaseIterable {
        /// The last record at the place or before it.
        case before
        /// The first record at the place or after it.
        case after
        /// The nearest of both; of two at one distance the earlier.
        case around
    }

    private let names: [String]
    private let table: JoinTable
    private let hasKeys: Bool
    /// Records in the order of their place, those of key k at `starts[k]..<starts[k + 1]`.
    private let rows: [Int32]
    private let places: [Double]
    private let starts: [Int]

    /// How many records can be found.
    public var recordCount: Int { rows.count }

    /// - Parameters:
    ///   - keys: columns that must be equal; may be none.
    ///   - positions: the place of each record, NaN for none: such records are found by nothing.
    /// - Throws: R0320 for several records of one key at one place.
    public init(keys: [Column], names: [String], at positions: [Double], context: ComputeContext = .quiet) throws {
        self.names = names
        var table = JoinTable(keys)
        hasKeys = !keys.isEmpty
        var codes = hasKeys ? try table.learn(keys, context) : Array(repeating: 0, count: positions.count)
        for row in codes.indices where positions[row].isNaN { codes[row] = -1 }
        self.table = table
        let count = Int((codes.max() ?? -1) + 1)
        let order = Sorting.order(positions)
        let (sorted, starts) = Sorting.grouped(order.map { codes[$0] }, groupCount: count)
        rows = sorted.map { Int32(order[$0]) }
        places = rows.map { positions[Int($0)] }
        self.starts = starts
        var doubles = 0
        var example = ""
        for key in 0..<count {
            for slot in starts[key]..<starts[key + 1] where slot > starts[key] && places[slot] == places[slot - 1] {
                if doubles == 0 { example = keys.map { $0[Int(rows[slot])].plainText }.joined(separator: ", ") }
                doubles += 1
            }
        }
        guard doubles == 0 else {
            throw Fault(
                "R0320",
                "\(grouped(doubles)) records stand at the same place as another of their key\(example.isEmpty ? "" : ", for example \(example)")",
                remedy: "take the doubles out first (dedupe by \(names.joined(separator: ", ")))", subject: names.last)
        }
    }

    /// The record of each row, -1 without one.
    /// - Parameters:
    ///   - low: the least place that counts for each row; nil for no limit.
    ///   - high: the greatest.
    public func match(
        _ left: [Column], at positions: [Double], low: [Double]?, high: [Double]?, direction: Direction,
        context: ComputeContext = .quiet
    ) throws -> [Int32] {
        let codes = hasKeys ? try table.find(left, context) : Array(repeating: 0, count: positions.count)
        return positions.indices.map { row -> Int32 in
            let code = Int(codes[row])
            let place = positions[row]
            guard code >= 0, code + 1 < starts.count, !place.isNaN else { return -1 }
            let range = starts[code]..<starts[code + 1]
            let after = first(in: range) { $0 >= place }
            let isExact = after < range.upperBound && places[after] == place
            let before = isExact ? after : after - 1
            var found = -1
            switch direction {
            case .before: found = before >= range.lowerBound ? before : -1
            case .after: found = after < range.upperBound ? after : -1
            case .around:
                found = before >= range.lowerBound ? before : -1
                if after < range.upperBound, found < 0 || places[after] - place < place - places[found] { found = after }
            }
            guard found >= 0 else { return -1 }
            if let low, !(places[found] >= low[row]) { return -1 }
            if let high, !(places[found] <= high[row]) { return -1 }
            return rows[found]
        }
    }

    private func first(in range: Range<Int>, where passes: (Double) -> Bool) -> Int {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if passes(places[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
