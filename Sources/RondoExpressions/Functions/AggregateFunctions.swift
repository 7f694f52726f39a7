import RondoFrame
import RondoKernels

/// The arithmetic mean.
enum Mean: AggregateFunction {
    static let name = "mean"
    static let signature = "mean(column [where condition] [by groups])"
    static let summary = "The mean of the known values; of a truth column the share of true."
    static let example = FunctionExample("mean(price by zip)", "400", "400", "300", "300", "300")

    static func result(of type: ValueType?) -> ValueType? { NumericRule.meanType(type) }

    static func aggregate(_ values: GroupedValues, type: ValueType) throws -> Column {
        var sums = GroupSums(groupCount: values.groupCount)
        values.forEachNumber { sums.add($1, to: $0) }
        return .answers((0..<values.groupCount).map { sums.mean($0) }, type)
    }
}

/// The middle value.
enum Median: AggregateFunction {
    static let name = "median"
    static let signature = "median(column [where condition] [by groups])"
    static let summary = "The middle of the known values, of two middle ones their mean."
    static let example = FunctionExample("median(price)", "350", "350", "350", "350", "350")

    static func result(of type: ValueType?) -> ValueType? { type == .truth ? nil : NumericRule.meanType(type) }

    static func aggregate(_ values: GroupedValues, type: ValueType) throws -> Column {
        guard let numbers = values.column?.doubles() else { return .answers(Array(repeating: .nan, count: values.groupCount), type) }
        var grouped = try GroupedNumbers(numbers, groups: values.groups, groupCount: values.groupCount, context: values.context)
        return .answers(try grouped.quantiles(0.5, context: values.context), type)
    }
}

/// The sum.
enum Sum: AggregateFunction {
    static let name = "sum"
    static let signature = "sum(column [where condition] [by groups])"
    static let summary = "The sum of the known values, missing where there is none; of a truth column how often it is true."
    static let example = FunctionExample("sum(price by zip)", "800", "800", "600", "600", "600")

    static func result(of type: ValueType?) -> ValueType? {
        switch type {
        case .integer, .truth: .integer
        case .number, .nothing: .number
        case .duration, .days: .duration
        default: nil
        }
    }

    static func aggregate(_ values: GroupedValues, type: ValueType) throws -> Column {
        if type == .integer { return try integers(values) }
        var sums = GroupSums(groupCount: values.groupCount)
        values.forEachNumber { sums.add($1, to: $0) }
        return .answers((0..<values.groupCount).map { sums.sum($0) }, type)
    }

    private static func integers(_ values: GroupedValues) throws -> Column {
        var sums = Array(repeating: Int64(0), count: values.groupCount)
        var isEmpty = Array(repeating: true, count: values.groupCount)
        let column = values.column
        for row in values.knownRows() {
            let value: Int64 =
                switch column?.storage {
                case .integer(let integers, _): integers[row]
                case .truth(let truths): Int64(truths[row])
                default: 0
                }
            let group = Int(values.groups[row])
            let (sum, overflow) = sums[group].addingReportingOverflow(value)
            guard !overflow else {
                let number = values.rowNumbers.map { Int($0[row]) + 1 } ?? row + 1
                throw Fault(
                    "R0340", "row \(number): \(values.text) is too large for an integer (at most 9,223,372,036,854,775,807)",
                    remedy: "add numbers: sum(number(…))", subject: values.text)
            }
            sums[group] = sum
            isEmpty[group] = false
        }
        return Column(.integer(sums, missing: isEmpty.contains(true) ? isEmpty : nil))
    }
}

/// The standard deviation.
enum Deviation: AggregateFunction {
    static let name = "sd"
    static let signature = "sd(column [where condition] [by groups])"
    static let summary = "The standard deviation of the known values (divisor n - 1); missing for fewer than two."
    static let example = FunctionExample("round(sd(price), 3)", "129.099", "129.099", "129.099", "129.099", "129.099")

    static func result(of type: ValueType?) -> ValueType? { NumericRule.meanType(type) }

    static func aggregate(_ values: GroupedValues, type: ValueType) throws -> Column {
        var sums = GroupSums(groupCount: values.groupCount)
        values.forEachNumber { sums.add($1, to: $0) }
        let means = (0..<values.groupCount).map { sums.mean($0) }
        var squares = GroupSums(groupCount: values.groupCount)
        values.forEachNumber { squares.add(($1 - means[$0]) * ($1 - means[$0]), to: $0) }
        return .answers(
            (0..<values.groupCount).map { group in
                squares.counts[group] > 1 ? (squares.sum(group) / Double(squares.counts[group] - 1)).squareRoot() : .nan
            }, type)
    }
}

/// Rules for aggregates that compute with numbers.
enum NumericRule {
    static func meanType(_ type: ValueType?) -> ValueType? {
        switch type {
        case .number, .integer, .truth, .nothing: .number
        case .duration, .days: .duration
        default: nil
        }
    }
}

/// An aggregate that picks one row of each group and answers its value.
protocol PickedRow: AggregateFunction {
    /// The row of each group, -1 for none.
    static func rows(_ values: GroupedValues, _ column: Column) -> [Int32]
}

extension PickedRow {
    static func result(of type: ValueType?) -> ValueType? { type }

