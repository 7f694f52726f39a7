import RondoFrame
import RondoKernels

/// Arithmetic on dates, times and durations; what leaves the calendar becomes missing.
enum MomentArithmetic {
    static func evaluate(_ operation: ArithmeticOperator, _ left: Vector, _ right: Vector, _ type: ValueType, _ scope: EvaluationScope)
        throws
        -> Vector
    {
        switch operation {
        case .addSpans, .subtractSpans:
            let sign: Int64 = operation == .addSpans ? 1 : -1
            let sum = try scope.combine(left.microseconds, right.microseconds) { sumOfSpans($0, $1, sign) }
            return type == .time ? .times(sum) : .durations(sum, type)
        case .datesApart: return .durations(try scope.combine(left.dates, right.dates) { apart($0, $1) }, .days)
        case .addDays: return .dates(try scope.combine(left.dates, right.microseconds) { addingDays($0, $1) })
        case .addMonthsToDate: return .dates(try scope.combine(left.dates, right.numbers) { addingMonths($0, $1) })
        case .addMonthsToTime: return .times(try scope.combine(left.microseconds, right.numbers) { addingMonths(time: $0, $1) })
        case .stretch: return .durations(try scope.combine(left.microseconds, right.numbers) { stretched($0, $1) }, type)
        case .shrink: return .durations(try scope.combine(left.microseconds, right.numbers) { stretched($0, 1 / $1) }, type)
        default: return .numbers(try scope.combine(left.microseconds, right.microseconds) { ratio($0, $1) })
        }
    }

    @inline(__always)
    private static func sumOfSpans(_ a: Int64, _ b: Int64, _ sign: Int64) -> Int64 {
        guard a != Column.missingTime, b != Column.missingTime else { return Column.missingTime }
        let (sum, overflow) = a.addingReportingOverflow(b &* sign)
        return overflow ? Column.missingTime : sum
    }

    @inline(__always)
    private static func apart(_ a: Int32, _ b: Int32) -> Int64 {
        guard a != Column.missingDate, b != Column.missingDate else { return Column.missingTime }
        let (result, overflow) = (Int64(a) - Int64(b)).multipliedReportingOverflow(by: CivilCalendar.microsecondsPerDay)
        return overflow ? Column.missingTime : result
    }

    private static func addingDays(_ date: Int32, _ span: Int64) -> Int32 {
        guard date != Column.missingDate, span != Column.missingTime else { return Column.missingDate }
        return Int32(exactly: Int64(date) + span / CivilCalendar.microsecondsPerDay) ?? Column.missingDate
    }

    /// Whole months by the calendar, clamped to the month's last day; a part of a month as a part of 30.436875 days.
    private static func addingMonths(_ date: Int32, _ months: Double) -> Int32 {
        guard date != Column.missingDate, months.magnitude <= 120_000 else { return Column.missingDate }
        let whole = months.rounded(.towardZero)
        let moved = CivilCalendar.adding(months: Int(whole), to: date)
        let rest = ((months - whole) * 30.436875).rounded()
        return Int32(exactly: Int64(moved) + Int64(rest)) ?? Column.missingDate
    }

    private static func addingMonths(time: Int64, _ months: Double) -> Int64 {
        guard time != Column.missingTime else { return Column.missingTime }
        let (days, rest) = CivilCalendar.split(time)
        let moved = addingMonths(days, months)
        return moved == Column.missingDate ? Column.missingTime : Conversion.microseconds(days: moved, plus: rest)
    }

    private static func stretched(_ span: Int64, _ factor: Double) -> Int64 {
        guard span != Column.missingTime else { return Column.missingTime }
        let product = (Double(span) * factor).rounded()
        return Int64(exactly: product) ?? Column.missingTime
    }

    private static func ratio(_ a: Int64, _ b: Int64) -> Double {
        guard a != Column.missingTime, b != Column.missingTime else { return .nan }
        return NumberArithmetic.finite(Double(a) / Double(b))
    }
}
