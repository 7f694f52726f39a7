import RondoFrame
import RondoKernels

/// The first value that is known.
enum Coalesce: RowFunction {
    static let name = "coalesce"
    static let signature = "coalesce(value, value, …)"
    static let summary = "The first of the values that is not missing."
    static let example = FunctionExample("coalesce(missing, 3, 4)", "3")
    static let parameters = [FunctionParameter("value", .any), FunctionParameter("value", .any)]
    static let takesMany = true
    static let unifies = true
    static let seesMissing = true

    static func result(of types: [ValueType]) -> FunctionResult { .type(types[0]) }

    static func evaluate(_ arguments: [Vector], type: ValueType, _ scope: EvaluationScope) throws -> Vector {
        var result = arguments[arguments.count - 1]
        for value in arguments.dropLast().reversed() {
            let isMissing = try Logic.isMissing(value, scope).truths
            result = try Selection.choose(isMissing, result, value, type, scope)
        }
        return result
    }
}

/// Conversion to a number.
enum NumberOf: RowFunction {
    static let name = "number"
    static let signature = "number(value)"
    static let summary = "The value as a number: text is read, true is 1 and false 0; missing where that fails, and counted."
    static let example = FunctionExample("number(\"2.50\")", "2.5")
    static let parameters = [FunctionParameter("value", .any)]
    static let isPure = false

    static func result(of types: [ValueType]) -> FunctionResult { ConversionRule.result(of: types[0], name: name, gives: .number) }

    static func evaluate(_ arguments: [Vector], type: ValueType, _ scope: EvaluationScope) throws -> Vector {
        let value = arguments[0]
        switch value.type {
        case .integer: return try Conversion.evaluate(value, to: .number, scope)
        case .truth: return .numbers(try scope.map(value.truths) { $0 == Column.missingTruth ? .nan : Double($0) })
        case .text, .category:
            let result = Vector.numbers(try scope.mapWords(value, missing: .nan) { ConversionRule.number($0) ?? .nan })
            try scope.countFailures(from: value, to: result)
            return result
        default: return value
        }
    }
}

/// Conversion to an integer.
enum IntegerOf: RowFunction {
    static let name = "integer"
    static let signature = "integer(value)"
    static let summary =
        "The value as an integer: text is read, true is 1 and false 0; missing where it is not whole, and counted (round first)."
    static let example = FunctionExample("integer(\"42\")", "42")
    static let parameters = [FunctionParameter("value", .any)]
    static let isPure = false

    static func result(of types: [ValueType]) -> FunctionResult { ConversionRule.result(of: types[0], name: name, gives: .integer) }

    static func evaluate(_ arguments: [Vector], type: ValueType, _ scope: EvaluationScope) throws -> Vector {
        let value = arguments[0]
        let result: Vector
        switch value.type {
        case .number, .nothing: result = .markedIntegers(try scope.map(value.numbers) { Int64(exactly: $0) ?? .min })
        case .truth: return .markedIntegers(try scope.map(value.truths) { $0 == Column.missingTruth ? .min : Int64($0) })
        case .text, .category:
            result = .markedIntegers(
                try scope.mapWords(value, missing: .min) { word in
                    if let integer = Int64(Trim.value(word) ?? "") { return integer }
                    return ConversionRule.number(word).flatMap { Int64(exactly: $0) } ?? .min
                })
        default: return value
        }
        try scope.countFailures(from: value, to: result)
        return result
    }
}

/// Conversion to text.
enum TextOf: RowFunction {
    static let name = "text"
    static let signature = "text(value)"
    static let summary = "The value as text, as it would be written to a file."
    static let example = FunctionExample("text(2.50)", "2.5")
    static let parameters = [FunctionParameter("value", .any)]

    static func result(of types: [ValueType]) -> FunctionResult { .type(.text) }

    static func evaluate(_ arguments: [Vector], type: ValueType, _ scope: EvaluationScope) throws -> Vector {
        let value = arguments[0]
        if value.type.isText { return try Conversion.evaluate(value, to: .text, scope) }
        switch value.storage {
        case .constant(let scalar): return Vector(constant: .text(scalar.plainText), .text)
        case .column(let column):
            let words = try Parallel.mapChunks(count: scope.rows, chunkSize: EvaluationScope.chunkSize, context: scope.context) {
                _, items in
                items.map { row -> String? in
                    let scalar = column[row]
                    return scalar.isMissing ? nil : scalar.plainText
                }
            }
            return Vector(.text(words.flatMap { $0 }), .text)
        }
    }
}

/// Conversion to a date.
enum DateOf: RowFunction {
    static let name = "date"
    static let signature = "date(value)"
    static let summary =
        "The date of a time (UTC), or of text like 2024-03-01; missing where that fails, and counted (cast reads other forms)."
    static let example = FunctionExample("date(\"2024-02-29\")", "2024-02-29")
    static let parameters = [FunctionParameter("value", .any)]
    static let isPure = false

    static func result(of types: [ValueType]) -> FunctionResult {
        switch types[0] {
        case .date, .time, .text, .category, .nothing: .type(.date)
        case .number, .integer:
            .unfit(message: "date needs a time or text, not a number", remedy: "write date(from_epoch(…)) if it counts seconds since 1970")
        default: .unfit(message: "date needs a time or text, not \(types[0].words)", remedy: "write date(\"2024-03-01\")")
        }
    }

    static func evaluate(_ arguments: [Vector], type: ValueType, _ scope: EvaluationScope) throws -> Vector {
        let value = arguments[0]
        switch value.type {
        case .time: return .dates(try scope.days(value))
        case .text, .category:
            let result = Vector.dates(
                try scope.mapWords(value, missing: Column.missingDate) { word in
                    switch MomentReading.read(Trim.value(word) ?? "") {
                    case .date(let days): days
                    case .time(let time): CivilCalendar.split(time).days
                    default: Column.missingDate
                    }
                })
            try scope.countFailures(from: value, to: result)
            return result
        default: return value
        }
    }
}

/// What conversions have in common.
enum ConversionRule {
    static func result(of type: ValueType, name: String, gives result: ValueType) -> FunctionResult {
        switch type {
        case .date, .time:
            .unfit(message: "\(name) of \(type.words) has no meaning", remedy: "write year(…), month(…), or days_between(…, …)")
        case .duration, .days, .months: .unfit(message: "\(name) of a duration needs a unit", remedy: "write duration / 1 day")
        default: .type(result)
        }
    }

    /// A decimal number with blanks around it at most; no hexadecimal digits, infinities or words.
    static func number(_ word: String) -> Double? {
        let trimmed = Trim.value(word) ?? ""
        let allowed = trimmed.utf8.allSatisfy { (48...57).contains($0) || $0 == 43 || $0 == 45 || $0 == 46 || $0 == 69 || $0 == 101 }
        guard allowed, let value = Double(trimmed), value.isFinite else { return nil }
        return value
    }
}

extension EvaluationScope {
    /// Counts rows that had a value and have none after a conversion.
    func countFailures(from before: Vector, to after: Vector) throws {
        let (known, lost) = (try Logic.isMissing(before, self).truths, try Logic.isMissing(after, self).truths)
        let isUsed = active
        switch try combine(known, lost, { $0 == 0 && $1 == 1 }) {
        case .constant(let failed): if failed { tally.add(1, first: before.constant?.plainText ?? "") }
        case .buffer(let failed):
            var count = 0
            var first: Int?
            for row in failed.indices where failed[row] && isUsed?[row] != false {
                count += 1
                if first == nil { first = row }
            }
            if let first { tally.add(count, first: before.column(rows: rows)[first].plainText) }
        }
    }
}
