public import RondoKernels

/// One number, or one value, for each group of rows; missing values are left out.
public struct GroupAggregates: Sendable {
    public let groups: Groups
    private let rows: [Int]
    private let starts: [Int]

    public init(_ groups: Groups) {
        self.groups = groups
        (rows, starts) = groups.rowsByGroup()
    }

    /// How many values of the column are not missing, for each group.
    public func counts(_ column: Column) -> [Int] {
        var result = [Int](repeating: 0, count: groups.count)
        let missing = column.missingMask()
        for (row, group) in groups.groupOfRow.enumerated() where !missing[row] { result[Int(group)] += 1 }
        return result
    }

    /// The sum of each group, 0 without values.
    public func sums(_ values: [Double], context: ComputeContext = .quiet) throws -> [Double] {
        try each(values, context) { Sums.compensated($0) }
    }

    /// The mean of each group, NaN without values.
    public func means(_ values: [Double], context: ComputeContext = .quiet) throws -> [Double] {
        try each(values, context) { Sums.mean($0) }
    }

    /// The median of each group, NaN without values.
    public func medians(_ values: [Double], context: ComputeContext = .quiet) throws -> [Double] {
        try quantiles(values, 0.5, context: context)
    }

    /// A quantile (type 7) of each group, NaN without values.
    public func quantiles(_ values: [Double], _ probability: Double, context: ComputeContext = .quiet) throws -> [Double] {
        try each(values, context) { Quantiles.of(Array($0), probability) }
    }

    /// The standard deviation (n - 1) of each group, NaN for fewer than two values.
    public func standardDeviations(_ values: [Double], context: ComputeContext = .quiet) throws -> [Double] {
        try each(values, context) { Moments($0).standardDeviation }
    }

    /// The least value of each group, NaN without values.
    public func minima(_ values: [Double], context: ComputeContext = .quiet) throws -> [Double] {
        try each(values, context) { $0.min() ?? .nan }
    }

    /// The greatest value of each group, NaN without values.
    public func maxima(_ values: [Double], context: ComputeContext = .quiet) throws -> [Double] {
        try each(values, context) { $0.max() ?? .nan }
    }

    /// How many different values each group has.
    public func distinctCounts(_ column: Column, context: ComputeContext = .quiet) throws -> [Int] {
        let codes = GroupCodes(column)
        let missing = column.missingMask()
        var result = [Int](repeating: 0, count: groups.count)
        // In the order of groups: a code was seen in this group when its last group is this one.
        var lastGroup = [Int](repeating: -1, count: codes.count)
        for group in 0..<groups.count {
            if group & 1023 == 0 { try context.cancellation.check() }
            for place in starts[group]..<starts[group + 1] {
                let row = rows[place]
                let code = Int(codes.codes[row])
                guard !missing[row], lastGroup[code] != group else { continue }
                lastGroup[code] = group
                result[group] += 1
            }
        }
        return result
    }

    /// The row of each group's first value that is not missing, -1 without one.
    public func firstRows(_ column: Column) -> [Int32] {
        let missing = column.missingMask()
        var result = [Int32](repeating: -1, count: groups.count)
        for (row, group) in groups.groupOfRow.enumerated() where !missing[row] && result[Int(group)] < 0 { result[Int(group)] = Int32(row) }
        return result
    }

    /// The row of each group's last value that is not missing, -1 without one.
    public func lastRows(_ column: Column) -> [Int32] {
        let missing = column.missingMask()
        var result = [Int32](repeating: -1, count: groups.count)
        for (row, group) in groups.groupOfRow.enumerated() where !missing[row] { result[Int(group)] = Int32(row) }
        return result
    }

    /// A row that holds each group's most frequent value, -1 without one; of equally frequent values the first level of a category,
    /// the least value of all others.
    public func modeRows(_ column: Column, context: ComputeContext = .quiet) throws -> [Int32] {
        let codes = GroupCodes(column)
        let missing = column.missingMask()
        let ranks = codes.firstRowRanks(column)
        var tally = [Int](repeating: 0, count: codes.count)
        var result = [Int32](repeating: -1, count: groups.count)
        for group in 0..<groups.count {
            if group & 1023 == 0 { try context.cancellation.check() }
            var best = -1
            for place in starts[group]..<starts[group + 1] where !missing[rows[place]] { tally[Int(codes.codes[rows[place]])] += 1 }
            for place in starts[group]..<starts[group + 1] where !missing[rows[place]] {
                let code = Int(codes.codes[rows[place]])
                if best < 0 || tally[code] > tally[best] || (tally[code] == tally[best] && ranks[code] < ranks[best]) {
                    best = code
                    result[group] = Int32(rows[place])
                }
            }
            for place in starts[group]..<starts[group + 1] { tally[Int(codes.codes[rows[place]])] = 0 }
        }
        return result
    }

    /// The most frequent value of each group as a column.
    public func modes(_ column: Column, context: ComputeContext = .quiet) throws -> Column {
        column.gathering(try modeRows(column, context: context))
    }

    private static let groupsPerChunk = 256

    /// `body` of the values of each group that are not NaN, in row order.
    private func each(_ values: [Double], _ context: ComputeContext, _ body: @Sendable (UnsafeBufferPointer<Double>) -> Double) throws
        -> [Double]
    {
        let chunks = try Parallel.mapChunks(count: groups.count, chunkSize: GroupAggregates.groupsPerChunk, context: context) { _, range in
            var scratch: [Double] = []
            return range.map { group -> Double in
                scratch.removeAll(keepingCapacity: true)
                for place in starts[group]..<starts[group + 1] where !values[rows[place]].isNaN { scratch.append(values[rows[place]]) }
                return scratch.isEmpty ? emptyValue(body) : scratch.withUnsafeBufferPointer(body)
            }
        }
        return chunks.flatMap { $0 }
    }

    private func emptyValue(_ body: (UnsafeBufferPointer<Double>) -> Double) -> Double { body(UnsafeBufferPointer(start: nil, count: 0)) }
}

extension GroupCodes {
    /// The rank of each code's value in the order of values.
    func firstRowRanks(_ column: Column) -> [Int] {
        let order = column.gathering(firstRows).order()
        var ranks = [Int](repeating: 0, count: count)
        for (rank, code) in order.enumerated() { ranks[code] = rank }
        return ranks
    }
}
