import RondoKernels
import RondoLanguage

/// A literal as a value of a table.
enum LiteralScalar {
    static func scalar(_ literal: Literal) -> Scalar {
        switch literal {
        case .integer(let value): .integer(value)
        case .number(let value): .number(value)
        case .percent(let value): .number(value / 100)
        case .duration(let duration): .duration(Int64(exactly: (duration.seconds * 1_000_000).rounded()) ?? 0)
        case .date(let date):
            date.timeOfDay.map { .time(Int64(date.days) * CivilCalendar.microsecondsPerDay + $0) } ?? .date(date.days)
        case .text(let text): .text(text)
        case .truth(let truth): .truth(truth)
        case .missing, .parameter: .missing
        }
    }
}
