/// Numbers brought together by group, those of a group in the order of their rows; NaN and rows without a group are left out.
///
/// Counted and moved in fixed blocks of rows, so that the places do not depend on the number of threads.
public struct GroupedNumbers: Sendable {
    /// The numbers of group g are `values[starts[g]..<starts[g + 1]]`.
    public private(set) var values: [Double]
    public let starts: [Int]
    public var groupCount: Int { starts.count - 1 }

    private static let blockSize = 1 << 18
    /// Numbers that one piece of work on groups has at least, where there are so many.
    private static let leastWork = 1 << 14

    /// - Parameters:
    ///   - groups: for each number its group; outside of 0..<groupCount means none.
    /// - Throws: only when cancelled.
    public init(_ numbers: [Double], groups: [Int32], groupCount: Int, context: ComputeContext = .quiet) throws {
        let (count, bound) = (min(numbers.count, groups.count), max(groupCount, 0))
        // With many groups the counts of many blocks would cost more than the second thread saves.
        let blockSize = bound <= Self.blockSize / 4 ? Self.blockSize : max(count, 1)
        var places = try Parallel.mapChunks(count: count, chunkSize: blockSize, context: context) { _, rows in
            var counts = [Int](repeating: 0, count: bound)
            counts.withUnsafeMutableBufferPointer { counts in
                for row in rows {
                    let group = Int(groups[row])
                    if group >= 0, group < bound, !numbers[row].isNaN { counts[group] &+= 1 }
                }
            }
            return counts
        }
        var starts = [Int](repeating: 0, count: bound + 1)
        var total = 0
        for group in 0..<bound {
            starts[group] = total
            for block in places.indices { (places[block][group], total) = (total, total + places[block][group]) }
        }
        starts[bound] = total
        self.starts = starts
        values = [Double](unsafeUninitializedCapacity: total) { _, initialized in initialized = total }
        try values.withUnsafeMutableBufferPointer { target in
            let target = target
            try places.withUnsafeMutableBufferPointer { places in
                let places = places
                try Parallel.chunks(count: count, chunkSize: blockSize, context: context) { block, rows in
                    places[block].withUnsafeMutableBufferPointer { next in
                        for row in rows {
                            let (group, value) = (Int(groups[row]), numbers[row])
                            guard group >= 0, group < bound, !value.isNaN else { continue }
                            target[next[group]] = value
                            next[group] &+= 1
                        }
                    }
                }
            }
        }
    }

    /// How many numbers each group has.
    public var sizes: [Int] { (0..<groupCount).map { starts[$0 + 1] - starts[$0] } }

    /// `body` of the numbers of each group; several groups at once, each worked out for itself.
    /// - Throws: only when cancelled.
    public func map(context: ComputeContext = .quiet, _ body: (UnsafeBufferPointer<Double>) -> Double) throws -> [Double] {
        try values.withUnsafeBufferPointer { values in
            let values = values
            return try results(context) { body(UnsafeBufferPointer(rebasing: values[starts[$0]..<starts[$0 + 1]])) }
        }
    }

    /// One quantile (type 7) of each group, NaN without numbers. The numbers of a group change their order.
    /// - Throws: only when cancelled.
    public mutating func quantiles(_ probability: Double, context: ComputeContext = .quiet) throws -> [Double] {
        var moved: [Double] = []
        swap(&moved, &values)
        defer { swap(&moved, &values) }
        return try moved.withUnsafeMutableBufferPointer { values in
            let values = values
            return try results(context) {
                Quantiles.of(UnsafeMutableBufferPointer(rebasing: values[starts[$0]..<starts[$0 + 1]]), probability)
            }
        }
    }

    /// One result a group.
    private func results(_ context: ComputeContext, _ body: (Int) -> Double) throws -> [Double] {
        // Pieces of whole groups with about the same number of numbers.
        var pieces: [Range<Int>] = []
        var first = 0
        for group in 0..<groupCount where starts[group + 1] - starts[first] >= Self.leastWork || group + 1 == groupCount {
            pieces.append(first..<group + 1)
            first = group + 1
        }
        var result = [Double](repeating: .nan, count: groupCount)
        try result.withUnsafeMutableBufferPointer { result in
            let result = result
            try Parallel.indices(pieces.count, context: context) { piece in
                for group in pieces[piece] { result[group] = body(group) }
            }
        }
        return result
    }
}
