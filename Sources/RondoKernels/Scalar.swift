/// One value of a table, a figure or an expression.
public enum Scalar: Sendable, Hashable {
    case missing
    /// A finite number; NaN and infinities are made `missing` by `Scalar(_:)`.
    case number(Double)
    case integer(Int64)
    case truth(Bool)
    case text(String)
    /// Days since 1970-01-01.
    case date(Int32)
    /// Microseconds since 1970-01-01T00:00:00 UTC.
    case time(Int64)
    /// Microseconds.
    case duration(Int64)

    /// A number, or `missing` when it is not finite.
    @inlinable
    public init(_ value: Double) { self = value.isFinite ? .number(value) : .missing }

    @inlinable
    public init(_ value: Int) { self = .integer(Int64(value)) }

    @inlinable
    public var isMissing: Bool { if case .missing = self { true } else { false } }

    /// The value as a number: truth is 0 or 1, dates are days, times and durations seconds; nil for text and missing.
    @inlinable
    public var number: Double? {
        switch self {
        case .number(let value): value
        case .integer(let value): Double(value)
        case .truth(let value): value ? 1 : 0
        case .date(let days): Double(days)
        case .time(let microseconds), .duration(let microseconds): Double(microseconds) / 1_000_000
        case .missing, .text: nil
        }
    }

    /// The value as plain text, the form in which files are written: shortest digits that read back to the same number.
    public var plainText: String {
        switch self {
        case .missing: ""
        case .number(let value): Scalar.plain(value)
        case .integer(let value): String(value)
        case .truth(let value): value ? "true" : "false"
        case .text(let value): value
        case .date(let days): CivilCalendar.text(days: days)
        case .time(let microseconds): CivilCalendar.text(microseconds: microseconds)
        case .duration(let microseconds): Scalar.plain(Double(microseconds) / 1_000_000) + " s"
        }
    }

    /// Shortest digits that read back to the same number; whole numbers below 1e15 without a point.
    public static func plain(_ value: Double) -> String {
        if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
        return value.description
    }
}
