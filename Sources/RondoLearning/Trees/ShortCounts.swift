/// Whole numbers, mostly small ones, as seven bits a byte: the lowest first, with the top bit set while more follow (LEB128).
enum ShortCounts {
    /// Nil when one of them is negative or no whole number below 2^53.
    static func bytes(_ counts: [Double]) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(counts.count)
        for count in counts {
            guard count >= 0, count < 0x1p53, count == count.rounded() else { return nil }
            var rest = UInt64(count)
            while rest >= 128 {
                bytes.append(UInt8(truncatingIfNeeded: rest) | 128)
                rest >>= 7
            }
            bytes.append(UInt8(truncatingIfNeeded: rest))
        }
        return bytes
    }

    /// The numbers again; bytes that `bytes` does not write give other numbers, never a trap.
    static func counts(_ bytes: [UInt8]) -> [Double] {
        var counts: [Double] = []
        var rest: UInt64 = 0
        var shift: UInt64 = 0
        for byte in bytes {
            rest |= UInt64(byte & 127) << shift
            shift += 7
            guard byte < 128 else { continue }
            counts.append(Double(rest))
            (rest, shift) = (0, 0)
        }
        return counts
    }
}
