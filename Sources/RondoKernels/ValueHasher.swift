/// A fixed 64-bit hash of a sequence of typed values, the same on every machine and in every run.
///
/// A value is a word of 64 bits that tells its kind, then words with its content; the bytes of all words, lowest first, are hashed by
/// XXH64 with seed 0 (Collet, xxHash specification 0.1.1). Not cryptographic: it finds accidents, not forgeries.
public struct ValueHasher: Sendable {
    private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
    private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
    private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
    private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
    private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

    private var lanes: (UInt64, UInt64, UInt64, UInt64)
    private var pending: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    private var wordCount: UInt64 = 0

    /// A hasher that has taken nothing yet.
    public init() {
        lanes = (Self.prime1 &+ Self.prime2, Self.prime2, 0, 0 &- Self.prime1)
    }

    /// Takes a number; -0 counts as 0, and every NaN as the same.
    public mutating func combine(_ value: Double) {
        combine(word: 1)
        combine(word: value.isNaN ? Double.nan.bitPattern : (value == 0 ? 0 : value.bitPattern))
    }

    /// Takes a whole number.
    public mutating func combine(_ value: Int64) {
        combine(word: 2)
        combine(word: UInt64(bitPattern: value))
    }

    /// Takes the UTF-8 bytes of a text and their number.
    public mutating func combine(_ value: String) {
        combine(word: 3)
        combine(word: UInt64(value.utf8.count))
        var word: UInt64 = 0
        var filled: UInt64 = 0
        for byte in value.utf8 {
            word |= UInt64(byte) << (filled * 8)
            filled += 1
            if filled == 8 {
                combine(word: word)
                (word, filled) = (0, 0)
            }
        }
        if filled > 0 { combine(word: word) }
    }

    /// Takes a truth value.
    public mutating func combine(_ value: Bool) { combine(word: value ? 5 : 4) }

    /// Takes a mark that tells kinds of content apart.
    public mutating func combine(tag: UInt8) { combine(word: 6 | UInt64(tag) << 8) }

    /// Takes 64 bits as they are.
    public mutating func combine(word: UInt64) {
        switch wordCount & 3 {
        case 0: pending.0 = word
        case 1: pending.1 = word
        case 2: pending.2 = word
        default:
            lanes.0 = Self.round(lanes.0, pending.0)
            lanes.1 = Self.round(lanes.1, pending.1)
            lanes.2 = Self.round(lanes.2, pending.2)
            lanes.3 = Self.round(lanes.3, word)
        }
        wordCount &+= 1
    }

    private static func rotate(_ value: UInt64, _ count: UInt64) -> UInt64 { value << count | value >> (64 - count) }

    private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 { rotate(lane &+ word &* prime2, 31) &* prime1 }

    /// The hash of everything taken so far.
    public var value: UInt64 {
        var hash = Self.prime5
        if wordCount >= 4 {
            hash = Self.rotate(lanes.0, 1) &+ Self.rotate(lanes.1, 7) &+ Self.rotate(lanes.2, 12) &+ Self.rotate(lanes.3, 18)
            for lane in [lanes.0, lanes.1, lanes.2, lanes.3] {
                hash = (hash ^ Self.round(0, lane)) &* Self.prime1 &+ Self.prime4
            }
        }
        hash = hash &+ wordCount &* 8
        for word in [pending.0, pending.1, pending.2].prefix(Int(wordCount & 3)) {
            hash = Self.rotate(hash ^ Self.round(0, word), 27) &* Self.prime1 &+ Self.prime4
        }
        hash = (hash ^ (hash >> 33)) &* Self.prime2
        hash = (hash ^ (hash >> 29)) &* Self.prime3
        return hash ^ (hash >> 32)
    }

    /// Both halves of the hash folded into eight hexadecimal digits.
    public var hex8: String {
        let folded = UInt32(truncatingIfNeeded: value ^ (value >> 32))
        return Hexadecimal.text([24, 16, 8, 0].map { UInt8(truncatingIfNeeded: folded >> $0) })
    }
}
