import RondoFrame
import RondoKernels

/// The distance from 0.
enum Abs: RowFunction {
    static let name = "abs"
    static let signature = "abs(number)"
    static let summary = "The number without its sign."
    static let example = FunctionExample("abs(-3.5)", "3.5")
    static let parameters = [FunctionParameter("number", .numeric)]

    static func result(of types: [ValueType]) -> FunctionResult { .type(types[0]) }

    static func evaluate(_ arguments: [Vector], type: ValueType, _ scope: EvaluationScope) throws -> Vector {
        guard type == .integer else { return .numbers(try scope.map(arguments[0].numbers) { $0.magnitude }) }
        var integers = arguments[0].integers
        integers.values = try scope.map(integers.values) { $0 == .min ? .max : abs($0) }
        return .integers(integers)
    }
}

/// The sign.
enum Sign: RowFunction {
    static let name = "sign"
    static let signature = "sign(number)"
    static let summary = "-1, 0 or 1."
    static let example = FunctionExample("sign(-3.5)", "-1")
    static let parameters = [FunctionParameter("number", .numeric)]

    static func result(of types: [ValueType]) -> FunctionResult { .type(types[0]) }

    static func evaluate(_ arguments: [Vector], type: ValueType, _ scope: EvaluationScope) throws -> Vector {
        guard type == .integer else { return .numbers(try scope.map(arguments[0].numbers) { $0 > 0 ? 1 : ($0 < 0 ? -1 : $0) }) }
        var integers = arguments[0].integers
        integers.values = try scope.map(integers.values) { $0.signum() }
        return .integers(integers)
    }
}

/// A function of one number that gives a number; what is not finite becomes missing.
protocol NumberCurve: RowFunction {
    static func value(_ x: Double) -> Double
}

extension NumberCurve {
    static var parameters: [FunctionParameter] { [FunctionParameter("number", .number)] }
    static func result(of types: [ValueType]) -> FunctionResult { .type(.number) }
    static func evaluate(_ arguments: [Vector], type: ValueType, _ scope: EvaluationScope) throws -> Vector {
        .numbers(try scope.map(arguments[0].numbers) { NumberArithmetic.finite(value($0)) })
    }
}

/// The square root.
enum Sqrt: NumberCurve {
    static let name = "sqrt"
    static let signature = "sqrt(number)"
    static let summary = "The square root; missing below 0."
    static let example = FunctionExample("sqrt(2.25)", "1.5")
    static func value(_ x: Double) -> Double { x.squareRoot() }
}

/// The natural logarithm.
enum Log: NumberCurve {
    static let name = "log"
    static let signature = "log(number)"
    static let summary = "The natural logarithm; missing for 0 and below."
    static let example = FunctionExample("log(exp(2))", "2")
    static func value(_ x: Double) -> Double { Elementary.log(x) }
}

/// The decimal logarithm.
enum Log10: NumberCurve {
    static let name = "log10"
    static let signature = "log10(number)"
    static let summary = "The logarithm to base 10; missing for 0 and below."
    static let example = FunctionExample("log10(1000)", "3")
    static func value(_ x: Double) -> Double { Elementary.log10(x) }
}

/// The exponential function.
enum Exp: NumberCurve {
    static let name = "exp"
    static let signature = "exp(number)"
    static let summary = "e to the power of the number; missing where that is too large."
    static let example = FunctionExample("exp(0)", "1")
    static func value(_ x: Double) -> Double { Elementary.exp(x) }
}

/// A function that gives whole numbers; integers stay as they are.
protocol WholeNumber: RowFunction {
    static var rule: FloatingPointRoundingRule { get }
}

extension WholeNumber {
    static var parameters: [FunctionParameter] { [FunctionParameter("number", .numeric)] }
    static func result(of types: [ValueType]) -> FunctionResult { .type(types[0]) }
    static func evaluate(_ arguments: [Vector], type: ValueType, _ scope: EvaluationScope) throws -> Vector {
        type == .integer ? arguments[0] : .numbers(try scope.map(arguments[0].numbers) { $0.rounded(rule) })
    }
}

/// The next whole number below.
enum Floor: WholeNumber {
    static let name = "floor"
    static let signature = "floor(number)"
    static let summary = "The greatest whole number that is not above it."
    static let example = FunctionExample("floor(-1.5)", "-2")
    static let rule = FloatingPointRoundingRule.down
}

/// The next whole number above.
enum Ceil: WholeNumber {
    static let name = "ceil"
    static let signature = "ceil(number)"
    static let summary = "The least whole number that is not below it."
    static let example = FunctionExample("ceil(-1.5)", "-1")
    static let rule = FloatingPointRoundingRule.up
}

