extension Lexer {
    /// DATE; digits-digits without blanks is a date or a fault.
    mutating func date(from start: Int) {
        position = start
        skip { Scalars.isDigit($0) || $0 == "-" }
        let day = slice(start, position)
        let dayEnd = position
        if peek() == "T", let next = peek(1), Scalars.isDigit(next) {
            position += 1
            skip { Scalars.isDigit($0) || $0 == ":" || $0 == "+" || $0 == "-" || $0 == "Z" }
            if peek() == ".", let next = peek(1), Scalars.isDigit(next) {
                position += 1
                skip { Scalars.isDigit($0) || $0 == ":" || $0 == "+" || $0 == "-" || $0 == "Z" }
            }
        }
        let time = position > dayEnd ? slice(dayEnd + 1, position) : nil
        skip(while: Scalars.isNamePart)
        let typed = slice(start, position)
        let whole = time.map { day + "T" + $0 } ?? day
        if typed == whole, let date = DateText.read(day: day, time: time) { return emit(.literal(.date(date)), from: start) }
        emit(.fault(.malformedDate(typed)), from: start)
    }
}

/// Dates as text.
package enum DateText {
    private static let microsecondsPerDay: Int64 = 86_400_000_000

    /// A date from `2024-03-01` and `12:30:15.5+01:00`; nil when there is no such day or time.
    static func read(day: String, time: String?) -> DateLiteral? {
        let parts = day.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2, parts[2].utf8.count == 2,
            let year = Int(parts[0]), let month = Int(parts[1]), let dayNumber = Int(parts[2]),
            (1...12).contains(month), dayNumber >= 1, dayNumber <= length(ofMonth: month, year: year)
        else { return nil }
        let days = daysSinceEpoch(year: year, month: month, day: dayNumber)
        guard let time else { return DateLiteral(days: Int32(days)) }
        guard let microseconds = microseconds(time) else { return nil }
        let shift = microseconds.quotientAndRemainder(dividingBy: microsecondsPerDay)
        let isBefore = shift.remainder < 0
        return DateLiteral(
            days: Int32(Int64(days) + shift.quotient - (isBefore ? 1 : 0)),
            timeOfDay: shift.remainder + (isBefore ? microsecondsPerDay : 0))
    }

    /// Microseconds since midnight UTC of `dd:dd[:dd[.digits]][Z|±dd:dd]`; may lie outside the day.
    private static func microseconds(_ time: String) -> Int64? {
        var clock = Substring(time)
        var offset: Int64 = 0
        if clock.hasSuffix("Z") {
            clock = clock.dropLast()
        } else if let sign = clock.lastIndex(where: { $0 == "+" || $0 == "-" }) {
            guard let minutes = minutes(clock[clock.index(after: sign)...]) else { return nil }
            offset = (clock[sign] == "-" ? -minutes : minutes) * 60_000_000
            clock = clock[..<sign]
        }
        let pieces = clock.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard pieces.count >= 2, let minutes = minutes("\(pieces[0]):\(pieces[1])") else { return nil }
        guard pieces.count == 3 else { return minutes * 60_000_000 - offset }
        let seconds = pieces[2].split(separator: ".", omittingEmptySubsequences: false)
        guard seconds.count <= 2, seconds[0].utf8.count == 2, let whole = Int64(seconds[0]), (0...59).contains(whole) else { return nil }
        var fraction: Int64 = 0
        if seconds.count == 2 {
            let digits = seconds[1]
            guard !digits.isEmpty, digits.utf8.count <= 6, let value = Int64(digits + String(repeating: "0", count: 6 - digits.utf8.count)),
                value >= 0
            else { return nil }
            fraction = value
        }
        return minutes * 60_000_000 + whole * 1_000_000 + fraction - offset
    }

    private static func minutes(_ text: Substring) -> Int64? {
        let pieces = text.split(separator: ":", omittingEmptySubsequences: false)
        guard pieces.count == 2, pieces.allSatisfy({ $0.utf8.count == 2 }), let hours = Int64(pieces[0]), let minutes = Int64(pieces[1]),
            (0...23).contains(hours), (0...59).contains(minutes)
        else { return nil }
        return hours * 60 + minutes
    }

    static func length(ofMonth month: Int, year: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    /// Days since 1970-01-01 in the proleptic Gregorian calendar (era arithmetic of H. Hinnant, "chrono-compatible low-level date algorithms").
    static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// `2024-03-01` or `2024-03-01T12:30:15.5`, as the grammar reads it.
    package static func written(_ date: DateLiteral) -> String {
        let shifted = Int(date.days) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthShifted = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthShifted + 2) / 5 + 1
        let month = monthShifted < 10 ? monthShifted + 3 : monthShifted - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let dayText = padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2)
        guard let time = date.timeOfDay else { return dayText }
        let seconds = Int(time / 1_000_000)
        let fraction = Int(time % 1_000_000)
        var text = dayText + "T" + padded(seconds / 3600, 2) + ":" + padded(seconds / 60 % 60, 2)
        if seconds % 60 != 0 || fraction != 0 { text += ":" + padded(seconds % 60, 2) }
        if fraction != 0 {
            var digits = padded(fraction, 6)
            while digits.hasSuffix("0") { digits.removeLast() }
            text += "." + digits
        }
        return text
    }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}

extension DurationUnit {
    /// Every way to write a unit.
    package static let words: [String: DurationUnit] = {
        var words: [String: DurationUnit] = ["ms": .milliseconds, "s": .seconds]
        for unit in allCases where unit != .milliseconds {
            words[unit.rawValue] = unit
            words[String(unit.rawValue.dropLast())] = unit
        }
        return words
    }()
}
