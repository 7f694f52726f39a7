import RondoKernels

/// Which encoding to try for bytes that are no UTF-8: one that knows all of them and whose common characters they are.
enum EncodingSuggestion {
    /// Bytes that are looked at.
    private static let limit = 1 << 18

    /// Counts of bytes behind which Asian and Cyrillic texts are recognised.
    private struct Shape {
        var pairs = 0
        /// First bytes of Japanese syllables in Shift JIS, and in EUC.
        var shiftSyllables = 0
        var eucSyllables = 0
        /// First bytes of Korean syllables in EUC.
        var hangul = 0
        /// Second bytes that are ASCII.
        var lowSecond = 0
        var high = 0
        var cyrillic = 0
    }

    /// A name that iconv knows.
    static func name(for bytes: TextBytes) -> String {
        let sample = UnsafeRawBufferPointer(start: bytes.base, count: min(bytes.count, limit))
        let shape = shape(sample)
        let pairs = max(shape.pairs, 1)
        if shape.shiftSyllables * 10 >= pairs * 3, knows(sample, "shift_jis") { return "shift_jis" }
        if shape.lowSecond * 10 >= pairs, knows(sample, "big5") { return "big5" }
        if shape.eucSyllables * 5 >= pairs, knows(sample, "euc-jp") { return "euc-jp" }
        if shape.hangul * 5 >= pairs * 4, knows(sample, "euc-kr") { return "euc-kr" }
        if shape.cyrillic * 10 >= max(shape.high, 1) * 7 { return "windows-1251" }
        if shape.high > 20, knows(sample, "gb18030") { return "gb18030" }
        return "windows-1252"
    }

    private static func shape(_ bytes: UnsafeRawBufferPointer) -> Shape {
        var shape = Shape()
        var place = 0
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            guard byte >= 0x80 else { continue }
            shape.high += 1
            // Lower case letters of Windows-1251 are E0 to FF, and words are made of them.
            if byte >= 0xE0, place < bytes.count, bytes[place] >= 0xE0 || (place > 1 && bytes[place - 2] >= 0xE0) { shape.cyrillic += 1 }
            guard place < bytes.count, bytes[place] >= 0x40 else { continue }
            shape.pairs += 1
            if byte == 0x82 || byte == 0x83 { shape.shiftSyllables += 1 }
            if byte == 0xA4 || byte == 0xA5 { shape.eucSyllables += 1 }
            if (0xB0...0xC8).contains(byte) { shape.hangul += 1 }
            if bytes[place] < 0x80 { shape.lowSecond += 1 }
            if bytes[place] >= 0xE0 { shape.cyrillic += byte >= 0xE0 ? 1 : 0 }
            if bytes[place] >= 0x80 { shape.high += 1 }
            place += 1
        }
        return shape
    }

    /// Whether every byte is part of a character; the last one may be cut.
    private static func knows(_ bytes: UnsafeRawBufferPointer, _ encoding: String) -> Bool {
        switch try? ConvertedText.convert(bytes, encoding: encoding) {
        case .text: true
        case .broken(let offset): bytes.count == limit && offset >= bytes.count - 4
        case .unknown, nil: false
        }
    }
}
