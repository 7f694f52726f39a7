import RondoKernels

/// What the present values of a column are once they stand in order: how many differ, which is the most frequent, and those at some ranks.
struct ValueRuns {
    /// How many different values there are.
    private(set) var distinct = 0
    /// The most frequent value as a key, of equally frequent ones the least.
    private(set) var top: UInt64 = 0
    private(set) var topCount = 0
    /// The keys at the ranks asked for.
    private(set) var ranked: [UInt64] = []

    /// - Parameters:
    ///   - keys: in any order; their unsigned order is that of the values. They are sorted in place.
    ///   - ranks: from 0, below the number of keys.
    init(sorting keys: inout [UInt64], ranks: [Int]) {
        RadixSort.sort(&keys)
        ranked = ranks.map { keys[$0] }
        keys.withUnsafeBufferPointer { keys in
            var start = 0
            while start < keys.count {
                let key = keys[start]
                var end = start + 1
                while end < keys.count, keys[end] == key { end += 1 }
                take(key, end - start)
                start = end
            }
        }
    }

    /// - Parameters:
    ///   - counts: how often each key from 0 occurs.
    ///   - ranks: from 0, below the sum of the counts.
    init(counts: [Int32], ranks: [Int]) {
        let places = ranks.indices.sorted { ranks[$0] < ranks[$1] }
        ranked = Array(repeating: 0, count: ranks.count)
        var before = 0
        var next = 0
        for (key, count) in counts.enumerated() where count > 0 {
            take(UInt64(key), Int(count))
            before += Int(count)
            while next < places.count, ranks[places[next]] < before {
                ranked[places[next]] = UInt64(key)
                next += 1
            }
        }
    }

    private mutating func take(_ key: UInt64, _ count: Int) {
        distinct += 1
        if count > topCount {
            top = key
            topCount = count
        }
    }
}

/// The values of a column of whole numbers (integers, truth, days, microseconds) in order, as offsets from the least.
struct WholeRuns {
    let least: Int64
    /// How many values there are.
    let count: Int
    let runs: ValueRuns

    /// Nil without values.
    /// - Parameter isPresent: whether the element at a place counts.
    init?<Value: FixedWidthInteger>(_ values: [Value], ranks: (Int) -> [Int], isPresent: (Int, Value) -> Bool) {
        var count = 0
        var (least, greatest) = (Int64.max, Int64.min)
        for (place, value) in values.enumerated() where isPresent(place, value) {
            let value = Int64(truncatingIfNeeded: value)
            least = min(least, value)
            greatest = max(greatest, value)
            count += 1
        }
        guard count > 0 else { return nil }
        self.least = least
        self.count = count
        let reach = UInt64(bitPattern: greatest &- least)
        // Counting needs a place for each value between the least and the greatest.
        if reach < UInt64(max(65_536, min(count * 2, 1 << 24))), count <= Int(Int32.max) {
            var counts = [Int32](repeating: 0, count: Int(reach) + 1)
            counts.withUnsafeMutableBufferPointer { counts in
                for (place, value) in values.enumerated() where isPresent(place, value) {
                    counts[Int(Int64(truncatingIfNeeded: value) &- least)] &+= 1
                }
            }
            runs = ValueRuns(counts: counts, ranks: ranks(count))
        } else {
            var keys: [UInt64] = []
            keys.reserveCapacity(count)
            for (place, value) in values.enumerated() where isPresent(place, value) {
                keys.append(UInt64(bitPattern: Int64(truncatingIfNeeded: value) &- least))
            }
            runs = ValueRuns(sorting: &keys, ranks: ranks(count))
        }
    }

    func value(_ key: UInt64) -> Int64 { least &+ Int64(bitPattern: key) }
}

/// Which ranks a set of quantiles of type 7 needs, and the quantiles from the values there.
struct QuantileRanks {
    let probabilities: [Double]

    /// The rank below each quantile and the one after it.
    func ranks(_ count: Int) -> [Int] {
        probabilities.flatMap { probability -> [Int] in
            let index = QuantileRanks.position(probability, count).index
            return [index, min(index + 1, count - 1)]
        }
    }

    /// The value below each quantile, the one above, and how far it is from one to the other.
    func places<Value>(_ ranked: [Value], _ count: Int) -> [(low: Value, high: Value, fraction: Double)] {
        probabilities.indices.map { index in
            (ranked[index * 2], ranked[index * 2 + 1], QuantileRanks.position(probabilities[index], count).fraction)
        }
    }

    private static func position(_ probability: Double, _ count: Int) -> (index: Int, fraction: Double) {
        let exact = probability * Double(count - 1)
        let index = min(Int(exact), count - 1)
        return (index, index == count - 1 ? 0 : exact - Double(index))
    }
}