    static func aggregate(_ values: GroupedValues, type: ValueType) throws -> Column {
        guard let column = values.column else { return .numbers(Array(repeating: .nan, count: values.groupCount)) }
        return column.gathering(rows(values, column))
    }

    /// For each group the first row that no later one beats.
    @inline(__always)
    static func best(_ values: GroupedValues, _ beats: (_ row: Int, _ best: Int) -> Bool) -> [Int32] {
        var result = [Int32](repeating: -1, count: values.groupCount)
        for row in values.knownRows() {
            let group = Int(values.groups[row])
            if result[group] < 0 || beats(row, Int(result[group])) { result[group] = Int32(truncatingIfNeeded: row) }
        }
        return result
    }
}

/// The least value.
enum Minimum: PickedRow {
    static let name = "min"
    static let signature = "min(column [where condition] [by groups])"
    static let summary = "The least of the known values; of text the first in alphabetical order."
    static let example = FunctionExample("min(price by zip)", "300", "300", "200", "200", "200")

    static func result(of type: ValueType?) -> ValueType? { type == .truth ? nil : type }

    static func rows(_ values: GroupedValues, _ column: Column) -> [Int32] {
        let keys = OrderKeys(column).keys
        return best(values) { keys[$0] < keys[$1] }
    }
}

/// The greatest value.
enum Maximum: PickedRow {
    static let name = "max"
    static let signature = "max(column [where condition] [by groups])"
    static let summary = "The greatest of the known values; of text the last in alphabetical order."
    static let example = FunctionExample("max(sold_on)", "2024-03-18", "2024-03-18", "2024-03-18", "2024-03-18", "2024-03-18")

    static func result(of type: ValueType?) -> ValueType? { type == .truth ? nil : type }

    static func rows(_ values: GroupedValues, _ column: Column) -> [Int32] {
        let keys = OrderKeys(column).keys
        return best(values) { keys[$0] > keys[$1] }
    }
}

/// The first value.
enum First: PickedRow {
    static let name = "first"
    static let signature = "first(column [where condition] [by groups] [over order])"
    static let summary = "The first known value in table order, or along the order after over."
    static let example = FunctionExample("first(price by zip over sold_on)", "500", "500", "200", "200", "200")
    static let takesOrder = true

    static func rows(_ values: GroupedValues, _ column: Column) -> [Int32] {
        guard let order = values.order.map({ OrderKeys($0) }) else { return best(values) { _, _ in false } }
        return best(values) { order.precedes($0, $1) }
    }
}

/// The last value.
enum Last: PickedRow {
    static let name = "last"
    static let signature = "last(column [where condition] [by groups] [over order])"
    static let summary = "The last known value in table order, or along the order after over."
    static let example = FunctionExample("last(price by zip)", "500", "500", "400", "400", "400")
    static let takesOrder = true

    static func rows(_ values: GroupedValues, _ column: Column) -> [Int32] {
        guard let order = values.order.map({ OrderKeys($0) }) else { return best(values) { _, _ in true } }
        // Rows without a place in the order come before all others.
        return best(values) { order.isMissing($1) || (!order.isMissing($0) && order.keys[$0] >= order.keys[$1]) }
    }
}

/// How many rows.
enum Count: AggregateFunction {
    static let name = "count"
    static let signature = "count([column] [where condition] [by groups])"
    static let summary = "How many rows there are, or how many known values the column has."
    static let example = FunctionExample("count(by zip)", "2", "2", "3", "3", "3")
    static let parameters = [FunctionParameter("column", .any, optional: true)]

    static func result(of type: ValueType?) -> ValueType? { type == .truth ? nil : .integer }

    static func aggregate(_ values: GroupedValues, type: ValueType) throws -> Column {
        var counts = Array(repeating: Int64(0), count: values.groupCount)
        if values.column == nil {
            for group in values.groups where group >= 0 { counts[Int(group)] += 1 }
        } else {
            for row in values.knownRows() { counts[Int(values.groups[row])] += 1 }
        }
        return Column(.integer(counts, missing: nil))
    }
}

/// How many different values.
enum Distinct: AggregateFunction {
    static let name = "distinct"
    static let signature = "distinct(column [where condition] [by groups])"
    static let summary = "How many different known values there are."
    static let example = FunctionExample("distinct(zip)", "2", "2", "2", "2", "2")

    static func result(of type: ValueType?) -> ValueType? { .integer }

    static func aggregate(_ values: GroupedValues, type: ValueType) throws -> Column {
        var counts = Array(repeating: Int64(0), count: values.groupCount)
        guard let column = values.column else { return Column(.integer(counts, missing: nil)) }
        let distinct = GroupCodes(column)
        let (codes, width) = (distinct.codes, UInt64(max(1, distinct.count)))
        let bound = UInt64(max(1, values.groupCount)).multipliedReportingOverflow(by: width)
        var table = CodeTable(least: 0, greatest: bound.overflow ? .max : bound.partialValue, count: codes.count)
        for row in values.knownRows() where table.code(UInt64(values.groups[row]) * width + UInt64(codes[row])).isNew {
            counts[Int(values.groups[row])] += 1
        }
        return Column(.integer(counts, missing: nil))
    }
}
