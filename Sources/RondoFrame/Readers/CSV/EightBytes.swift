/// Work on eight bytes of text at a time (Mycroft, Lamport: bytes in a word; little-endian).
enum EightBytes {
    static let ones: UInt64 = 0x0101_0101_0101_0101
    static let highs: UInt64 = 0x8080_8080_8080_8080
    /// Eight points.
    static let points: UInt64 = 0x2E2E_2E2E_2E2E_2E2E

    @inline(__always)
    static func load(_ bytes: UnsafePointer<UInt8>) -> UInt64 {
        UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
    }

    /// Fewer than eight bytes, zeros behind them; loads nothing else.
    @inline(__always)
    static func few(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
        guard count > 0 else { return 0 }
        guard count < 4 else {
            let raw = UnsafeRawPointer(bytes)
            let last = UInt64(UInt32(littleEndian: (raw + count - 4).loadUnaligned(as: UInt32.self)))
            return UInt64(UInt32(littleEndian: raw.loadUnaligned(as: UInt32.self))) | last << UInt64(truncatingIfNeeded: (count - 4) * 8)
        }
        let (middle, end) = (count >> 1, count - 1)
        return UInt64(bytes[0]) | UInt64(bytes[middle]) << UInt64(truncatingIfNeeded: middle * 8)
            | UInt64(bytes[end]) << UInt64(truncatingIfNeeded: end * 8)
    }

    /// The high bit of the bytes that are zero; exact up to the first of them.
    @inline(__always)
    static func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & highs }

    /// The first byte that is zero, 8 when none is.
    @inline(__always)
    static func firstZero(_ word: UInt64) -> Int { zeros(word).trailingZeroBitCount >> 3 }

    /// All bits of the first `count` bytes, 0 to 7.
    @inline(__always)
    static func mask(_ count: Int) -> UInt64 { 1 &<< UInt64(truncatingIfNeeded: count &* 8) &- 1 }

    /// The high bit of the bytes that are no digits.
    @inline(__always)
    private static func others(_ word: UInt64) -> UInt64 {
        let low = word ^ 0x3030_3030_3030_3030
        // A byte above nine, or one with its high bit, is no digit.
        return (((low & ~highs) &+ 0x7676_7676_7676_7676) | low) & highs
    }

    /// How many of the first bytes are digits.
    @inline(__always)
    static func digitCount(_ word: UInt64) -> Int { others(word).trailingZeroBitCount >> 3 }

    /// Whether the first `count` bytes, 1 to 8, are digits.
    @inline(__always)
    static func areDigits(_ word: UInt64, _ count: Int) -> Bool { others(word) &<< UInt64(truncatingIfNeeded: (8 &- count) &* 8) == 0 }

    /// The number that the first `count` bytes are, 1 to 8 digits.
    @inline(__always)
    static func number(_ word: UInt64, _ count: Int) -> UInt64 {
        var value = (word &- 0x3030_3030_3030_3030) &<< UInt64(truncatingIfNeeded: (8 &- count) &* 8)
        value = value &* 10 &+ value >> 8
        let pairs: UInt64 = 0x0000_00FF_0000_00FF
        return ((value & pairs) &* 0x000F_4240_0000_0064 &+ (value >> 16 & pairs) &* 0x0000_2710_0000_0001) >> 32
    }

    /// Ten to the power of 0 to 8.
    @inline(__always)
    static func power(_ exponent: Int) -> UInt64 {
        switch exponent {
        case 0: 1
        case 1: 10
        case 2: 100
        case 3: 1000
        case 4: 10_000
        case 5: 100_000
        case 6: 1_000_000
        case 7: 10_000_000
        default: 100_000_000
        }
    }
}
