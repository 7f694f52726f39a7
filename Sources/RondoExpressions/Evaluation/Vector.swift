package import RondoFrame
package import RondoKernels

/// The values of a part of an expression: one for all rows, or one a row.
package struct Vector: Sendable {
    package enum Storage: Sendable {
        case constant(Scalar)
        case column(Column)
    }
    package let storage: Storage
    package let type: ValueType

    package init(_ column: Column, _ type: ValueType) {
        storage = .column(column)
        self.type = type
    }

    package init(constant: Scalar, _ type: ValueType) {
        storage = .constant(constant)
        self.type = type
    }

    /// The value that holds for all rows, if there is one.
    package var constant: Scalar? { if case .constant(let value) = storage { value } else { nil } }

    /// Missing for all rows.
    var isMissingConstant: Bool { constant?.isMissing == true }

    /// As a column of so many rows.
    package func column(rows: Int) -> Column {
        switch storage {
        case .column(let column): return column
        case .constant(let value): return Column.repeating(value, type: type.columnType, count: rows)
        }
    }
}

/// One value for all rows or a buffer of them: what row loops run over.
enum Operand<Element> {
    case constant(Element)
    case buffer([Element])

    /// The value in one row; for rare paths.
    @inline(__always)
    subscript(row: Int) -> Element {
        switch self {
        case .constant(let value): value
        case .buffer(let values): values[row]
        }
    }
}

extension Operand {
    /// Calls the body with the values in memory: row r is at `r * stride`, and the stride of a constant is 0.
    @inline(__always)
    func withRows<Result>(_ body: (_ base: UnsafePointer<Element>?, _ stride: Int) throws -> Result) rethrows -> Result {
        switch self {
        case .constant(let value): try withUnsafePointer(to: value) { try body($0, 0) }
        case .buffer(let values): try values.withUnsafeBufferPointer { try body($0.baseAddress, 1) }
        }
    }
}

/// Integers and which of them are missing.
struct Integers {
    var values: Operand<Int64>
    /// Nil when none is missing; a missing element holds 0. Only with a buffer.
    var missing: [Bool]?
}

extension Vector {
    /// As numbers, NaN for missing. For number, integer and months.
    var numbers: Operand<Double> {
        switch storage {
        case .constant(let value): return .constant(value.number ?? .nan)
        case .column(let column): return .buffer(column.numbers())
        }
    }

    /// As integers; a missing constant must have been handled before.
    var integers: Integers {
        switch storage {
        case .constant(.integer(let value)): return Integers(values: .constant(value))
        case .column(let column):
            if case .integer(let values, let missing) = column.storage { return Integers(values: .buffer(values), missing: missing) }
            return Integers(values: .constant(0))
        default: return Integers(values: .constant(0))
        }
    }

    /// 0 false, 1 true, 2 missing.
    var truths: Operand<UInt8> {
        switch storage {
        case .constant(.truth(let value)): return .constant(value ? 1 : 0)
        case .column(let column):
            if case .truth(let values) = column.storage { return .buffer(values) }
            return .constant(Column.missingTruth)
        default: return .constant(Column.missingTruth)
        }
    }

    var dates: Operand<Int32> {
        switch storage {
        case .constant(.date(let days)): return .constant(days)
        case .column(let column):
            if case .date(let values) = column.storage { return .buffer(values) }
            return .constant(Column.missingDate)
        default: return .constant(Column.missingDate)
        }
    }

    /// Microseconds of times and durations.
    var microseconds: Operand<Int64> {
        switch storage {
        case .constant(.time(let value)), .constant(.duration(let value)): return .constant(value)
        case .column(let column):
            switch column.storage {
            case .time(let values), .duration(let values): return .buffer(values)
            default: return .constant(Column.missingTime)
            }
        default: return .constant(Column.missingTime)
        }
    }

    /// Codes and words; a constant has one word and code 0 (or -1 when missing).
    var words: (codes: Operand<Int32>, levels: Levels) {
        switch storage {
        case .constant(.text(let word)): return (.constant(0), Levels([word]))
        case .column(let column):
            switch column.storage {
            case .text(let codes, let levels), .category(let codes, let levels): return (.buffer(codes), levels)
            default: return (.constant(-1), Levels([]))
            }
        default: return (.constant(-1), Levels([]))
        }
    }
}

extension Vector {
    static func numbers(_ operand: Operand<Double>, _ type: ValueType = .number) -> Vector {
        switch operand {
        case .constant(let value): Vector(constant: Scalar(value), type)
        case .buffer(let values): Vector(Column(.number(values)), type)
        }
    }

    static func integers(_ integers: Integers) -> Vector {
        switch integers.values {
        case .constant(let value): Vector(constant: .integer(value), .integer)
        case .buffer(let values): Vector(Column(.integer(values, missing: integers.missing)), .integer)
        }
    }

    static func truths(_ operand: Operand<UInt8>) -> Vector {
        switch operand {
        case .constant(let value): Vector(constant: value == Column.missingTruth ? .missing : .truth(value == 1), .truth)
        case .buffer(let values): Vector(Column(.truth(values)), .truth)
        }
    }

    static func dates(_ operand: Operand<Int32>) -> Vector {
        switch operand {
        case .constant(let value): Vector(constant: value == Column.missingDate ? .missing : .date(value), .date)
        case .buffer(let values): Vector(Column(.date(values)), .date)
        }
    }

    static func times(_ operand: Operand<Int64>) -> Vector {
        switch operand {
        case .constant(let value): Vector(constant: value == Column.missingTime ? .missing : .time(value), .time)
        case .buffer(let values): Vector(Column(.time(values)), .time)
        }
    }

    static func durations(_ operand: Operand<Int64>, _ type: ValueType) -> Vector {
        switch operand {
        case .constant(let value): Vector(constant: value == Column.missingTime ? .missing : .duration(value), type)
        case .buffer(let values): Vector(Column(.duration(values)), type)
        }
    }
}

extension Column {
    /// The same value in every row; a value of another type counts as missing.
    static func repeating(_ value: Scalar, type: ColumnType, count: Int) -> Column {
        switch type {
        case .number: return Column(.number(Array(repeating: value.number ?? .nan, count: count)))
        case .integer:
            guard case .integer(let integer) = value else {
                return Column(.integer(Array(repeating: 0, count: count), missing: count == 0 ? nil : Array(repeating: true, count: count)))
            }
            return Column(.integer(Array(repeating: integer, count: count), missing: nil))
        case .truth:
            guard case .truth(let truth) = value else { return Column(.truth(Array(repeating: missingTruth, count: count))) }
            return Column(.truth(Array(repeating: truth ? 1 : 0, count: count)))
        case .text, .category:
            var codes = Array(repeating: Int32(-1), count: count)
            var levels = Levels([])
            if case .text(let word) = value {
                codes = Array(repeating: 0, count: count)
                levels = Levels([word])
            }
            return Column(type == .text ? .text(codes, levels) : .category(codes, levels))
        case .date:
            if case .date(let days) = value { return Column(.date(Array(repeating: days, count: count))) }
            return Column(.date(Array(repeating: missingDate, count: count)))
        case .time:
            if case .time(let time) = value { return Column(.time(Array(repeating: time, count: count))) }
            return Column(.time(Array(repeating: missingTime, count: count)))
        case .duration:
            if case .duration(let time) = value { return Column(.duration(Array(repeating: time, count: count))) }
            return Column(.duration(Array(repeating: missingTime, count: count)))
        }
    }
}
