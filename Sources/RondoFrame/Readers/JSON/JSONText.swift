/// Texts of JSON without their escapes, and values without blanks between.
enum JSONText {
    /// The value of four hexadecimal digits.
    static func hexadecimal(_ bytes: UnsafePointer<UInt8>) -> UInt32? {
        var value: UInt32 = 0
        for place in 0..<4 {
            let byte = bytes[place]
            let digit: UInt8
            switch byte {
            case ASCII.zero...ASCII.nine: digit = byte - ASCII.zero
            case 0x41...0x46: digit = byte - 0x41 + 10
            case 0x61...0x66: digit = byte - 0x61 + 10
            default: return nil
            }
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    /// Puts the text without escapes into `result`; returns how many lone surrogates became U+FFFD.
    static func unescape(_ bytes: UnsafePointer<UInt8>, _ count: Int, into result: inout [UInt8]) -> Int {
        result.removeAll(keepingCapacity: true)
        var place = 0
        var lone = 0
        while place < count {
            guard bytes[place] == 0x5C, place + 1 < count else {
                result.append(bytes[place])
                place += 1
                continue
            }
            switch bytes[place + 1] {
            case 0x62: result.append(8)
            case 0x66: result.append(12)
            case 0x6E: result.append(10)
            case 0x72: result.append(13)
            case 0x74: result.append(9)
            case 0x75:
                let (scalar, length) = scalar(bytes + place, count - place)
                if scalar == nil { lone += 1 }
                append(scalar ?? 0xFFFD, to: &result)
                place += length
                continue
            default: result.append(bytes[place + 1])
            }
            place += 2
        }
        return lone
    }

    /// The character of `\u0041` or of a pair of surrogates, nil for a lone one, and the length of what was read.
    private static func scalar(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> (value: UInt32?, length: Int) {
        guard count >= 6, let first = hexadecimal(bytes + 2) else { return (nil, 2) }
        guard first >= 0xD800, first < 0xE000 else { return (first, 6) }
        guard first < 0xDC00, count >= 12, bytes[6] == 0x5C, bytes[7] == 0x75, let second = hexadecimal(bytes + 8), second >= 0xDC00,
            second < 0xE000
        else { return (nil, 6) }
        return (0x10000 + (first - 0xD800) << 10 + (second - 0xDC00), 12)
    }

    /// A character in UTF-8.
    static func append(_ scalar: UInt32, to result: inout [UInt8]) {
        switch scalar {
        case 0..<0x80: result.append(UInt8(truncatingIfNeeded: scalar))
        case 0x80..<0x800: result.append(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
        case 0x800..<0x10000:
            result.append(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
            result.append(UInt8(truncatingIfNeeded: 0x80 | (scalar >> 6 & 0x3F)))
        default:
            result.append(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
            result.append(UInt8(truncatingIfNeeded: 0x80 | (scalar >> 12 & 0x3F)))
            result.append(UInt8(truncatingIfNeeded: 0x80 | (scalar >> 6 & 0x3F)))
        }
        if scalar >= 0x80 { result.append(UInt8(truncatingIfNeeded: 0x80 | (scalar & 0x3F))) }
    }

    /// A checked value without blanks between its parts.
    static func compact(_ bytes: UnsafePointer<UInt8>, _ count: Int, into result: inout [UInt8]) {
        result.removeAll(keepingCapacity: true)
        var place = 0
        while place < count {
            let byte = bytes[place]
            if byte == ASCII.quote {
                let start = place
                place += 1
                while place < count, bytes[place] != ASCII.quote { place += bytes[place] == 0x5C ? 2 : 1 }
                place = min(place + 1, count)
                result.append(contentsOf: UnsafeBufferPointer(start: bytes + start, count: place - start))
                continue
            }
            if byte > ASCII.blank { result.append(byte) }
            place += 1
        }
    }
}
