/// A growable row of bits, 64 to a word; used as the mask of missing or valid values.
public struct Bitset: Hashable, Sendable {
    /// Number of bits.
    public private(set) var count: Int
    // Bits from `count` on are 0, so that equality and counting need no masks.
    @usableFromInline var words: [UInt64]

    /// `count` bits with the same value; a negative count is 0.
    public init(count: Int = 0, repeating value: Bool = false) {
        self.count = max(count, 0)
        words = [UInt64](repeating: value ? .max : 0, count: (self.count + 63) / 64)
        clearTail()
    }

    /// One bit for each element.
    public init(_ bits: some Sequence<Bool>) {
        self.init()
        for bit in bits { append(bit) }
    }

    /// Bits that are set where `condition` holds for the index.
    @inlinable
    public init(count: Int, where condition: (Int) -> Bool) {
        self.init(count: count)
        for index in 0..<self.count where condition(index) { words[index >> 6] |= 1 << UInt64(index & 63) }
    }

    private mutating func clearTail() {
        if count & 63 != 0 { words[words.count - 1] &= (1 << UInt64(count & 63)) - 1 }
    }

    /// The bit at an index; false outside of 0..<count.
    @inlinable
    public subscript(index: Int) -> Bool {
        get {
            guard index >= 0, index < count else { return false }
            return words[index >> 6] & (1 << UInt64(index & 63)) != 0
        }
        set {
            guard index >= 0, index < count else { return }
            let mask: UInt64 = 1 << UInt64(index & 63)
            if newValue { words[index >> 6] |= mask } else { words[index >> 6] &= ~mask }
        }
    }

    /// How many bits are set.
    public var popcount: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    /// Whether no bit is set.
    public var isAllFalse: Bool { words.allSatisfy { $0 == 0 } }

    /// Whether every bit is set; true when empty.
    public var isAllTrue: Bool { popcount == count }

    /// Adds one bit at the end.
    @inlinable
    public mutating func append(_ bit: Bool) {
        if count & 63 == 0 { words.append(0) }
        grow()
        if bit { self[count - 1] = true }
    }

    @usableFromInline
    mutating func grow() { count += 1 }

    /// Adds the bits of another set at the end.
    public mutating func append(contentsOf other: Bitset) {
        let shift = UInt64(count & 63)
        if shift == 0 {
            words.append(contentsOf: other.words)
        } else {
            for word in other.words {
                words[words.count - 1] |= word << shift
                words.append(word >> (64 - shift))
            }
        }
        count += other.count
        words.removeLast(words.count - (count + 63) / 64)
    }

    /// The bits at the given indices, in their order; false for an index outside of 0..<count.
    @inlinable
    public func gather(_ indices: [Int]) -> Bitset { Bitset(count: indices.count) { self[indices[$0]] } }

    /// The indices of the set bits, in increasing order.
    public var trueIndices: [Int] {
        var result = [Int]()
        result.reserveCapacity(popcount)
        for (place, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                result.append(place << 6 | rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
        return result
    }

    /// Each bit turned over.
    public static prefix func ~ (set: Bitset) -> Bitset {
        var result = set
        for index in result.words.indices { result.words[index] = ~result.words[index] }
        result.clearTail()
        return result
    }

    /// Bits set in both; the result is as long as the shorter one.
    public static func & (a: Bitset, b: Bitset) -> Bitset { combine(a, b) { $0 & $1 } }

    /// Bits set in at least one; the result is as long as the shorter one.
    public static func | (a: Bitset, b: Bitset) -> Bitset { combine(a, b) { $0 | $1 } }

    private static func combine(_ a: Bitset, _ b: Bitset, _ operation: (UInt64, UInt64) -> UInt64) -> Bitset {
        var result = Bitset(count: min(a.count, b.count))
        for index in result.words.indices { result.words[index] = operation(a.words[index], b.words[index]) }
        result.clearTail()
        return result
    }

    /// The words, 64 bits each, the first bit lowest, unused bits 0: for files and digests.
    public var rawWords: [UInt64] { words }

    /// A set from its words; nil when their number does not fit the count. Unused bits are cleared.
    public init?(count: Int, rawWords: [UInt64]) {
        guard count >= 0, rawWords.count == count / 64 + (count % 64 == 0 ? 0 : 1) else { return nil }
        self.count = count
        words = rawWords
        clearTail()
    }
}
