import RondoKernels

/// Makes UTF-8 of the bytes of a text file.
enum TextEncoding {
    /// What stands at the beginning of a file.
    enum Mark { case utf8, utf16Little, utf16Big, none }

    static func mark(_ bytes: UnsafeRawBufferPointer) -> Mark {
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { return .utf8 }
        if bytes.count >= 2, bytes[0] == 0xFF, bytes[1] == 0xFE { return .utf16Little }
        if bytes.count >= 2, bytes[0] == 0xFE, bytes[1] == 0xFF { return .utf16Big }
        return .none
    }

    /// The UTF-8 text of a file as a new buffer with its finding; nil when the bytes are UTF-8 already.
    static func decoded(_ bytes: UnsafeRawBufferPointer, encoding: String?, name: String) throws -> (text: [UInt8], finding: Finding)? {
        let mark = mark(bytes)
        switch encoding?.lowercased() {
        case nil:
            switch mark {
            case .utf16Little:
                return (utf16(bytes, bigEndian: false, from: 2), Finding("encoding", "UTF-16 (little endian), as its first bytes say"))
            case .utf16Big:
                return (utf16(bytes, bigEndian: true, from: 2), Finding("encoding", "UTF-16 (big endian), as its first bytes say"))
            default: return nil
            }
        case "utf-8", "utf8": return nil
        case "utf-16", "utf-16le":
            return (utf16(bytes, bigEndian: mark == .utf16Big, from: mark == .none ? 0 : 2), Finding("encoding", "UTF-16"))
        case "utf-16be": return (utf16(bytes, bigEndian: true, from: mark == .none ? 0 : 2), Finding("encoding", "UTF-16"))
        case "latin-1", "latin1", "iso-8859-1": return (oneByte(bytes, high: nil), Finding("encoding", "Latin-1"))
        case "windows-1252", "cp1252": return (oneByte(bytes, high: windows1252), Finding("encoding", "Windows-1252"))
        case .some(let word): throw ReadFault.unknownEncoding(word)
        }
    }

    /// UTF-16 as UTF-8; a lone surrogate or odd last byte becomes U+FFFD.
    static func utf16(_ bytes: UnsafeRawBufferPointer, bigEndian: Bool, from start: Int) -> [UInt8] {
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        var place = start
        while place + 1 < bytes.count {
            let low = UInt16(bytes[bigEndian ? place + 1 : place])
            let high = UInt16(bytes[bigEndian ? place : place + 1])
            units.append(high << 8 | low)
            place += 2
        }
        if place < bytes.count { units.append(0xFFFD) }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    /// The characters 0x80 to 0x9F of Windows-1252, WHATWG Encoding Standard; the five unassigned ones stay control characters.
    private static let windows1252: [UInt32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
        0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
    ]

    private static func oneByte(_ bytes: UnsafeRawBufferPointer, high: [UInt32]?) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + bytes.count / 8)
        for byte in bytes {
            guard byte >= 0x80 else { result.append(byte); continue }
            let value = if let high, byte < 0xA0 { high[Int(byte) - 0x80] } else { UInt32(byte) }
            if value < 0x800 {
                result.append(UInt8(truncatingIfNeeded: 0xC0 | value >> 6))
            } else {
                result.append(UInt8(truncatingIfNeeded: 0xE0 | value >> 12))
                result.append(UInt8(truncatingIfNeeded: 0x80 | (value >> 6 & 0x3F)))
            }
            result.append(UInt8(truncatingIfNeeded: 0x80 | (value & 0x3F)))
        }
        return result
    }

    /// Offset of the first byte that is not valid UTF-8, or that is zero; nil when all is well.
    ///
    /// Table 3-7 of the Unicode Standard: well-formed byte sequences.
    static func firstFlaw(_ base: UnsafePointer<UInt8>, _ range: Range<Int>) -> Int? {
        var place = range.lowerBound
        let limit = range.upperBound
        while place < limit {
            if place + 8 <= limit {
                let word = UnsafeRawPointer(base + place).loadUnaligned(as: UInt64.self)
                // No byte has its high bit, and none is zero (exact when no high bit is set).
                if word & 0x8080_8080_8080_8080 == 0, (word &- 0x0101_0101_0101_0101) & 0x8080_8080_8080_8080 == 0 {
                    place += 8
                    continue
                }
            }
            let first = base[place]
            if first < 0x80 {
                if first == 0 { return place }
                place += 1
                continue
            }
            let length = sequenceLength(base + place, limit - place)
            guard length > 0 else { return place }
            place += length
        }
        return nil
    }

    /// Length of the well-formed sequence of two to four bytes that begins here, 0 when there is none.
    private static func sequenceLength(_ bytes: UnsafePointer<UInt8>, _ available: Int) -> Int {
        let first = bytes[0]
        let length = first >= 0xC2 && first < 0xE0 ? 2 : first >= 0xE0 && first < 0xF0 ? 3 : first >= 0xF0 && first < 0xF5 ? 4 : 0
        guard length > 0, available >= length else { return 0 }
        let second = bytes[1]
        let lowest: UInt8 = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80
        let highest: UInt8 = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF
        guard second >= lowest, second <= highest else { return 0 }
        for place in 2..<max(length, 2) where bytes[place] & 0xC0 != 0x80 { return 0 }
        return length
    }
}