/// Rounding to decimal places.
enum Round: RowFunction {
    static let name = "round"
    static let signature = "round(number[, digits])"
    static let summary = "Rounded to so many decimal places (0; below 0: to tens, hundreds), halves away from 0."
    static let example = FunctionExample("round(3.14159, 2)", "3.14")
    static let parameters = [FunctionParameter("number", .numeric), FunctionParameter("digits", .integer, optional: true)]

    static func result(of types: [ValueType]) -> FunctionResult { .type(types[0]) }

    static func evaluate(_ arguments: [Vector], type: ValueType, _ scope: EvaluationScope) throws -> Vector {
        guard arguments.count > 1 else {
            return type == .integer ? arguments[0] : .numbers(try scope.map(arguments[0].numbers) { $0.rounded(.toNearestOrAwayFromZero) })
        }
        let digits = arguments[1].numbers
        if type == .number { return .numbers(try scope.combine(arguments[0].numbers, digits) { rounded($0, $1) }) }
        let integers = arguments[0].integers
        let missing = try IntegerArithmetic.union(integers.missing, arguments[1].integers.missing, scope)
        return .integers(Integers(values: try scope.combine(integers.values, digits) { rounded($0, $1) }, missing: missing))
    }

    private static func rounded(_ value: Double, _ digits: Double) -> Double {
        guard digits.magnitude <= 308 else { return digits > 0 ? value : (digits.isNaN ? .nan : 0) }
        let power = Elementary.pow(10, digits.magnitude)
        if digits < 0 { return (value / power).rounded(.toNearestOrAwayFromZero) * power }
        let scaled = value * power
        // From 2^52 on every double is whole: more places cannot change it.
        return scaled.magnitude < 0x1p52 ? scaled.rounded(.toNearestOrAwayFromZero) / power : value
    }

    private static func rounded(_ value: Int64, _ digits: Double) -> Int64 {
        guard digits < 0 else { return value }
        guard digits >= -18 else { return 0 }
        var unit: Int64 = 1
        for _ in 0..<Int(-digits) { unit *= 10 }
        let rest = value % unit
        let whole = value - rest
        guard rest.magnitude >= UInt64(unit / 2) else { return whole }
        let (moved, overflow) = whole.addingReportingOverflow(rest < 0 ? -unit : unit)
        return overflow ? whole : moved
    }
}

/// The least or greatest of several values of one type.
protocol Extreme: RowFunction {
    /// Whether the first of two is kept, when it is less.
    static var keepsLess: Bool { get }
}

extension Extreme {
    static var parameters: [FunctionParameter] { [FunctionParameter("value", .any), FunctionParameter("value", .any)] }
    static var takesMany: Bool { true }
    static var unifies: Bool { true }

    static func result(of types: [ValueType]) -> FunctionResult {
        types[0] == .truth
            ? .unfit(message: "\(name) needs values with an order, true and false have none", remedy: "write a or b, a and b")
            : .type(types[0])
    }

    static func evaluate(_ arguments: [Vector], type: ValueType, _ scope: EvaluationScope) throws -> Vector {
        var result = arguments[0]
        for next in arguments.dropFirst() {
            let (low, high) = keepsLess ? (result, next) : (next, result)
            if type == .number {
                result = .numbers(try scope.combine(low.numbers, high.numbers) { lesser($0, $1) })
            } else {
                let isFirst = try Comparison.evaluate(.lessOrEqual, low, high, scope)
                result = try Selection.choose(isFirst.truths, result, next, type, scope)
            }
        }
        return result
    }

    @inline(__always)
    private static func lesser(_ low: Double, _ high: Double) -> Double {
        guard !low.isNaN, !high.isNaN else { return .nan }
        return keepsLess ? (low <= high ? low : high) : (low <= high ? high : low)
    }
}

/// The least value.
enum Least: Extreme {
    static let name = "least"
    static let signature = "least(value, value, …)"
    static let summary = "The least of the values in a row; missing where one is missing."
    static let example = FunctionExample("least(3, 1.5, 2)", "1.5")
    static let keepsLess = true
}

/// The greatest value.
enum Greatest: Extreme {
    static let name = "greatest"
    static let signature = "greatest(value, value, …)"
    static let summary = "The greatest of the values in a row; missing where one is missing."
    static let example = FunctionExample("greatest(3, 1.5, 2)", "3")
    static let keepsLess = false
}
