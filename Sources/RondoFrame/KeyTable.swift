/// Numbers 64-bit keys in order of first appearance.
package struct KeyTable: Sendable {
    package private(set) var keys: [UInt64] = []
    private var slots: [Int32]
    /// How many different keys there are.
    package var count: Int { keys.count }

    /// - Parameter capacity: keys that fit without growing.
    package init(capacity: Int) {
        var size = 64
        while size < capacity * 2 { size *= 2 }
        slots = Array(repeating: -1, count: size)
    }

    @inline(__always)
    private static func mixed(_ key: UInt64) -> UInt64 {
        let product = (key ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        return product.high ^ product.low
    }

    /// The number of a key, a new one when it is new.
    package mutating func code(_ key: UInt64) -> Int32 {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: KeyTable.mixed(key)) & mask
        while slots[slot] >= 0 {
            if keys[Int(slots[slot])] == key { return slots[slot] }
            slot = (slot + 1) & mask
        }
        let code = Int32(keys.count)
        slots[slot] = code
        keys.append(key)
        if keys.count * 2 > slots.count { grow() }
        return code
    }

    /// The number of a key, -1 when it is unknown.
    package func find(_ key: UInt64) -> Int32 {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: KeyTable.mixed(key)) & mask
        while slots[slot] >= 0 {
            if keys[Int(slots[slot])] == key { return slots[slot] }
            slot = (slot + 1) & mask
        }
        return -1
    }

    private mutating func grow() {
        slots = Array(repeating: -1, count: slots.count * 4)
        let mask = slots.count - 1
        for (code, key) in keys.enumerated() {
            var slot = Int(truncatingIfNeeded: KeyTable.mixed(key)) & mask
            while slots[slot] >= 0 { slot = (slot + 1) & mask }
            slots[slot] = Int32(code)
        }
    }
}
