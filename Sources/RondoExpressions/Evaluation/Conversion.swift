import RondoFrame
import RondoKernels

/// Changes of type that lose nothing: integer to number, date to time, category to text, months to duration.
enum Conversion {
    static func evaluate(_ vector: Vector, to type: ValueType, _ scope: EvaluationScope) throws -> Vector {
        if vector.type == type { return vector }
        if vector.isMissingConstant { return Vector(constant: .missing, type) }
        switch (vector.type, type) {
        case (.integer, .number): return try numbers(vector, scope)
        case (.date, .time):
            return .times(try scope.map(vector.dates) { $0 == Column.missingDate ? Column.missingTime : microseconds(days: $0, plus: 0) })
        case (.category, .text), (.text, .category): return relabelled(vector, type)
        case (.months, _): return .durations(try scope.map(vector.numbers) { duration(months: $0) }, type)
        default:
            switch vector.storage {
            case .constant(let value): return Vector(constant: value, type)
            case .column(let column): return Vector(column, type)
            }
        }
    }

    /// Microseconds at some microseconds of a day; missing beyond what 64 bits hold.
    static func microseconds(days: Int32, plus rest: Int64) -> Int64 {
        let (start, overflow) = Int64(days).multipliedReportingOverflow(by: CivilCalendar.microsecondsPerDay)
        guard !overflow else { return Column.missingTime }
        let (sum, tooFar) = start.addingReportingOverflow(rest)
        return tooFar ? Column.missingTime : sum
    }

    /// Months of 30.436875 days (the Gregorian mean).
    static func duration(months: Double) -> Int64 {
        Int64(exactly: (months * 2_629_746_000_000).rounded()) ?? Column.missingTime
    }

    private static func numbers(_ vector: Vector, _ scope: EvaluationScope) throws -> Vector {
        guard case .column(let column) = vector.storage, case .integer(let values, let missing) = column.storage else {
            return .numbers(vector.numbers)
        }
        guard let missing else { return .numbers(try scope.map(.buffer(values)) { Double($0) }) }
        return .numbers(try scope.combine(.buffer(values), .buffer(missing)) { $1 ? .nan : Double($0) })
    }

    private static func relabelled(_ vector: Vector, _ type: ValueType) -> Vector {
        switch vector.storage {
        case .constant(let value): return Vector(constant: value, type)
        case .column(let column):
            switch column.storage {
            case .text(let codes, let levels), .category(let codes, let levels):
                return Vector(Column(type == .category ? .category(codes, levels) : .text(codes, levels)), type)
            default: return Vector(column, type)
            }
        }
    }
}
