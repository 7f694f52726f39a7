import RondoKernels

/// Reads dates and times written as in the language: `2024-03-01`, `2024-03-01T14:05:00.5+01:00`; a blank may stand for the T.
enum MomentReading {
    /// A date or a time (UTC); nil when the text is anything else.
    static func read(_ text: String) -> Scalar? {
        var text = text
        return text.withUTF8 { read($0) }
    }

    private static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Scalar? {
        var reader = Reader(bytes: bytes)
        guard let year = reader.digits(4), reader.take("-"), let month = reader.digits(2), reader.take("-"), let day = reader.digits(2),
            let days = CivilCalendar.days(year: year, month: month, day: day)
        else { return nil }
        if reader.isAtEnd { return .date(days) }
        guard reader.take("T") || reader.take(" "), let rest = reader.clock() else { return nil }
        let value = Conversion.microseconds(days: days, plus: rest)
        return reader.isAtEnd ? .time(value) : nil
    }

    private struct Reader {
        let bytes: UnsafeBufferPointer<UInt8>
        var place = 0

        var isAtEnd: Bool { place == bytes.count }

        mutating func take(_ sign: Unicode.Scalar) -> Bool {
            guard place < bytes.count, UInt32(bytes[place]) == sign.value else { return false }
            place += 1
            return true
        }

        mutating func digits(_ count: Int) -> Int? {
            guard place + count <= bytes.count else { return nil }
            var value = 0
            for offset in 0..<count {
                let digit = Int(bytes[place + offset]) - 48
                guard (0...9).contains(digit) else { return nil }
                value = value * 10 + digit
            }
            place += count
            return value
        }

        /// Microseconds of the day, moved to UTC when a zone is written; negative or beyond the day then.
        mutating func clock() -> Int64? {
            guard let hour = digits(2), take(":"), let minute = digits(2), hour < 24, minute < 60 else { return nil }
            var result = Int64(hour * 3600 + minute * 60) * 1_000_000
            if take(":") {
                guard let second = digits(2), second < 60 else { return nil }
                result += Int64(second) * 1_000_000
                if take(".") {
                    guard let fraction = fraction() else { return nil }
                    result += fraction
                }
            }
            return zone().map { result - $0 }
        }

        private mutating func fraction() -> Int64? {
            var unit: Int64 = 100_000
            var result: Int64 = 0
            let start = place
            while let digit = digits(1) {
                result += Int64(digit) * unit
                unit /= 10
            }
            return place > start ? result : nil
        }

        /// How many microseconds the written zone is ahead of UTC.
        private mutating func zone() -> Int64? {
            if take("Z") || isAtEnd { return 0 }
            let sign: Int64 = take("+") ? 1 : (take("-") ? -1 : 0)
            guard sign != 0, let hour = digits(2), take(":"), let minute = digits(2), hour < 24, minute < 60 else { return nil }
            return sign * Int64(hour * 3600 + minute * 60) * 1_000_000
        }
    }
}
