/// The units of a duration.
package enum DurationUnit: String, Sendable, Hashable, CaseIterable, Codable {
    case milliseconds = "ms"
    case seconds, minutes, hours, days, weeks, months, quarters, years
}

/// An amount of time as written; months, quarters and years are calendar units and have no fixed length.
package struct DurationLiteral: Sendable, Hashable {
    package let amount: Double
    package let unit: DurationUnit

    package init(_ amount: Double, _ unit: DurationUnit) {
        self.amount = amount
        self.unit = unit
    }

    /// Whole calendar months, when the unit is one of the calendar.
    package var months: Double? {
        switch unit {
        case .months: amount
        case .quarters: amount * 3
        case .years: amount * 12
        default: nil
        }
    }

    /// Length in seconds; months count 30.436875 days (the Gregorian mean).
    package var seconds: Double {
        switch unit {
        case .milliseconds: amount / 1000
        case .seconds: amount
        case .minutes: amount * 60
        case .hours: amount * 3600
        case .days: amount * 86_400
        case .weeks: amount * 604_800
        case .months: amount * 2_629_746
        case .quarters: amount * 7_889_238
        case .years: amount * 31_556_952
        }
    }
}

/// A date or a date with time as written.
package struct DateLiteral: Sendable, Hashable {
    /// Days since 1970-01-01.
    package let days: Int32
    /// Microseconds of the day, already moved to UTC when a zone was written; nil for a plain date.
    package let timeOfDay: Int64?

    package init(days: Int32, timeOfDay: Int64? = nil) {
        self.days = days
        self.timeOfDay = timeOfDay
    }
}

/// A literal value.
package enum Literal: Sendable, Hashable {
    /// Written without a point: `200k` is the integer 200,000.
    case integer(Int64)
    case number(Double)
    /// As written: `10%` holds 10.
    case percent(Double)
    case duration(DurationLiteral)
    case date(DateLiteral)
    case text(String)
    case truth(Bool)
    case missing
    /// `$rows` among other literals, before binding puts the value in its place.
    case parameter(String)

    /// The literal as a number: a percent as a share (`10%` is 0.1); nil for other kinds.
    package var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        case .percent(let value): value / 100
        default: nil
        }
    }
}

package typealias SpannedLiteral = Spanned<Literal>
