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
    var position: Int

    init(_ bytes: TextBytes, _ dialect: CSVDialect, position: Int = 0) {
        base = bytes.base
        limit = bytes.count
        delimiter = dialect.delimiter
        quote = dialect.quote
        newline = dialect.newline
        self.position = position
    }

    /// The next field; the position moves behind its delimiter or line end.
    @inline(__always)
    mutating func next() -> FieldSpan {
        let start = position
        if start < limit, base[start] == quote || base[start] == ASCII.blank, let field = quotedField() { return field }
        var place = start
        while place < limit {
            let byte = base[place]
            if byte == delimiter {
                position = place + 1
                return FieldSpan(start: start, end: place, last: false)
            }
            if byte == newline {
                position = place + 1
                let returns = place > start && newline == ASCII.lineFeed && base[place - 1] == ASCII.carriageReturn
                return FieldSpan(start: start, end: returns ? place - 1 : place, last: true)
            }
            place += 1
        }
        position = limit
        let returns = place > start && newline == ASCII.lineFeed && base[place - 1] == ASCII.carriageReturn
        return FieldSpan(start: start, end: returns ? place - 1 : place, last: true)
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
        while place < field.end {
            bytes.append(base[place])
            place += base[place] == quote ? 2 : 1
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
