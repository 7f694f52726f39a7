/// The ways of writing that a value is missing, each with its own count: 0 empty, 1 blanks only, then the words.
struct MissingMarks: Sendable {
    static let empty = 0
    static let blanks = 1

    /// Without a list of the user the words are guesses, kept where they look like values.
    let automatic: Bool
    let blanksAreMissing: Bool
    private let words: [[UInt8]]
    private let numbers: [Double]
    let count: Int

    init(_ given: [String]?) {
        automatic = given == nil
        let wanted = (given ?? ["NA", "NaN", "?", "None", "null", "NULL", "N/A", "n/a", "#N/A"]).map { Array($0.utf8) }
        let filled = wanted.filter { $0.contains { $0 != ASCII.blank } }
        blanksAreMissing = given == nil || wanted.contains { !$0.isEmpty && !$0.contains { $0 != ASCII.blank } }
        words = filled
        numbers =
            given == nil
            ? []
            : filled.map { word in
                word.withUnsafeBufferPointer { buffer in
                    guard let base = buffer.baseAddress else { return .nan }
                    let number = DecimalNumber.parse(base, buffer.count)
                    return number.form == .integer || number.form == .number ? number.number : .nan
                }
            }
        count = 2 + filled.count
    }

    /// The mark that these bytes (without blanks around) are; nil when they are a value.
    @inline(__always)
    func match(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Int? {
        if automatic {
            guard length <= 4, bytes[0] | 0x20 == 0x6E || bytes[0] == 0x3F || bytes[0] == 0x23 else { return nil }
        }
        return search(bytes, length)
    }

    /// Whether a word that begins so may be one that is taken for missing without being told.
    @inline(__always)
    static func mayBegin(_ first: UInt8) -> Bool {
        // A blank that does not break begins with C2.
        first | 0x20 == 0x6E || first == 0x3F || first == 0x23 || first == ASCII.blank || first == ASCII.tab || first == 0xC2
    }

    @inline(never)
    private func search(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Int? {
        for (position, word) in words.enumerated() where word.count == length {
            if word.indices.allSatisfy({ word[$0] == bytes[$0] }) { return position + 2 }
        }
        return nil
    }

    /// The mark that means this number, written in whatever way.
    @inline(__always)
    func match(number: Double) -> Int? {
        guard !numbers.isEmpty else { return nil }
        return numbers.firstIndex(of: number).map { $0 + 2 }
    }

    /// The mark in words, for findings.
    func description(_ mark: Int) -> String {
        switch mark {
        case MissingMarks.empty: "empty"
        case MissingMarks.blanks: "blanks"
        default: "\"\(String(decoding: words[mark - 2], as: UTF8.self))\""
        }
    }

    /// Whether a mark that looks like a code stands among codes of the same shape: `NA` among other pairs of capital letters,
    /// `?` among other single signs. Words such as `None` and `NaN` are never codes.
    func isCode(_ mark: Int, among others: some Sequence<ByteDictionary.Entry>) -> Bool {
        guard automatic, mark >= 2 else { return false }
        let shape = words[mark - 2].map(MissingMarks.shape)
        guard !shape.contains(UInt8(ascii: "a")) else { return false }
        var (same, all) = (0, 0)
        for word in others {
            all += 1
            if word.length == shape.count, shape.indices.allSatisfy({ MissingMarks.shape(word.bytes[$0]) == shape[$0] }) { same += 1 }
        }
        return same >= 2 && same * 10 >= all * 9
    }

    /// Whether a word is no word but a sign for nothing, such as `-`, `..` or `*****`: missing in a column of numbers or dates.
    static func isSign(_ word: ByteDictionary.Entry) -> Bool {
        guard word.length > 0, word.length <= 12 else { return false }
        let first = word.bytes[0]
        guard isSignByte(first) || first == ASCII.blank || first == 0xE2 else { return false }
        var rest = UnsafeBufferPointer(start: word.bytes, count: word.length)[...]
        while rest.first == ASCII.blank { rest.removeFirst() }
        while rest.last == ASCII.blank { rest.removeLast() }
        guard !rest.isEmpty else { return false }
        while let byte = rest.first {
            if isSignByte(byte) {
                rest.removeFirst()
            } else if rest.count > 2, rest.starts(with: [0xE2, 0x80]), [0x93, 0x94, 0xA6].contains(rest[rest.startIndex + 2]) {
                rest.removeFirst(3)
            } else {
                return false
            }
        }
        return true
    }

    @inline(__always)
    private static func isSignByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "/"), UInt8(ascii: "#"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }

    private static func shape(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"), 0x80...: UInt8(ascii: "a")
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt8(ascii: "9")
        default: UInt8(ascii: "?")
        }
    }
}
