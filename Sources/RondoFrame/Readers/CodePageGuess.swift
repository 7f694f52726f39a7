import RondoKernels

/// A text of one byte a character that is plainly Windows-1252 (or its part Latin-1): its high bytes stand alone between or behind
/// ASCII letters, as accents do in Western languages. Whatever is less plain is no guess: the user has to name the encoding.
struct CodePageGuess {
    /// The characters of the bytes 0x80 to 0x9F.
    let table: [UInt32]
    let finding: Finding

    /// High bytes that must occur at least, and the share of them that must stand as letters of words.
    private static let leastCount = 3
    private static let leastShare = 0.8

    /// Nil when the bytes could be something else.
    init?(_ bytes: TextBytes) {
        var high = 0
        var inWords = 0
        var runs = 0
        var isLatin = true
        var example = 0
        var place = 0
        while place < bytes.count {
            let byte = bytes.base[place]
            if byte < 0x80 {
                if byte == 0 { return nil }
                place += 1
                continue
            }
            // A sequence that is valid UTF-8 means mixed encodings: nothing to guess.
            if TextEncoding.firstFlaw(bytes.base, place..<min(place + 4, bytes.count)) != place { return nil }
            if CodePageGuess.unassigned.contains(byte) { return nil }
            if byte < 0xA0 { isLatin = false }
            let before = place > 0 ? bytes.base[place - 1] : ASCII.blank
            let after = place + 1 < bytes.count ? bytes.base[place + 1] : ASCII.blank
            high += 1
            if before >= 0x80 { runs += 1 }
            // Accented letters are from 0xC0 on, but for the signs of times and division.
            if byte >= 0xC0, byte != 0xD7, byte != 0xF7, CodePageGuess.isLetter(before) || CodePageGuess.isLetter(after) {
                inWords += 1
                if example == 0 { example = place }
            }
            place += 1
        }
        guard high >= CodePageGuess.leastCount, Double(inWords) >= CodePageGuess.leastShare * Double(high), runs * 5 <= high else {
            return nil
        }
        table = TextEncoding.windows1252
        let name = isLatin ? "Latin-1" : "Windows-1252"
        let text = "the text is read as \(name), for example \"\(CodePageGuess.word(bytes, example))\"; encoding \"…\" says otherwise"
        finding = Finding("encoding", text, count: high)
    }

    private static let unassigned: Set<UInt8> = [0x81, 0x8D, 0x8F, 0x90, 0x9D]

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

    /// The word around a byte, decoded.
    private static func word(_ bytes: TextBytes, _ place: Int) -> String {
        var (start, end) = (place, place)
        while start > 0, place - start < 20, isLetter(bytes.base[start - 1]) || bytes.base[start - 1] >= 0x80 { start -= 1 }
        while end < bytes.count, end - place < 20, isLetter(bytes.base[end]) || bytes.base[end] >= 0x80 { end += 1 }
        let raw = UnsafeRawBufferPointer(start: bytes.base + start, count: end - start)
        return String(decoding: TextEncoding.oneByte(raw, high: TextEncoding.windows1252), as: UTF8.self)
    }
}
