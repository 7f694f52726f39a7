public import RondoKernels

/// Which items lie together: for each basket its different items, ascending.
public struct Baskets: Sendable {
    /// Items of all baskets; those of basket b are `items[starts[b]..<starts[b + 1]]`.
    public let items: [Int32]
    public let starts: [Int]
    /// How many different items there are, the codes below it.
    public let itemCount: Int
    /// Rows without a basket or an item.
    public let leftOut: Int

    public var count: Int { starts.count - 1 }

    /// - Parameters:
    ///   - codes: the item of each row, -1 for none.
    ///   - groups: the basket of each row, -1 for none.
    public init(items codes: [Int32], itemCount: Int, groups: [Int32], groupCount: Int, context: ComputeContext = .quiet) throws {
        let present = groups.indices.map { codes[$0] < 0 ? -1 : groups[$0] }
        let (rows, bounds) = Sorting.grouped(present, groupCount: groupCount)
        var items: [Int32] = []
        items.reserveCapacity(rows.count)
        var starts = [0]
        for group in 0..<groupCount {
            if group & 4095 == 0 { try context.cancellation.check() }
            var own = rows[bounds[group]..<bounds[group + 1]].map { codes[$0] }
            guard !own.isEmpty else { continue }
            own.sort()
            for position in own.indices where position == 0 || own[position] != own[position - 1] { items.append(own[position]) }
            starts.append(items.count)
        }
        self.items = items
        self.starts = starts
        self.itemCount = itemCount
        leftOut = groups.count - rows.count
    }

    /// In how many baskets each item lies.
    public var support: [Int] {
        items.reduce(into: Array(repeating: 0, count: itemCount)) { $0[Int($1)] += 1 }
    }

    /// Two items and the number of baskets with both.
    public struct Pair: Sendable, Hashable {
        public let first: Int32
        public let second: Int32
        public let count: Int
    }

    /// How many pairs may be counted at most, over all baskets.
    static let mostPairs = 400_000_000

    /// The pairs of items that lie together in at least so many baskets, in order of their codes.
    /// - Throws: R0758 when very large baskets make too many.
    public func pairs(least: Int, context: ComputeContext = .quiet) throws -> [Pair] {
        let support = support
        var table = KeyTable(capacity: 1024)
        var counts: [Int32] = []
        var work = 0
        var own: [UInt64] = []
        for basket in 0..<count {
            if basket & 1023 == 0 { try context.cancellation.check() }
            own.removeAll(keepingCapacity: true)
            for place in starts[basket]..<starts[basket + 1] where support[Int(items[place])] >= least { own.append(UInt64(items[place])) }
            work += own.count * max(own.count - 1, 0) / 2
            guard work <= Baskets.mostPairs else { throw Baskets.tooMany("pairs") }
            for first in own.indices {
                for second in own.indices.dropFirst(first + 1) {
                    let code = Int(table.code(own[first] << 32 | own[second]))
                    if code == counts.count { counts.append(1) } else { counts[code] &+= 1 }
                }
            }
        }
        let found = zip(table.keys, counts).filter { Int($0.1) >= least }.sorted { $0.0 < $1.0 }
        return found.map {
            Pair(first: Int32(truncatingIfNeeded: $0.0 >> 32), second: Int32(truncatingIfNeeded: $0.0), count: Int($0.1))
        }
    }

    static func tooMany(_ what: String) -> Fault {
        Fault("R0758", "there are too many \(what) to count", remedy: "ask for more baskets each: least 5%")
    }
}
