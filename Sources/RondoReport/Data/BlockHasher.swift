/// 64-bit FNV-1a (Fowler, Noll, Vo; offset basis 14695981039346656037, prime 1099511628211) folded to 32 bits by exclusive or.
///
/// It finds changes; it is no protection against somebody who wants a collision.
package struct BlockHasher: Sendable, Hashable {
    private var state: UInt64 = 14_695_981_039_346_656_037

    package init() {}

    package mutating func combine(byte: UInt8) {
        state = (state ^ UInt64(byte)) &* 1_099_511_628_211
    }

    /// Eight bytes, the lowest first.
    package mutating func combine(_ value: UInt64) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) { combine(byte: UInt8(truncatingIfNeeded: value >> shift)) }
    }

    /// The number of UTF-8 bytes, then the bytes.
    package mutating func combine(_ text: String) {
        combine(UInt64(text.utf8.count))
        for byte in text.utf8 { combine(byte: byte) }
    }

    /// The folded 32 bits.
    package var value: UInt32 { UInt32(truncatingIfNeeded: state ^ (state >> 32)) }
}
