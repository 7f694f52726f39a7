/// Sorting of unsigned keys by their digits, without comparisons.
public enum RadixSort {
    private static let digitBits: UInt64 = 11
    private static let digitCount = 6
    private static let bucketCount = 1 << 11

    /// Sorts keys in increasing order: from the lowest digit of 11 bits to the highest, digits equal in all keys skipped
    /// (Knuth, volume 3, 5.2.5).
    public static func sort(_ keys: inout [UInt64]) {
        guard keys.count >= 1024 else {
            keys.sort()
            return
        }
        let count = keys.count
        var scratch = [UInt64](unsafeUninitializedCapacity: count) { _, initialized in
            initialized = count
        }
        let isInScratch = keys.withUnsafeMutableBufferPointer { first in
            scratch.withUnsafeMutableBufferPointer { second in
                guard let first = first.baseAddress, let second = second.baseAddress else { return false }
                return sort(first, count: count, spare: second).sorted == second
            }
        }
        if isInScratch { swap(&keys, &scratch) }
    }

    /// The same in memory of the caller, `count` keys and room for as many; returns which of the two then holds the keys.
    public static func sort(
        _ keys: UnsafeMutablePointer<UInt64>, count: Int, spare: UnsafeMutablePointer<UInt64>
    ) -> (sorted: UnsafeMutablePointer<UInt64>, other: UnsafeMutablePointer<UInt64>) {
        guard count >= 1024 else {
            var few = UnsafeMutableBufferPointer(start: keys, count: count)
            few.sort()
            return (keys, spare)
        }
        var (source, target) = (keys, spare)
        withUnsafeTemporaryAllocation(of: Int.self, capacity: digitCount * bucketCount) { starts in
            starts.initialize(repeating: 0)
            guard let starts = starts.baseAddress else { return }
            tally(source, count, starts)
            for digit in 0..<digitCount {
                let sizes = starts + digit * bucketCount
                guard turnIntoStarts(sizes, count) else { continue }
                scatter(source, target, count, UInt64(digit) * digitBits, sizes)
                swap(&source, &target)
            }
        }
        return (source, target)
    }

    /// How often each value of each digit occurs.
    private static func tally(_ keys: UnsafePointer<UInt64>, _ count: Int, _ sizes: UnsafeMutablePointer<Int>) {
        for index in 0..<count {
            var key = keys[index]
            for digit in 0..<digitCount {
                sizes[digit * bucketCount + Int(truncatingIfNeeded: key & UInt64(bucketCount - 1))] &+= 1
                key >>= digitBits
            }
        }
    }

    /// Turns sizes into places of the first keys; false when all keys have the same digit.
    private static func turnIntoStarts(_ sizes: UnsafeMutablePointer<Int>, _ count: Int) -> Bool {
        var total = 0
        for bucket in 0..<bucketCount {
            let size = sizes[bucket]
            if size == count { return false }
            sizes[bucket] = total
            total &+= size
        }
        return true
    }

    private static func scatter(
        _ source: UnsafePointer<UInt64>, _ target: UnsafeMutablePointer<UInt64>, _ count: Int, _ shift: UInt64,
        _ starts: UnsafeMutablePointer<Int>
    ) {
        for index in 0..<count {
            let key = source[index]
            let bucket = Int(truncatingIfNeeded: (key &>> shift) & UInt64(bucketCount - 1))
            target[starts[bucket]] = key
            starts[bucket] &+= 1
        }
    }
}
