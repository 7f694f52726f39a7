public import RondoKernels

/// The type of a column's values.
public enum ColumnType: String, Sendable, Hashable, CaseIterable, Codable {
    case number, integer, truth, text, category, date, time, duration

    /// Whether values are numbers (number or integer).
    public var isNumeric: Bool { self == .number || self == .integer }
    /// Whether values are words (text or category).
    public var isText: Bool { self == .text || self == .category }
    /// Whether values are moments (date or time).
    public var isMoment: Bool { self == .date || self == .time }
}

/// A column: values of one type with gaps. Columns are values; copies share their buffers.
///
/// Gaps are kept inside the buffer: NaN in numbers, code -1 in text, 2 in truth, the least integer in dates, times and
/// durations. Integers use all 64 bits and therefore carry a mask when there are gaps.
public struct Column: Sendable {
    public enum Storage: Sendable {
        /// NaN is missing; infinities never occur.
        case number([Double])
        /// `missing` is nil when there is no gap; a missing element holds 0.
        case integer([Int64], missing: [Bool]?)
        /// 0 false, 1 true, 2 missing.
        case truth([UInt8])
        /// Codes into the levels, -1 missing; levels in order of first appearance; unused levels may occur after filtering.
        case text([Int32], Levels)
        /// As text; the levels have an order that means something (of declaration, or sorted).
        case category([Int32], Levels)
        /// Days since 1970-01-01; `Column.missingDate` is missing.
        case date([Int32])
        /// Microseconds since 1970-01-01 UTC; `Column.missingTime` is missing.
        case time([Int64])
        /// Microseconds; `Column.missingTime` is missing.
        case duration([Int64])
        /// Numbers most of which are zero (word columns, one-hot of many levels).
        case sparse(SparseNumbers)
    }

    public static let missingDate = Int32.min
    public static let missingTime = Int64.min
    public static let missingTruth: UInt8 = 2

    public let storage: Storage

    @inlinable
    public init(_ storage: Storage) { self.storage = storage }

    public var count: Int {
        switch storage {
        case .number(let values): values.count
        case .integer(let values, _): values.count
        case .truth(let values): values.count
        case .text(let codes, _), .category(let codes, _): codes.count
        case .date(let values): values.count
        case .time(let values), .duration(let values): values.count
        case .sparse(let values): values.count
        }
    }

    public var type: ColumnType {
        switch storage {
        case .number, .sparse: .number
        case .integer: .integer
        case .truth: .truth
        case .text: .text
        case .category: .category
        case .date: .date
        case .time: .time
        case .duration: .duration
        }
    }

    /// The value in one row; for single rows, printing and tests, not for loops over millions.
    public subscript(row: Int) -> Scalar {
        guard row >= 0, row < count else { return .missing }
        switch storage {
        case .number(let values): return Scalar(values[row])
        case .integer(let values, let missing): return missing?[row] == true ? .missing : .integer(values[row])
        case .truth(let values): return values[row] == Column.missingTruth ? .missing : .truth(values[row] == 1)
        case .text(let codes, let levels), .category(let codes, let levels):
            return codes[row] < 0 ? .missing : .text(levels.words[Int(codes[row])])
        case .date(let values): return values[row] == Column.missingDate ? .missing : .date(values[row])
        case .time(let values): return values[row] == Column.missingTime ? .missing : .time(values[row])
        case .duration(let values): return values[row] == Column.missingTime ? .missing : .duration(values[row])
        case .sparse(let values): return .number(values[row])
        }
    }
}
