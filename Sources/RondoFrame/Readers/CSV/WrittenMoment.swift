import RondoKernels

/// Dates and times as they are written in a file.
enum WrittenMoment {
    /// A time of ISO 8601: microseconds, and whether a zone was named.
    struct Time {
        var microseconds: Int64
        var zoned: Bool
    }

    /// Days of `2024-03-01` or `2024/03/01`, nil when it is no such date.
    @inline(__always)
    static func isoDate(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int32? {
        guard count == 10, bytes[4] == bytes[7], bytes[4] == ASCII.minus || bytes[4] == ASCII.slash else { return nil }
        let word = EightBytes.load(bytes)
        // The separators, bytes 4 and 7, make way for zeros.
        let digits = word & 0x00FF_FF00_FFFF_FFFF | 0x3000_0030_0000_0000
        guard EightBytes.digitCount(digits) == 8, DecimalNumber.isDigit(bytes[8]), DecimalNumber.isDigit(bytes[9]) else { return nil }
        let number = EightBytes.number(digits, 8)
        let day = Int(bytes[8] &- ASCII.zero) &* 10 &+ Int(bytes[9] &- ASCII.zero)
        let year = number / 10_000
        return CivilCalendar.days(
            year: Int(truncatingIfNeeded: year), month: Int(truncatingIfNeeded: (number &- year &* 10_000) / 10), day: day)
    }

    /// `31/12/2024`, `1.2.2024`, `12-31-2024`: year, first and second number packed into 22, 5 and 5 bits; nil when it is none.
    static func numericDate(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int32? {
        guard count >= 8, count <= 10 else { return nil }
        var place = 0
        guard let first = shortNumber(bytes, count, &place), place < count else { return nil }
        let separator = bytes[place]
        guard separator == ASCII.slash || separator == ASCII.point || separator == ASCII.minus else { return nil }
        place += 1
        guard let second = shortNumber(bytes, count, &place), place < count, bytes[place] == separator, count - place == 5,
            let year = digits(bytes + place + 1, 4), (1...31).contains(first), (1...31).contains(second)
        else { return nil }
        return Int32(year << 10 | first << 5 | second)
    }

    /// Days of a packed numeric date; nil when the day does not exist.
    static func days(packed: Int32, dayFirst: Bool) -> Int32? {
        let (year, first, second) = (Int(packed >> 10), Int(packed >> 5 & 31), Int(packed & 31))
        return CivilCalendar.days(year: year, month: dayFirst ? second : first, day: dayFirst ? first : second)
    }

    /// `2024-03-01T14:05`, with seconds, fraction to microseconds and zone as they come, T or a blank between; nil when it is none.
    static func time(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Time? {
        guard count >= 16, let day = isoDate(bytes, 10), bytes[10] | 0x20 == 0x74 || bytes[10] == ASCII.blank else { return nil }
        guard let hour = digits(bytes + 11, 2), bytes[13] == ASCII.colon, let minute = digits(bytes + 14, 2), hour < 24, minute < 60 else {
            return nil
        }
        var place = 16
        var microseconds = Int64(hour * 60 + minute) * 60_000_000
        if place + 2 < count, bytes[place] == ASCII.colon {
            guard let second = digits(bytes + place + 1, 2), second < 60 else { return nil }
            microseconds += Int64(second) * 1_000_000
            place += 3
            if place < count, bytes[place] == ASCII.point || bytes[place] == ASCII.comma {
                guard let fraction = fraction(bytes, count, &place) else { return nil }
                microseconds += fraction
            }
        }
        guard let offset = zone(bytes + place, count - place) else { return nil }
        let total = Int64(day) * CivilCalendar.microsecondsPerDay + microseconds - (offset.minutes ?? 0) * 60_000_000
        return Time(microseconds: total, zoned: offset.minutes != nil)
    }

    /// Microseconds of the digits behind a point; nil when they are finer.
    private static func fraction(_ bytes: UnsafePointer<UInt8>, _ count: Int, _ place: inout Int) -> Int64? {
        place += 1
        let start = place
        var value: Int64 = 0
        while place < count, DecimalNumber.isDigit(bytes[place]) {
            if place - start < 6 {
                value = value * 10 + Int64(bytes[place] - ASCII.zero)
            } else if bytes[place] != ASCII.zero {
                return nil
            }
            place += 1
        }
        guard place > start else { return nil }
        for _ in min(place - start, 6)..<6 { value *= 10 }
        return value
    }

    /// Minutes east of Greenwich of `Z`, `+01:00`, `-0530`, `+02`; without minutes when there is nothing; nil when it is something else.
    private static func zone(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> (minutes: Int64?, Void)? {
        if count == 0 { return (nil, ()) }
        if count == 1 { return bytes[0] | 0x20 == 0x7A ? (0, ()) : nil }
        guard bytes[0] == ASCII.plus || bytes[0] == ASCII.minus, count == 3 || count == 5 || count == 6, let hours = digits(bytes + 1, 2)
        else { return nil }
        var minutes = 0
        if count > 3 {
            guard count == 5 || bytes[3] == ASCII.colon, let value = digits(bytes + count - 2, 2) else { return nil }
            minutes = value
        }
        guard hours <= 18, minutes < 60 else { return nil }
        let total = Int64(hours * 60 + minutes)
        return (bytes[0] == ASCII.minus ? -total : total, ())
    }

    /// The number that exactly `count` digits give.
    @inline(__always)
    static func digits(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int? {
        var value = 0
        for place in 0..<count {
            guard DecimalNumber.isDigit(bytes[place]) else { return nil }
            value = value * 10 + Int(bytes[place] - ASCII.zero)
        }
        return value
    }

    /// One or two digits.
    private static func shortNumber(_ bytes: UnsafePointer<UInt8>, _ count: Int, _ place: inout Int) -> Int? {
        let start = place
        var value = 0
        while place < count, place - start < 2, DecimalNumber.isDigit(bytes[place]) {
            value = value * 10 + Int(bytes[place] - ASCII.zero)
            place += 1
        }
        return place > start ? value : nil
    }
}
