/// Codes for keys in order of first appearance: a flat table where keys lie close together, a hash table elsewhere.
struct CodeTable: Sendable {
    private let least: UInt64
    private let isFlat: Bool
    /// Flat: the code of each key from the least on, -1 for none. Hashed: the code in each place, -1 for a free place.
    private var codes: [Int32]
    /// Hashed: the key of each code.
    private var keys: [UInt64] = []
    /// Hashed: the number of places is a power of two; this takes the upper bits of a product.
    private var shift: UInt64 = 0
    private(set) var count: Int32 = 0

    /// For keys from the least to the greatest, `count` of them looked up.
    init(least: UInt64, greatest: UInt64, count: Int) {
        self.least = least
        let width = greatest - min(least, greatest)
        isFlat = width < UInt64(max(65_536, 4 * count))
        codes = Array(repeating: -1, count: isFlat ? Int(width) + 1 : 1024)
        shift = 64 - 10
    }

    /// The code of a key between the least and the greatest, and whether it is seen for the first time.
    mutating func code(_ key: UInt64) -> (code: Int32, isNew: Bool) {
        var place = place(key)
        if isFlat {
            if codes[place] >= 0 { return (codes[place], false) }
        } else {
            while codes[place] >= 0 {
                if keys[Int(codes[place])] == key { return (codes[place], false) }
                place = (place + 1) & (codes.count - 1)
            }
            keys.append(key)
        }
        codes[place] = count
        count += 1
        if !isFlat, 2 * Int(count) > codes.count { grow() }
        return (count - 1, true)
    }

    /// The code of a key that was seen; -1 for others.
    func known(_ key: UInt64) -> Int32 {
        if isFlat {
            guard key >= least, key - least < UInt64(codes.count) else { return -1 }
            return codes[Int(key - least)]
        }
        var place = place(key)
        while codes[place] >= 0 {
            if keys[Int(codes[place])] == key { return codes[place] }
            place = (place + 1) & (codes.count - 1)
        }
        return -1
    }

    /// Where the search for a key begins: multiplicative hashing (Knuth, volume 3, 6.4), fixed, so that nothing depends on the run.
    @inline(__always)
    private func place(_ key: UInt64) -> Int {
        if isFlat { return Int(key - least) }
        return Int(((key ^ (key >> 32)) &* 0x9E37_79B9_7F4A_7C15) >> shift)
    }

    private mutating func grow() {
        shift -= 1
        codes = Array(repeating: -1, count: 2 * codes.count)
        for (code, key) in keys.enumerated() {
            var place = place(key)
            while codes[place] >= 0 { place = (place + 1) & (codes.count - 1) }
            codes[place] = Int32(code)
        }
    }
}
