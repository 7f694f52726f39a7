/// Stable orders of rows by keys; equal keys keep the order they had.
public enum Sorting {
    /// The direction of an order; missing values come last in both.
    public enum Direction: Sendable { case ascending, descending }

    /// The indices that sort doubles, NaN last; -0 and 0 are equal.
    public static func order(_ values: [Double], _ direction: Direction = .ascending, startingFrom order: [Int]? = nil) -> [Int] {
        self.order(keys: values.map { sortableBits($0, direction) }, startingFrom: order)
    }

    /// The indices that sort integers.
    public static func order(_ values: [Int64], _ direction: Direction = .ascending, startingFrom order: [Int]? = nil) -> [Int] {
        let flip: UInt64 = direction == .ascending ? 0 : .max
        return self.order(keys: values.map { (UInt64(bitPattern: $0) ^ (1 << 63)) ^ flip }, startingFrom: order)
    }

    /// The indices that sort small codes from 0, for example of categories; negative codes are missing and come last.
    public static func order(codes: [Int32], _ direction: Direction = .ascending, startingFrom order: [Int]? = nil) -> [Int] {
        let keys = codes.map { code -> UInt64 in
            if code < 0 { return 1 << 32 }
            return direction == .ascending ? UInt64(code) : UInt64(Int32.max - code)
        }
        return self.order(keys: keys, startingFrom: order)
    }

    /// Bits whose unsigned order is the order of the values, NaN last.
    @inlinable
    public static func sortableBits(_ value: Double, _ direction: Direction = .ascending) -> UInt64 {
        if value.isNaN { return .max }
        let bits = (value == 0 ? 0.0 : value).bitPattern
        let ascending = bits >> 63 == 0 ? bits | 1 << 63 : ~bits
        return direction == .ascending ? ascending : ~ascending
    }

    /// The value whose ascending bits these are.
    @inlinable
    public static func value(ofSortableBits bits: UInt64) -> Double {
        Double(bitPattern: bits >> 63 == 0 ? ~bits : bits & ~(1 << 63))
    }

    /// The indices that sort unsigned keys; with `startingFrom`, equal keys keep that order (sort by the last key first).
    ///
    /// Byte-wise radix sort from the lowest byte (Knuth, volume 3, 5.2.5), bytes equal everywhere skipped. A `startingFrom` that is not
    /// an order of the keys is ignored.
    public static func order(keys: [UInt64], startingFrom start: [Int]? = nil) -> [Int] {
        let count = keys.count
        var valid = start
        if let order = start, order.count != count || !order.allSatisfy({ $0 >= 0 && $0 < count }) { valid = nil }
        let records = [Record](unsafeUninitializedCapacity: count) { buffer, initialized in
            for place in 0..<count {
                let index = valid?[place] ?? place
                buffer.initializeElement(at: place, to: Record(key: keys[index], index: index))
            }
            initialized = count
        }
        let sorted = count < 512 ? mergeSorted(records) : radixSorted(records)
        return [Int](unsafeUninitializedCapacity: count) { buffer, initialized in
            for place in 0..<count { buffer.initializeElement(at: place, to: sorted[place].index) }
            initialized = count
        }
    }

    /// A key travels with its row, so that the passes read memory in order.
    private struct Record {
        var key: UInt64
        var index: Int
    }

    private static func radixSorted(_ records: [Record]) -> [Record] {
        var different: UInt64 = 0
        for record in records { different |= record.key ^ records[0].key }
        var sorted = records
        var scratch = records
        for shift in stride(from: UInt64(0), to: 64, by: 8) where (different >> shift) & 0xFF != 0 {
            sorted.withUnsafeBufferPointer { source in
                scratch.withUnsafeMutableBufferPointer { target in
                    if let target = target.baseAddress { scatter(source, shift, to: target) }
                }
            }
            swap(&sorted, &scratch)
        }
        return sorted
    }

    private static func scatter(_ source: UnsafeBufferPointer<Record>, _ shift: UInt64, to target: UnsafeMutablePointer<Record>) {
        withUnsafeTemporaryAllocation(of: Int.self, capacity: 256) { starts in
            starts.initialize(repeating: 0)
            for record in source { starts[Int(truncatingIfNeeded: (record.key >> shift) & 0xFF)] += 1 }
            var total = 0
            for digit in 0..<256 {
                let size = starts[digit]
                starts[digit] = total
                total += size
            }
            for record in source {
                let digit = Int(truncatingIfNeeded: (record.key >> shift) & 0xFF)
                target[starts[digit]] = record
                starts[digit] += 1
            }
        }
    }

    private static func mergeSorted(_ records: [Record]) -> [Record] {
        // Sorting pairs of key and place is stable whatever the algorithm.
        records.enumerated().sorted { ($0.element.key, $0.offset) < ($1.element.key, $1.offset) }.map(\.element)
    }

    /// Ranks from 1, ties get the mean of their ranks; NaN for NaN.
    public static func ranks(_ values: [Double]) -> [Double] {
        let order = order(values)
        var ranks = [Double](repeating: .nan, count: values.count)
        var start = 0
        while start < order.count, !values[order[start]].isNaN {
            var end = start + 1
            while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
            let rank = Double(start + 1 + end) / 2
            for place in start..<end { ranks[order[place]] = rank }
            start = end
        }
        return ranks
    }

    /// Rows in the order of their groups: `rows[starts[g]..<starts[g + 1]]` are the rows of group g, in increasing order.
    ///
    /// Rows whose group is outside of 0..<groupCount are left out.
    public static func grouped(_ groups: [Int32], groupCount: Int) -> (rows: [Int], starts: [Int]) {
        let bound = max(groupCount, 0)
        var starts = [Int](repeating: 0, count: bound + 1)
        for group in groups where group >= 0 && Int(group) < bound { starts[Int(group) + 1] += 1 }
        for group in 0..<bound { starts[group + 1] += starts[group] }
        var next = starts
        var rows = [Int](repeating: 0, count: starts[bound])
        for (row, group) in groups.enumerated() where group >= 0 && Int(group) < bound {
            rows[next[Int(group)]] = row
            next[Int(group)] += 1
        }
        return (rows, starts)
    }
}
