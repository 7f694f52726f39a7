/// Walks over the values of a JSON text (RFC 8259), checking each byte it passes.
struct JSONScanner {
    /// Records and lists inside each other, at most.
    static let depthLimit = 200

    /// Where a text lies, without its quotes.
    struct Text {
        let start: Int
        let end: Int
        /// Whether it holds escapes.
        let isEscaped: Bool
    }

    let base: UnsafePointer<UInt8>
    let limit: Int
    var position: Int

    init(_ bytes: TextBytes, position: Int = 0, limit: Int? = nil) {
        base = bytes.base
        self.limit = limit ?? bytes.count
        self.position = position
    }

    /// Moves over blanks; false at the end of the text.
    @inline(__always)
    mutating func skipBlanks() -> Bool {
        while position < limit {
            let byte = base[position]
            if byte > ASCII.blank { return true }
            guard byte == ASCII.blank || byte == ASCII.lineFeed || byte == ASCII.carriageReturn || byte == ASCII.tab else { return true }
            position += 1
        }
        return false
    }

    /// The byte of the next token.
    @inline(__always)
    mutating func token() throws(JSONFlaw) -> UInt8 {
        guard skipBlanks() else { throw JSONFlaw(.end, at: limit) }
        return base[position]
    }

    /// Moves behind a sign that has to come next.
    @inline(__always)
    mutating func take(_ sign: UInt8, _ words: StaticString) throws(JSONFlaw) {
        guard try token() == sign else { throw JSONFlaw(.unexpected("\(words)"), at: position) }
        position += 1
    }

    /// The text that begins here with its quote.
    @inline(__always)
    mutating func text() throws(JSONFlaw) -> Text {
        let start = position + 1
        var place = start
        var isEscaped = false
        while true {
            // Eight bytes at a time, up to a quote, a backslash or a control character.
            while place + 8 <= limit {
                let signs = JSONScanner.signs(EightBytes.load(base + place))
                if signs != 0 {
                    place += signs.trailingZeroBitCount >> 3
                    break
                }
                place += 8
            }
            guard place < limit else { throw JSONFlaw(.openText, at: start - 1) }
            let byte = base[place]
            if byte == ASCII.quote {
                position = place + 1
                return Text(start: start, end: place, isEscaped: isEscaped)
            }
            if byte == 0x5C {
                isEscaped = true
                place = try escape(place)
                continue
            }
            if byte < ASCII.blank { throw JSONFlaw(.controlCharacter, at: place) }
            place += 1
        }
    }

    /// The high bit of each of eight bytes that is below a blank, a quote or a backslash (those with the high bit are plain); exact up to
    /// the first of them.
    @inline(__always)
    private static func signs(_ word: UInt64) -> UInt64 {
        let quotes = word ^ (EightBytes.ones &* 0x22)
        let backslashes = word ^ (EightBytes.ones &* 0x5C)
        return EightBytes.zeros(quotes) | EightBytes.zeros(backslashes)
            | ((word &- (EightBytes.ones &* 0x20)) & ~word & EightBytes.highs)
    }

    /// Behind the escape that begins here.
    private func escape(_ place: Int) throws(JSONFlaw) -> Int {
        guard place + 1 < limit else { throw JSONFlaw(.openText, at: place) }
        switch base[place + 1] {
        case ASCII.quote, 0x5C, ASCII.slash, 0x62, 0x66, 0x6E, 0x72, 0x74: return place + 2
        case 0x75:
            guard place + 6 <= limit, JSONText.hexadecimal(base + place + 2) != nil else { throw JSONFlaw(.escape, at: place) }
            return place + 6
        default: throw JSONFlaw(.escape, at: place)
        }
    }

    /// Moves over the number that begins here; tells whether it has neither point nor exponent.
    @inline(__always)
    mutating func number() throws(JSONFlaw) -> Bool {
        let start = position
        var place = start
        if place < limit, base[place] == ASCII.minus { place += 1 }
        let whole = place
        while place < limit, DecimalNumber.isDigit(base[place]) { place += 1 }
        guard place > whole, base[whole] != ASCII.zero || place == whole + 1 else { throw JSONFlaw(.number, at: start) }
        var isWhole = true
        if place < limit, base[place] == ASCII.point {
            isWhole = false
            place += 1
            let fraction = place
            while place < limit, DecimalNumber.isDigit(base[place]) { place += 1 }
            guard place > fraction else { throw JSONFlaw(.number, at: start) }
        }
        if place < limit, base[place] | 0x20 == 0x65 {
            isWhole = false
            place += 1
            if place < limit, base[place] == ASCII.plus || base[place] == ASCII.minus { place += 1 }
            let power = place
            while place < limit, DecimalNumber.isDigit(base[place]) { place += 1 }
            guard place > power else { throw JSONFlaw(.number, at: start) }
        }
        position = place
        return isWhole
    }

    /// Moves over `true`, `false` or `null`.
    mutating func word(_ word: StaticString) throws(JSONFlaw) {
        let count = word.utf8CodeUnitCount
        guard position + count <= limit else { throw JSONFlaw(.end, at: limit) }
        for place in 0..<count where base[position + place] != word.utf8Start[place] {
            throw JSONFlaw(.unexpected("a value"), at: position)
        }
        position += count
        if position < limit, base[position] | 0x20 >= 0x61, base[position] | 0x20 <= 0x7A {
            throw JSONFlaw(.unexpected("a value"), at: position - count)
        }
    }

    /// Moves over a whole value, checking it. Without recursion: lists and records open are bits.
    mutating func skipValue(depth: Int) throws(JSONFlaw) {
        var open: [Bool] = []
        while true {
            var isValue = true
            switch try token() {
            case ASCII.quote: _ = try text()
            case 0x7B, 0x5B:
                let isRecord = base[position] == 0x7B
                guard depth + open.count < JSONScanner.depthLimit else { throw JSONFlaw(.tooDeep, at: position) }
                position += 1
                if try token() == (isRecord ? 0x7D : 0x5D) {
                    position += 1
                } else {
                    open.append(isRecord)
                    isValue = false
                    if isRecord { try key() }
                }
            default: try scalar()
            }
            guard isValue else { continue }
            // A value has ended: a comma brings the next one, a bracket ends what holds it.
            while true {
                guard let isRecord = open.last else { return }
                let byte = try token()
                if byte == ASCII.comma {
                    position += 1
                    if isRecord { try key() }
                    break
                }
                guard byte == (isRecord ? 0x7D : 0x5D) else {
                    throw JSONFlaw(.unexpected(isRecord ? "a comma or }" : "a comma or ]"), at: position)
                }
                position += 1
                open.removeLast()
            }
        }
    }

    /// Moves over a key and its colon.
    private mutating func key() throws(JSONFlaw) {
        guard try token() == ASCII.quote else { throw JSONFlaw(.unexpected("a key in double quotes"), at: position) }
        _ = try text()
        try take(ASCII.colon, "a colon")
    }

    private mutating func scalar() throws(JSONFlaw) {
        switch base[position] {
        case 0x74: try word("true")
        case 0x66: try word("false")
        case 0x6E: try word("null")
        case ASCII.minus, ASCII.zero...ASCII.nine: _ = try number()
        default: throw JSONFlaw(.unexpected("a value"), at: position)
        }
    }
}
