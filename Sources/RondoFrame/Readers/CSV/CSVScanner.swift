/// Where one field lies, without its quotes.
struct FieldSpan {
    enum Flaw: UInt8 { case none, openQuote, textAfterQuote }

    var start: Int
    var end: Int
    var quoted = false
    /// Whether doubled quotes inside must be halved.
    var escaped = false
    /// Whether the record ends with this field.
    var last: Bool
    var flaw = Flaw.none
}

/// Walks over the fields of a text from a position that begins a record.
struct CSVScanner {
    let base: UnsafePointer<UInt8>
    let limit: Int
    let delimiter: UInt8
    let quote: UInt8
    let newline: UInt8
    let escape: UInt8
    let comment: UInt8
    var position: Int

    init(_ bytes: TextBytes, _ dialect: CSVDialect, position: Int = 0) {
        base = bytes.base
        limit = bytes.count
        delimiter = dialect.delimiter
        quote = dialect.quote
        newline = dialect.newline
        escape = dialect.escape
        comment = dialect.comment
        self.position = position
    }

    /// Whether fields end at delimiters and line ends outside quotes, and nothing else has a meaning.
    var isPlain: Bool {
        escape == 0 && comment == 0 && delimiter != ASCII.blank && delimiter != ASCII.carriageReturn && delimiter != newline
            && delimiter != quote && [0, ASCII.quote, ASCII.apostrophe].contains(quote)
    }

    /// The next field; the position moves behind its delimiter or line end.
    @inline(__always)
    mutating func next() -> FieldSpan {
        let start = position
        if start < limit, base[start] == quote || base[start] == ASCII.blank, let field = quotedField() { return field }
        if escape != 0 { return escapedField() }
        let place = fieldEnd(from: start)
        if place < limit {
            position = place + 1
            if base[place] == delimiter { return FieldSpan(start: start, end: place, last: false) }
            let returns = place > start && newline == ASCII.lineFeed && base[place - 1] == ASCII.carriageReturn
            return FieldSpan(start: start, end: returns ? place - 1 : place, last: true)
        }
        position = limit
        let returns = place > start && newline == ASCII.lineFeed && base[place - 1] == ASCII.carriageReturn
        return FieldSpan(start: start, end: returns ? place - 1 : place, last: true)
    }

    /// The first delimiter or line end from a place on, or the limit.
    @inline(__always)
    func fieldEnd(from start: Int) -> Int {
        var place = start
        let (delimiters, newlines) = (EightBytes.ones &* UInt64(delimiter), EightBytes.ones &* UInt64(newline))
        while place + 8 <= limit {
            let word = EightBytes.load(base + place)
            let hits = EightBytes.zeros(word ^ delimiters) | EightBytes.zeros(word ^ newlines)
            if hits != 0 { return place + hits.trailingZeroBitCount >> 3 }
            place += 8
        }
        while place < limit, base[place] != delimiter, base[place] != newline { place += 1 }
        return place
    }

    /// Whether no quote is among the bytes of a field.
    @inline(__always)
    func isQuoteless(_ field: UnsafePointer<UInt8>, _ length: Int) -> Bool {
        let quotes = EightBytes.ones &* UInt64(quote)
        var place = 0
        while place + 8 <= length {
            if EightBytes.zeros(EightBytes.load(field + place) ^ quotes) != 0 { return false }
            place += 8
        }
        while place < length {
            if field[place] == quote { return false }
            place += 1
        }
        return true
    }

    /// A field in quotes, perhaps after blanks; nil when there is no quote here or quotes mean nothing.
    @inline(never)
    private mutating func quotedField() -> FieldSpan? {
        guard quote != 0 else { return nil }
        var place = position
        while place < limit, base[place] == ASCII.blank, delimiter != ASCII.blank { place += 1 }
        guard place < limit, base[place] == quote else { return nil }
        place += 1
        var field = FieldSpan(start: place, end: place, quoted: true, last: true)
        while true {
            while place < limit, base[place] != quote { place += 1 }
            guard place < limit else {
                field.end = limit
                field.flaw = .openQuote
                position = limit
                return field
            }
            guard place + 1 < limit, base[place + 1] == quote else { break }
            field.escaped = true
            place += 2
        }
        field.end = place
        place += 1
        while place < limit, base[place] == ASCII.blank, delimiter != ASCII.blank { place += 1 }
        if newline == ASCII.lineFeed, place < limit, base[place] == ASCII.carriageReturn, place + 1 == limit || base[place + 1] == newline {
            place += 1
        }
        if place < limit, base[place] != delimiter, base[place] != newline {
            field.flaw = .textAfterQuote
            while place < limit, base[place] != delimiter, base[place] != newline { place += 1 }
        }
        field.last = place >= limit || base[place] == newline
        position = min(place + 1, limit)
        return field
    }

    /// A field outside quotes in which a delimiter may have lost its meaning.
    @inline(never)
    private mutating func escapedField() -> FieldSpan {
        let start = position
        var place = fieldEnd(from: start)
        var isEscaped = false
        while place < limit, place > start, base[place] == delimiter, base[place - 1] == escape {
            isEscaped = true
            place = fieldEnd(from: place + 1)
        }
        let last = place >= limit || base[place] == newline
        position = min(place + 1, limit)
        let returns = last && place > start && newline == ASCII.lineFeed && base[place - 1] == ASCII.carriageReturn
        return FieldSpan(start: start, end: returns ? place - 1 : place, escaped: isEscaped, last: last)
    }

    /// Whether a line of comment begins here; then the position moves behind it.
    mutating func skipComment() -> Bool {
        guard comment != 0, position < limit, base[position] == comment else { return false }
        while position < limit, base[position] != newline { position += 1 }
        position = min(position + 1, limit)
        return true
    }

    /// Whether a line that holds nothing, or only blanks, begins here; then the position moves behind it.
    @inline(__always)
    mutating func skipBlankLine() -> Bool {
        var place = position
        while place < limit, base[place] == ASCII.blank { place += 1 }
        if place < limit, base[place] == ASCII.carriageReturn, newline == ASCII.lineFeed { place += 1 }
        if place >= limit {
            position = limit
            return true
        }
        guard base[place] == newline else { return false }
        position = place + 1
        return true
    }

    /// Reads over one record and returns its number of fields.
    mutating func skipRecord() -> Int {
        var fields = 1
        while !next().last { fields += 1 }
        return fields
    }

    /// The text of a field, doubled quotes halved.
    func text(_ field: FieldSpan) -> String {
        guard field.escaped else {
            return String(decoding: UnsafeBufferPointer(start: base + field.start, count: field.end - field.start), as: UTF8.self)
        }
        var bytes: [UInt8] = []
        var place = field.start
        let escape = field.quoted ? quote : escape
        while place < field.end {
            if base[place] == escape, place + 1 < field.end { place += 1 }
            bytes.append(base[place])
            place += 1
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
