/// The Philox 4x32-10 counter-based generator: a keyed bijection of 128-bit counters.
///
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11 (2011).
public enum Philox4x32 {
    /// Four 32-bit words: a counter or the random words it is turned into.
    public typealias Block = (UInt32, UInt32, UInt32, UInt32)

    /// The random block of one counter under one key.
    @inlinable
    public static func block(counter: Block, key: (UInt32, UInt32)) -> Block {
        var (c0, c1, c2, c3) = counter
        var (k0, k1) = key
        for _ in 0..<10 {
            let first = UInt64(c0) &* 0xD251_1F53
            let second = UInt64(c2) &* 0xCD9E_8D57
            let next0 = UInt32(truncatingIfNeeded: second >> 32) ^ c1 ^ k0
            let next2 = UInt32(truncatingIfNeeded: first >> 32) ^ c3 ^ k1
            c1 = UInt32(truncatingIfNeeded: second)
            c3 = UInt32(truncatingIfNeeded: first)
            c0 = next0
            c2 = next2
            k0 = k0 &+ 0x9E37_79B9
            k1 = k1 &+ 0xBB67_AE85
        }
        return (c0, c1, c2, c3)
    }
}
