import RondoKernels

/// Makes UTF-8 of the bytes of a text file.
enum TextEncoding {
    /// What stands at the beginning of a file.
    enum Mark { case utf8, utf16Little, utf16Big, utf32Little, utf32Big, none }

    static func mark(_ bytes: UnsafeRawBufferPointer) -> Mark {
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { return .utf8 }
        if bytes.count >= 4, bytes[0] == 0xFF, bytes[1] == 0xFE, bytes[2] == 0, bytes[3] == 0 { return .utf32Little }
        if bytes.count >= 4, bytes[0] == 0, bytes[1] == 0, bytes[2] == 0xFE, bytes[3] == 0xFF { return .utf32Big }
        if bytes.count >= 2, bytes[0] == 0xFF, bytes[1] == 0xFE { return .utf16Little }
        if bytes.count >= 2, bytes[0] == 0xFE, bytes[1] == 0xFF { return .utf16Big }
        return .none
    }

    /// The UTF-8 text of a file as a new buffer with its finding; nil when the bytes are UTF-8 already, or nothing says what they are.
    static func decoded(_ bytes: UnsafeRawBufferPointer, encoding: String?, name: String) throws -> (text: [UInt8], finding: Finding)? {
        let mark = mark(bytes)
        switch encoding?.lowercased() {
        case nil: return try marked(bytes, mark, name)
        case "utf-8", "utf8": return nil
        case "utf-16", "utf-16le", "utf16", "utf16le":
            let isBig = encoding?.lowercased().hasSuffix("le") == false && mark == .utf16Big
            return (try utf16(bytes, bigEndian: isBig, from: start(mark), name), Finding("encoding", "UTF-16"))
        case "utf-16be", "utf16be": return (try utf16(bytes, bigEndian: true, from: start(mark), name), Finding("encoding", "UTF-16"))
        case "utf-32", "utf-32le", "utf32", "utf32le":
            let isBig = encoding?.lowercased().hasSuffix("le") == false && mark == .utf32Big
            return (try utf32(bytes, bigEndian: isBig, from: start(mark), name), Finding("encoding", "UTF-32"))
        case "utf-32be", "utf32be": return (try utf32(bytes, bigEndian: true, from: start(mark), name), Finding("encoding", "UTF-32"))
        case "latin-1", "latin1", "iso-8859-1": return (oneByte(bytes, high: nil), Finding("encoding", "Latin-1"))
        case "windows-1252", "cp1252": return (oneByte(bytes, high: windows1252), Finding("encoding", "Windows-1252"))
        case .some(let word): return (try SystemEncoding.decoded(bytes, encoding: word, name: name), Finding("encoding", word))
        }
    }

    /// Bytes of the mark at the beginning.
    private static func start(_ mark: Mark) -> Int {
        switch mark {
        case .none, .utf8: 0
        case .utf16Little, .utf16Big: 2
        case .utf32Little, .utf32Big: 4
        }
    }

    /// What the first bytes say, or the zero bytes of plain letters in UTF-16.
    private static func marked(_ bytes: UnsafeRawBufferPointer, _ mark: Mark, _ name: String) throws -> (text: [UInt8], finding: Finding)? {
        func said(_ what: String) -> Finding { Finding("encoding", "\(what), as its first bytes say") }
        switch mark {
        case .utf16Little: return (try utf16(bytes, bigEndian: false, from: 2, name), said("UTF-16 (little endian)"))
        case .utf16Big: return (try utf16(bytes, bigEndian: true, from: 2, name), said("UTF-16 (big endian)"))
        case .utf32Little: return (try utf32(bytes, bigEndian: false, from: 4, name), said("UTF-32 (little endian)"))
        case .utf32Big: return (try utf32(bytes, bigEndian: true, from: 4, name), said("UTF-32 (big endian)"))
        case .utf8: return nil
        case .none:
            guard bytes.count >= 8, bytes.count % 2 == 0 else { return nil }
            var zeros = (even: 0, odd: 0)
            let sample = min(bytes.count, 4096)
            for place in 0..<sample where bytes[place] == 0 { if place % 2 == 0 { zeros.even += 1 } else { zeros.odd += 1 } }
            // Plain letters have a zero in every pair, nearly always on the same side.
            guard max(zeros.even, zeros.odd) * 5 >= sample * 2, min(zeros.even, zeros.odd) * 10 <= max(zeros.even, zeros.odd) else {
                return nil
            }
            let isBig = zeros.even > zeros.odd
            let what = "UTF-16 (\(isBig ? "big" : "little") endian), as its zero bytes say"
            return (try utf16(bytes, bigEndian: isBig, from: 0, name), Finding("encoding", what))
        }
    }

    /// UTF-16 as UTF-8; a lone surrogate or odd last byte is a fault with its place.
    static func utf16(_ bytes: UnsafeRawBufferPointer, bigEndian: Bool, from start: Int, _ name: String) throws -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count / 2 + bytes.count / 8)
        var place = start
        func unit(_ place: Int) -> UInt32 {
            let (first, second) = (UInt32(bytes[place]), UInt32(bytes[place + 1]))
            return bigEndian ? first << 8 | second : second << 8 | first
        }
        while place + 1 < bytes.count {
            var scalar = unit(place)
            var length = 2
            if scalar >= 0xD800, scalar < 0xE000 {
                guard scalar < 0xDC00, place + 3 < bytes.count, case let low = unit(place + 2), low >= 0xDC00, low < 0xE000 else {
                    throw ReadFault.brokenText(name, encoding: "UTF-16", byte: place + 1)
                }
                scalar = 0x10000 + (scalar - 0xD800) << 10 + (low - 0xDC00)
                length = 4
            }
            JSONText.append(scalar, to: &result)
            place += length
        }
        guard place == bytes.count else { throw ReadFault.brokenText(name, encoding: "UTF-16", byte: bytes.count) }
        return result
    }

    /// UTF-32 as UTF-8; a number that is no character is a fault with its place.
    static func utf32(_ bytes: UnsafeRawBufferPointer, bigEndian: Bool, from start: Int, _ name: String) throws -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count / 3)
        var place = start
        while place + 3 < bytes.count {
            let raw = bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)
            let scalar = bigEndian ? UInt32(bigEndian: raw) : UInt32(littleEndian: raw)
            guard Unicode.Scalar(scalar) != nil else { throw ReadFault.brokenText(name, encoding: "UTF-32", byte: place + 1) }
            JSONText.append(scalar, to: &result)
            place += 4
        }
        guard place == bytes.count else { throw ReadFault.brokenText(name, encoding: "UTF-32", byte: bytes.count) }
        return result
    }

    /// The characters 0x80 to 0x9F of Windows-1252, WHATWG Encoding Standard; the five unassigned ones stay control characters.
    static let windows1252: [UInt32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
        0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
    ]

    /// Text of one byte a character as UTF-8; `high` are the characters of 0x80 to 0x9F.
    static func oneByte(_ bytes: UnsafeRawBufferPointer, high: [UInt32]?) -> [UInt8] {
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
            // Most text is plain: no byte has its high bit, and none is zero.
            place += FieldEnds.plainLength(base + place, limit - place)
            if place + 8 <= limit {
                let word = UnsafeRawPointer(base + place).loadUnaligned(as: UInt64.self)
                // Exact when no high bit is set.
                if word & EightBytes.highs == 0, (word &- EightBytes.ones) & EightBytes.highs == 0 {
                    place += 8
                    continue
                }
            }
            guard place < limit else { break }
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
