/// Proleptic Gregorian calendar arithmetic on day numbers (days since 1970-01-01).
///
/// Source: the era method of E. M. Reingold and N. Dershowitz, Calendrical Calculations, chapter 2, in its well-known
/// integer form with years that begin in March.
public enum CivilCalendar {
    /// Day number of a date; nil when the date does not exist.
    @inlinable
    public static func days(year: Int, month: Int, day: Int) -> Int32? {
        guard month >= 1, month <= 12, day >= 1, year >= -9999, year <= 9999,
            day <= 28 || day <= daysInMonth(year: year, month: month)
        else { return nil }
        let shifted = month <= 2 ? year - 1 : year
        // Rounded down below zero too: 10,000 years are 25 cycles of 400.
        let later = UInt32(truncatingIfNeeded: shifted &+ 10_000)
        let leapDays = later / 4 &- later / 100 &+ later / 400
        let dayOfYear = UInt32(truncatingIfNeeded: 153 &* (month > 2 ? month &- 3 : month &+ 9) &+ 2) / 5
        return Int32(truncatingIfNeeded: later &* 365 &+ leapDays &+ dayOfYear) &+ Int32(truncatingIfNeeded: day)
            &- (1 + 719_468 + 3_652_425)
    }

    /// Year, month and day of a day number.
    public static func date(days: Int32) -> (year: Int, month: Int, day: Int) {
        let shifted = Int(days) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthIndex + 2) / 5 + 1
        let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    @inlinable
    public static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    @inlinable
    public static func daysInMonth(year: Int, month: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// The same day some months later, clamped to the month's last day.
    public static func adding(months: Int, to days: Int32) -> Int32 {
        let (year, month, day) = date(days: days)
        let index = year * 12 + (month - 1) + max(-240_000, min(240_000, months))
        let newYear = index >= 0 ? index / 12 : (index - 11) / 12
        let newMonth = index - newYear * 12 + 1
        let limited = max(-9999, min(9999, newYear))
        return self.days(year: limited, month: newMonth, day: min(day, daysInMonth(year: limited, month: newMonth))) ?? days
    }

    /// Weekday of a day number, 1 = Monday to 7 = Sunday (ISO 8601).
    public static func weekday(days: Int32) -> Int {
        let remainder = (Int(days) + 3) % 7
        return (remainder < 0 ? remainder + 7 : remainder) + 1
    }

    /// ISO 8601 week number, 1 to 53.
    public static func week(days: Int32) -> Int {
        let thursday = Int(days) - (weekday(days: days) - 1) + 3
        guard let clamped = Int32(exactly: thursday) else { return 1 }
        let year = date(days: clamped).year
        guard let first = self.days(year: year, month: 1, day: 1) else { return 1 }
        return (thursday - Int(first)) / 7 + 1
    }

    public static let microsecondsPerDay: Int64 = 86_400_000_000

    /// `2024-03-01`.
    public static func text(days: Int32) -> String {
        let (year, month, day) = date(days: days)
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    /// `2024-03-01T14:05:00`, with a fraction only when there is one; microseconds since 1970-01-01T00:00:00 (UTC).
    public static func text(microseconds: Int64) -> String {
        let (day, rest) = split(microseconds)
        let seconds = rest / 1_000_000
        let fraction = rest % 1_000_000
        let clock = "\(padded(Int(seconds / 3600), 2)):\(padded(Int(seconds / 60 % 60), 2)):\(padded(Int(seconds % 60), 2))"
        guard fraction != 0 else { return "\(text(days: day))T\(clock)" }
        var digits = padded(Int(fraction), 6)
        while digits.hasSuffix("0") { digits.removeLast() }
        return "\(text(days: day))T\(clock).\(digits)"
    }

    /// Day number and microseconds of the day.
    @inlinable
    public static func split(_ microseconds: Int64) -> (days: Int32, rest: Int64) {
        var day = microseconds / microsecondsPerDay
        var rest = microseconds % microsecondsPerDay
        if rest < 0 { rest += microsecondsPerDay; day -= 1 }
        return (Int32(clamping: day), rest)
    }

    static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(abs(value))
        return (value < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
