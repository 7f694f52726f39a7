import RondoFrame
import RondoKernels

/// An integer read off a date, or off the date of a time (UTC).
protocol DatePart: RowFunction {
    static func value(_ days: Int32) -> Int
}

extension DatePart {
    static var parameters: [FunctionParameter] { [FunctionParameter("date", .moment)] }
    static func result(of types: [ValueType]) -> FunctionResult { .type(.integer) }
    static func evaluate(_ arguments: [Vector], type: ValueType, _ scope: EvaluationScope) throws -> Vector {
        if arguments[0].type == .date {
            return .markedIntegers(try scope.map(arguments[0].dates) { $0 == Column.missingDate ? .min : Int64(value($0)) })
        }
        return .markedIntegers(
            try scope.map(arguments[0].microseconds) { $0 == Column.missingTime ? .min : Int64(value(CivilCalendar.split($0).days)) })
    }
}

/// The year.
enum Year: DatePart {
    static let name = "year"
    static let signature = "year(date)"
    static let summary = "The year of a date or time."
    static let example = FunctionExample("year(2024-02-29)", "2024")
    static func value(_ days: Int32) -> Int { CivilCalendar.date(days: days).year }
}

/// The quarter.
enum Quarter: DatePart {
    static let name = "quarter"
    static let signature = "quarter(date)"
    static let summary = "The quarter of the year, 1 to 4."
    static let example = FunctionExample("quarter(2024-05-29)", "2")
    static func value(_ days: Int32) -> Int { (CivilCalendar.date(days: days).month + 2) / 3 }
}

/// The month.
enum Month: DatePart {
    static let name = "month"
    static let signature = "month(date)"
    static let summary = "The month of the year, 1 to 12."
    static let example = FunctionExample("month(2024-02-29)", "2")
    static func value(_ days: Int32) -> Int { CivilCalendar.date(days: days).month }
}

/// The week.
enum Week: DatePart {
    static let name = "week"
    static let signature = "week(date)"
    static let summary = "The week of the year, 1 to 53 (ISO 8601: weeks begin on Monday, week 1 holds the first Thursday)."
    static let example = FunctionExample("week(2021-01-03)", "53")
    static func value(_ days: Int32) -> Int { CivilCalendar.week(days: days) }
}

/// The day of the week.
enum Weekday: DatePart {
    static let name = "weekday"
    static let signature = "weekday(date)"
    static let summary = "The day of the week, 1 for Monday to 7 for Sunday."
    static let example = FunctionExample("weekday(2024-02-29)", "4")
    static func value(_ days: Int32) -> Int { CivilCalendar.weekday(days: days) }
}

/// The day of the month.
enum Day: DatePart {
    static let name = "day"
    static let signature = "day(date)"
    static let summary = "The day of the month, 1 to 31."
    static let example = FunctionExample("day(2024-02-29)", "29")
    static func value(_ days: Int32) -> Int { CivilCalendar.date(days: days).day }
}

/// An integer read off the time of day (UTC).
protocol ClockPart: RowFunction {
    /// From seconds since midnight.
    static func value(_ seconds: Int64) -> Int64
}

extension ClockPart {
    static var parameters: [FunctionParameter] { [FunctionParameter("time", .time)] }
    static func result(of types: [ValueType]) -> FunctionResult { .type(.integer) }
    static func evaluate(_ arguments: [Vector], type: ValueType, _ scope: EvaluationScope) throws -> Vector {
        .markedIntegers(
            try scope.map(arguments[0].microseconds) { $0 == Column.missingTime ? .min : value(CivilCalendar.split($0).rest / 1_000_000) })
    }
}

/// The hour.
enum Hour: ClockPart {
    static let name = "hour"
    static let signature = "hour(time)"
    static let summary = "The hour of the day, 0 to 23."
    static let example = FunctionExample("hour(2024-02-29T14:05:00)", "14")
    static func value(_ seconds: Int64) -> Int64 { seconds / 3600 }
}

/// The minute.
enum Minute: ClockPart {
    static let name = "minute"
    static let signature = "minute(time)"
    static let summary = "The minute of the hour, 0 to 59."
    static let example = FunctionExample("minute(2024-02-29T14:05:00)", "5")
    static func value(_ seconds: Int64) -> Int64 { seconds / 60 % 60 }
}

/// An integer between two dates.
protocol DateDistance: RowFunction {
    static func value(_ first: Int32, _ second: Int32) -> Int64
}

extension DateDistance {
    static var parameters: [FunctionParameter] { [FunctionParameter("first", .moment), FunctionParameter("second", .moment)] }
    static func result(of types: [ValueType]) -> FunctionResult { .type(.integer) }

    static func evaluate(_ arguments: [Vector], type: ValueType, _ scope: EvaluationScope) throws -> Vector {
        let (first, second) = (try scope.days(arguments[0]), try scope.days(arguments[1]))
        return .markedIntegers(
            try scope.combine(first, second) { $0 == Column.missingDate || $1 == Column.missingDate ? .min : value($0, $1) })
    }
}

/// Days from one date to another.
enum DaysBetween: DateDistance {
    static let name = "days_between"
    static let signature = "days_between(first, second)"
    static let summary = "How many days lie from the first date to the second; below 0 when the second is earlier."
    static let example = FunctionExample("days_between(2024-02-01, 2024-03-01)", "29")
    static func value(_ first: Int32, _ second: Int32) -> Int64 { Int64(second) - Int64(first) }
}

/// Whole months from one date to another.
enum MonthsBetween: DateDistance {
    static let name = "months_between"
    static let signature = "months_between(first, second)"
    static let summary =
        "How many whole months lie from the first date to the second: so many can be added to the first without passing the second."
    static let example = FunctionExample("months_between(2024-01-31, 2024-02-29)", "1")

    static func value(_ first: Int32, _ second: Int32) -> Int64 {
        guard second >= first else { return -value(second, first) }
        let (from, to) = (CivilCalendar.date(days: first), CivilCalendar.date(days: second))
        let months = (to.year - from.year) * 12 + to.month - from.month
        let lastDay = CivilCalendar.daysInMonth(year: to.year, month: to.month)
        return Int64(min(from.day, lastDay) > to.day ? months - 1 : months)
    }
}

/// A time from the seconds of computers.
enum FromEpoch: RowFunction {
    static let name = "from_epoch"
    static let signature = "from_epoch(seconds)"
    static let summary = "The time so many seconds after 1970-01-01 (UTC); divide milliseconds by 1000 first."
    static let example = FunctionExample("from_epoch(1709215500)", "2024-02-29T14:05:00")
    static let parameters = [FunctionParameter("seconds", .number)]

    static func result(of types: [ValueType]) -> FunctionResult { .type(.time) }

    static func evaluate(_ arguments: [Vector], type: ValueType, _ scope: EvaluationScope) throws -> Vector {
        .times(
            try scope.map(arguments[0].numbers) { seconds in
                // Years beyond four digits are mistakes, milliseconds most of the time.
                guard seconds.magnitude < 253_402_300_800 else { return Column.missingTime }
                return Int64(exactly: (seconds * 1_000_000).rounded()) ?? Column.missingTime
            })
    }
}

extension EvaluationScope {
    /// The day numbers of dates and times.
    func days(_ vector: Vector) throws -> Operand<Int32> {
        guard vector.type == .time else { return vector.dates }
        return try map(vector.microseconds) { $0 == Column.missingTime ? Column.missingDate : CivilCalendar.split($0).days }
    }
}
