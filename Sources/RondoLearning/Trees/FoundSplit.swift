/// A split of one node.
struct FoundSplit: Sendable {
    /// Decrease of impurity or loss, in the units of the histograms.
    var score: Double
    var feature = 0
    /// Codes up to this one go left; for categories unused.
    var code: UInt8
    /// The next code that occurs in the node.
    var nextCode: UInt8 = 0
    /// The codes that go left, 255 for missing.
    var set: CodeSet
    var isCategory: Bool
    /// Sums of the left side, packed.
    var left: UInt64 = 0

    init(score: Double, code: UInt8, nextCode: UInt8 = 0, set: CodeSet, isCategory: Bool) {
        self.score = score
        self.code = code
        self.nextCode = nextCode
        self.set = set
        self.isCategory = isCategory
    }

    @inline(__always)
    func goesLeft(_ code: UInt8) -> Bool {
        if isCategory || code == FeatureBins.missing { return set.contains(code) }
        return code <= self.code
    }

    /// The same split with another score and side for missing values.
    func with(score: Double, isMissingLeft: Bool) -> FoundSplit {
        var copy = self
        copy.score = score
        if isMissingLeft { copy.set.insert(FeatureBins.missing) } else { copy.set.remove(FeatureBins.missing) }
        return copy
    }

    /// For each of the 256 codes 1 (left) or 0 (right).
    var sides: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 256) { buffer, count in
            if let base = buffer.baseAddress { write(to: base) }
            count = 256
        }
    }

    /// Writes for each of the 256 codes 1 (left) or 0 (right).
    func write(to side: UnsafeMutablePointer<UInt8>) {
        if isCategory {
            for word in 0..<4 {
                let bits = set.words[word]
                for bit in 0..<64 { side[word << 6 | bit] = UInt8(truncatingIfNeeded: bits &>> UInt64(bit)) & 1 }
            }
            return
        }
        // Eight codes a word: bytes of 1 for those up to the last on the left.
        let end = Int(code) + 1
        for word in 0..<32 {
            let inside = min(max(end - word << 3, 0), 8)
            let mask: UInt64 = inside == 8 ? .max : 1 << UInt64(inside << 3) - 1
            let ones = mask & 0x0101_0101_0101_0101
            UnsafeMutableRawPointer(side).storeBytes(of: ones.littleEndian, toByteOffset: word << 3, as: UInt64.self)
        }
        side[255] = set.contains(FeatureBins.missing) ? 1 : 0
    }
}
