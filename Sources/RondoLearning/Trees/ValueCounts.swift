import RondoKernels

/// The different values of one column after the other, and how many rows have each.
///
/// All columns use the same memory: what each would ask for and give back would stay with the process.
final class ValueCounts {
    private let memory = WorkingMemory()
    private let keys: UnsafeMutablePointer<UInt64>
    private let spare: UnsafeMutablePointer<UInt64>

    /// - Parameter most: rows of a column that count.
    init(most: Int) {
        keys = memory.zeros(most)
        spare = memory.zeros(most)
    }

    /// Calls `body` with the different values as increasing sortable bits, and how many rows have each; missing ones are left out.
    ///
    /// - Parameter rows: those that count, at most as many as there is memory for; nil for all.
    func count<Result>(
        _ values: [Double], rows: [Int32]?, _ body: (_ keys: UnsafeBufferPointer<UInt64>, _ counts: UnsafeBufferPointer<Double>) -> Result
    ) -> Result {
        var count = 0
        func add(_ value: Double) {
            guard !value.isNaN else { return }
            keys[count] = Sorting.sortableBits(FeatureBins.clamped(value))
            count &+= 1
        }
        if let rows {
            for row in rows { add(values[Int(row)]) }
        } else {
            for value in values { add(value) }
        }
        let (sorted, other) = RadixSort.sort(keys, count: count, spare: spare)
        let counts = UnsafeMutableRawPointer(other).assumingMemoryBound(to: Double.self)
        let different = merge(sorted, count, counts)
        return body(UnsafeBufferPointer(start: sorted, count: different), UnsafeBufferPointer(start: counts, count: different))
    }

    /// Leaves one of equal keys each, at the front, and writes how many there were; returns how many are left.
    private func merge(_ sorted: UnsafeMutablePointer<UInt64>, _ count: Int, _ counts: UnsafeMutablePointer<Double>) -> Int {
        var different = 0
        var place = 0
        while place < count {
            let (key, first) = (sorted[place], place)
            while place < count && sorted[place] == key { place &+= 1 }
            sorted[different] = key
            counts[different] = Double(place &- first)
            different &+= 1
        }
        return different
    }
}
