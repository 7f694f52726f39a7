package import RondoFrame

/// The type of a part of an expression: the types of columns, and three that live only inside expressions.
package enum ValueType: Sendable, Hashable {
    case number, integer, truth, text, category, date, time, duration
    /// A duration of whole days (`date - date`, `3 weeks`): added to a date it gives a date.
    case days
    /// Calendar months (`6 months`, `2 years`), kept as a number of months: they have no fixed length.
    case months
    /// The word `missing`, which takes the type of what stands beside it.
    case nothing

    /// The type of a column of this type.
    package init(_ type: ColumnType) {
        switch type {
        case .number: self = .number
        case .integer: self = .integer
        case .truth: self = .truth
        case .text: self = .text
        case .category: self = .category
        case .date: self = .date
        case .time: self = .time
        case .duration: self = .duration
        }
    }

    /// The column type in which values of this type end up.
    package var columnType: ColumnType {
        switch self {
        case .number, .nothing: .number
        case .integer: .integer
        case .truth: .truth
        case .text: .text
        case .category: .category
        case .date: .date
        case .time: .time
        case .duration, .days, .months: .duration
        }
    }

    /// Whether values are numbers (number or integer).
    package var isNumeric: Bool { self == .number || self == .integer }
    /// Whether values are words (text or category).
    package var isText: Bool { self == .text || self == .category }
    /// Whether values are moments (date or time).
    package var isMoment: Bool { self == .date || self == .time }
    /// Whether values are lengths of time.
    package var isDuration: Bool { self == .duration || self == .days || self == .months }

    /// `a number`, for sentences.
    package var words: String {
        switch self {
        case .number: "a number"
        case .integer: "an integer"
        case .truth: "true or false"
        case .text: "text"
        case .category: "a category"
        case .date: "a date"
        case .time: "a time"
        case .duration, .days, .months: "a duration"
        case .nothing: "missing"
        }
    }

    /// The type that holds values of both; nil when there is none.
    func joined(_ other: ValueType) -> ValueType? {
        if self == other || other == .nothing { return self }
        if self == .nothing { return other }
        if isNumeric, other.isNumeric { return .number }
        if isText, other.isText { return .text }
        if isMoment, other.isMoment { return .time }
        if isDuration, other.isDuration { return .duration }
        return nil
    }
}
