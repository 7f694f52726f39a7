/// A stream of random numbers that is fixed by seed, purpose and unit, and by nothing else.
///
/// The key is the seed mixed with the purpose; the upper half of the counter is the unit (tree, fold, row block), the lower half
/// counts blocks.
/// A stream is 2^66 bytes long, and streams of different units never overlap.
public struct RandomStream: RandomNumberGenerator, Sendable {
    /// Name and version of what turns a seed into numbers; it changes whenever a number would.
    public static let generatorName = "philox4x32-10/1"

    @usableFromInline let key: (UInt32, UInt32)
    @usableFromInline let unit: (UInt32, UInt32)
    @usableFromInline var position: UInt64 = 0
    @usableFromInline var words: SIMD4<UInt32> = .zero
    @usableFromInline var unused = 0
    @usableFromInline var spareNormal: Double?

    /// The stream of a unit of work; `purpose` names what the numbers are for.
    public init(seed: UInt64, purpose: String, unit: UInt64 = 0) {
        let mixed = RandomStream.finalMix(seed ^ RandomStream.finalMix(RandomStream.purposeHash(purpose)))
        key = (UInt32(truncatingIfNeeded: mixed), UInt32(truncatingIfNeeded: mixed >> 32))
        self.unit = (UInt32(truncatingIfNeeded: unit), UInt32(truncatingIfNeeded: unit >> 32))
    }

    private init(key: (UInt32, UInt32), unit: UInt64) {
        self.key = key
        self.unit = (UInt32(truncatingIfNeeded: unit), UInt32(truncatingIfNeeded: unit >> 32))
    }

    /// The stream of another unit for the same seed and purpose, from its beginning.
    public func stream(unit: UInt64) -> RandomStream { RandomStream(key: key, unit: unit) }

    /// FNV-1a, 64 bits, over the UTF-8 bytes (Fowler, Noll, Vo).
    public static func purposeHash(_ purpose: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in purpose.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return hash
    }

    /// A bijection of 64 bits in which every input bit moves half of the output bits (the finaliser of SplitMix64, Steele et al. 2014).
    static func finalMix(_ value: UInt64) -> UInt64 {
        var mixed = value &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    @usableFromInline
    mutating func refill() {
        let counter = (UInt32(truncatingIfNeeded: position), UInt32(truncatingIfNeeded: position >> 32), unit.0, unit.1)
        let block = Philox4x32.block(counter: counter, key: key)
        words = SIMD4(block.0, block.1, block.2, block.3)
        position = position &+ 1
        unused = 4
    }

    /// The next 32 random bits.
    @inlinable
    public mutating func nextUInt32() -> UInt32 {
        if unused == 0 { refill() }
        unused &-= 1
        return words[3 &- unused]
    }

    /// The next 64 random bits; the first word drawn is the lower half.
    @inlinable
    public mutating func nextUInt64() -> UInt64 {
        let low = UInt64(nextUInt32())
        return low | UInt64(nextUInt32()) << 32
    }

    /// The next 64 random bits, for the standard library.
    @inlinable
    public mutating func next() -> UInt64 { nextUInt64() }

    /// A number in [0, 1) with 53 random bits.
    @inlinable
    public mutating func uniform() -> Double { Double(nextUInt64() >> 11) * 0x1p-53 }

    /// A number in (0, 1) with 52 random bits, never 0: safe for logarithms.
    @inlinable
    public mutating func uniformOpen() -> Double { (Double(nextUInt64() >> 12) + 0.5) * 0x1p-52 }

    /// A whole number in 0..<bound, each equally likely; 0 when the bound is 0 (Lemire 2019).
    @inlinable
    public mutating func uniform(below bound: UInt64) -> UInt64 {
        guard bound > 1 else { return 0 }
        var product = nextUInt64().multipliedFullWidth(by: bound)
        if product.low < bound {
            let threshold = (0 &- bound) % bound
            while product.low < threshold { product = nextUInt64().multipliedFullWidth(by: bound) }
        }
        return product.high
    }

    /// A whole number in 0..<bound, each equally likely; 0 when the bound is not positive.
    @inlinable
    public mutating func uniform(below bound: Int) -> Int {
        bound <= 1 ? 0 : Int(truncatingIfNeeded: uniform(below: UInt64(bound)))
    }
}
