/// A node of a forest in eight bytes.
struct ForestNode: Sendable, Hashable {
    /// The left child (the right one follows it), or the place in the table of category splits, or the number of the leaf.
    var link: UInt32
    var feature: UInt16
    /// Codes up to this one go left.
    var code: UInt8
    var flags: UInt8

    static let leafFlag: UInt8 = 1
    static let categoryFlag: UInt8 = 2
    static let missingLeftFlag: UInt8 = 4

    var isLeaf: Bool { flags & ForestNode.leafFlag != 0 }
    var isCategory: Bool { flags & ForestNode.categoryFlag != 0 }

    static func leaf(_ number: Int) -> ForestNode {
        ForestNode(link: UInt32(truncatingIfNeeded: number), feature: 0, code: 0, flags: leafFlag)
    }

    var packed: Int64 {
        Int64(bitPattern: UInt64(link) | UInt64(feature) << 32 | UInt64(code) << 48 | UInt64(flags) << 56)
    }

    init(link: UInt32, feature: UInt16, code: UInt8, flags: UInt8) {
        self.link = link
        self.feature = feature
        self.code = code
        self.flags = flags
    }

    init(packed: Int64) {
        let bits = UInt64(bitPattern: packed)
        link = UInt32(truncatingIfNeeded: bits)
        feature = UInt16(truncatingIfNeeded: bits >> 32)
        code = UInt8(truncatingIfNeeded: bits >> 48)
        flags = UInt8(truncatingIfNeeded: bits >> 56)
    }
}

/// A set of codes from 0 to 255.
struct CodeSet: Sendable, Hashable {
    var words = SIMD4<UInt64>.zero

    func contains(_ code: UInt8) -> Bool { words[Int(code >> 6)] & (1 << UInt64(code & 63)) != 0 }
    mutating func insert(_ code: UInt8) { words[Int(code >> 6)] |= 1 << UInt64(code & 63) }
    mutating func remove(_ code: UInt8) { words[Int(code >> 6)] &= ~(1 << UInt64(code & 63)) }
}

/// A split of categories: the codes of the set go left.
struct CategorySplit: Sendable, Hashable {
    var left: UInt32
    var codes: CodeSet
}
