/// What a word is told by: short words are the same when their keys are, longer ones may be.
struct WordKey: Equatable {
    /// Bytes that a key holds.
    static let size = 16

    /// The bytes of a word of up to sixteen, zeros behind them; of a longer one what its bytes were folded to.
    private let (low, high): (UInt64, UInt64)
    /// Twice the length, and one more for a missing mark in quotes.
    private let tag: UInt64

    /// The key of any word; loads nothing behind it.
    @inline(__always)
    init(_ bytes: UnsafePointer<UInt8>, _ length: Int, quotedMark: Bool) {
        tag = UInt64(truncatingIfNeeded: length &* 2) | (quotedMark ? 1 : 0)
        if length <= WordKey.size {
            (low, high) = WordKey.halves(bytes, length)
        } else if length <= 2 * WordKey.size {
            let rest = WordKey.halves(bytes + WordKey.size, length - WordKey.size)
            (low, high) = WordKey.folded(bytes, rest.low, rest.high)
        } else {
            (low, high) = WordKey.folded(bytes, length)
        }
    }

    /// The same key for a word that is no missing mark in quotes; loads up to 32 bytes from its first one on, and has no branch where it can.
    @inline(__always)
    init(field bytes: UnsafePointer<UInt8>, _ length: Int) {
        tag = UInt64(truncatingIfNeeded: length &* 2)
        if length <= WordKey.size {
            (low, high) = WordKey.loadedHalves(bytes, length)
        } else if length <= 2 * WordKey.size {
            let rest = WordKey.loadedHalves(bytes + WordKey.size, length &- WordKey.size)
            (low, high) = WordKey.folded(bytes, rest.low, rest.high)
        } else {
            (low, high) = WordKey.folded(bytes, length)
        }
    }

    @inline(__always)
    static func == (a: WordKey, b: WordKey) -> Bool { (a.low ^ b.low) | (a.high ^ b.high) | (a.tag ^ b.tag) == 0 }

    @inline(__always)
    var hash: UInt32 {
        let state = WordKey.fold(low ^ tag &* 0x9E37_79B9_7F4A_7C15, high ^ 0xA076_1D64_78BD_642F)
        return UInt32(truncatingIfNeeded: state ^ state >> 32)
    }

    /// Up to sixteen bytes in two words.
    @inline(__always)
    private static func halves(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> (low: UInt64, high: UInt64) {
        guard length >= 8 else { return (EightBytes.few(bytes, length), 0) }
        // The last eight bytes overlap the first ones, which are moved out.
        let last = EightBytes.load(bytes + length - 8)
        return (EightBytes.load(bytes), length == 8 ? 0 : last >> UInt64(truncatingIfNeeded: (16 - length) * 8))
    }

    /// Up to sixteen bytes, of which sixteen may be loaded.
    @inline(__always)
    private static func loadedHalves(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> (low: UInt64, high: UInt64) {
        let all = ~UInt64(0)
        // Shifted by as many bits as there are, or more, nothing is left.
        let low = length >= 8 ? all : EightBytes.mask(length)
        let high = length >= 16 ? all : length > 8 ? EightBytes.mask(length &- 8) : 0
        return (EightBytes.load(bytes) & low, EightBytes.load(bytes + 8) & high)
    }

    /// Sixteen bytes and the rest of the word.
    @inline(__always)
    private static func folded(_ bytes: UnsafePointer<UInt8>, _ low: UInt64, _ high: UInt64) -> (UInt64, UInt64) {
        let first = fold(EightBytes.load(bytes) ^ 0x9E37_79B9_7F4A_7C15, EightBytes.load(bytes + 8) ^ 0xA076_1D64_78BD_642F)
        return (first, fold(low ^ 0xE703_7ED1_A0B4_28DB, high ^ 0x8EBC_6AF0_9C88_C6E3))
    }

    /// A word of any length from nine on, the last eight bytes overlapping.
    @inline(never)
    private static func folded(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> (UInt64, UInt64) {
        var state: UInt64 = 0
        var place = 0
        while place + 8 < length {
            state = fold(state ^ EightBytes.load(bytes + place), 0xA076_1D64_78BD_642F)
            place += 8
        }
        return (fold(state ^ EightBytes.load(bytes + length - 8), 0xA076_1D64_78BD_642F), 0)
    }

    /// Both halves of a product.
    @inline(__always)
    private static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }
}
