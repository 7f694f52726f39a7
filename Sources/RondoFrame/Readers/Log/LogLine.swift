import RondoKernels

/// One line of a log, read from left to right.
struct LogLine {
    let base: UnsafePointer<UInt8>
    let end: Int
    var place: Int

    init(_ base: UnsafePointer<UInt8>, _ range: Range<Int>) {
        self.base = base
        end = range.upperBound
        place = range.lowerBound
    }

    var isAtEnd: Bool { place >= end }

    func at(_ byte: Character) -> Bool { place < end && base[place] == byte.asciiValue }

    mutating func take(_ byte: Character) -> Bool {
        guard at(byte) else { return false }
        place += 1
        return true
    }

    mutating func skipBlanks() { while place < end, base[place] == ASCII.blank { place += 1 } }

    /// Bytes up to a blank or the end; nil when there are none.
    mutating func word() -> Range<Int>? {
        let start = place
        while place < end, base[place] != ASCII.blank { place += 1 }
        return place > start ? start..<place : nil
    }

    /// A word and the one blank behind it.
    mutating func wordAndBlank() -> Range<Int>? {
        guard let word = word(), take(" ") else { return nil }
        return word
    }

    /// What stands between two signs, `[` and `]`.
    mutating func between(_ first: Character, _ last: Character) -> Range<Int>? {
        guard take(first) else { return nil }
        let start = place
        while place < end, base[place] != last.asciiValue { place += 1 }
        guard place < end else { return nil }
        place += 1
        return start..<(place - 1)
    }

    /// What stands between double quotes; a backslash keeps the next sign.
    mutating func quoted() -> Range<Int>? {
        guard take("\"") else { return nil }
        let start = place
        while place < end, base[place] != ASCII.quote { place += base[place] == 0x5C ? 2 : 1 }
        guard place < end else { return nil }
        place += 1
        return start..<(place - 1)
    }

    /// Digits, at least one.
    mutating func digits() -> Range<Int>? {
        let start = place
        while place < end, DecimalNumber.isDigit(base[place]) { place += 1 }
        return place > start ? start..<place : nil
    }

    /// The rest of the line.
    mutating func rest() -> Range<Int> {
        let start = min(place, end)
        place = end
        return start..<end
    }

    func number(_ range: Range<Int>) -> Int? {
        guard range.count <= 9 else { return nil }
        return WrittenMoment.digits(base + range.lowerBound, range.count)
    }

    /// The number of an English month's first three letters.
    func month(_ start: Int) -> Int? {
        guard start + 3 <= end else { return nil }
        let letters = [base[start] | 0x20, base[start + 1] | 0x20, base[start + 2] | 0x20]
        let word = String(decoding: letters, as: UTF8.self)
        return ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"].firstIndex(of: word).map { $0 + 1 }
    }

    /// Seconds of `12:34:56` that begins here, up to 60 (a leap second counts as the 59th).
    func clock(_ start: Int) -> Int64? {
        guard start + 8 <= end, base[start + 2] == ASCII.colon, base[start + 5] == ASCII.colon,
            let hour = WrittenMoment.digits(base + start, 2), let minute = WrittenMoment.digits(base + start + 3, 2),
            let second = WrittenMoment.digits(base + start + 6, 2), hour < 24, minute < 60, second <= 60
        else { return nil }
        return Int64(hour * 3600 + minute * 60 + min(second, 59))
    }
}

/// A value of a line of a log.
enum LogValue {
    case text(Range<Int>)
    case integer(Int64)
    /// Microseconds since 1970, UTC.
    case time(Int64)
    case missing
}

/// A kind of log: its columns, and how a line gives their values.
struct LogFormat: Sendable {
    let name: String
    let columns: [String]
    /// Values in the order of columns; nil when the line is none of this kind.
    let read: @Sendable (LogLine) -> [LogValue]?
    /// What is to be said about the table.
    var note: String?
}
