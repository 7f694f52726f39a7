import RondoKernels
import RondoLanguage

/// Arithmetic on 64-bit integers; what does not fit is a fault that names the row.
enum IntegerArithmetic {
    static func evaluate(
        _ operation: ArithmeticOperator, _ left: Integers, _ right: Integers, of expression: Expression, _ scope: EvaluationScope
    ) throws -> Vector {
        let missing = try union(left.missing, right.missing, scope)
        switch operation {
        case .addIntegers: return try loop(left, right, missing, expression, scope) { $0.addingReportingOverflow($1) }
        case .subtractIntegers: return try loop(left, right, missing, expression, scope) { $0.subtractingReportingOverflow($1) }
        case .multiplyIntegers: return try loop(left, right, missing, expression, scope) { $0.multipliedReportingOverflow(by: $1) }
        case .powerIntegers: return try loop(left, right, missing, expression, scope) { power($0, $1) }
        default: return try modulo(left, right, missing, scope)
        }
    }

    static func negate(_ operand: Integers, of expression: Expression, _ scope: EvaluationScope) throws -> Vector {
        let zero = Integers(values: .constant(0), missing: nil)
        return try loop(zero, operand, operand.missing, expression, scope) { $0.subtractingReportingOverflow($1) }
    }

    /// Rows that are missing on either side.
    static func union(_ left: [Bool]?, _ right: [Bool]?, _ scope: EvaluationScope) throws -> [Bool]? {
        guard let left else { return right }
        guard let right else { return left }
        guard case .buffer(let both) = try scope.combine(.buffer(left), .buffer(right), { $0 || $1 }) else { return nil }
        return both
    }

    @inline(__always)
    private static func loop(
        _ left: Integers, _ right: Integers, _ missing: [Bool]?, _ expression: Expression, _ scope: EvaluationScope,
        _ step: (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
    ) throws -> Vector {
        if case .constant(let a) = left.values, case .constant(let b) = right.values {
            let (value, overflow) = step(a, b)
            guard !overflow else { throw overflowFault(row: nil, expression) }
            return Vector(constant: .integer(value), .integer)
        }
        var mask = missing
        let (results, hasOverflow) = try computed(left.values, right.values, scope, step)
        if hasOverflow {
            for row in 0..<scope.rows where missing?[row] != true && step(left.values[row], right.values[row]).overflow {
                guard scope.active?[row] == false else { throw overflowFault(row: scope.rowNumber(row), expression) }
                if mask == nil { mask = Array(repeating: false, count: scope.rows) }
                mask?[row] = true
            }
        }
        var values = Operand.buffer(results)
        if let mask, case .buffer(let all) = values {
            values = try scope.combine(.buffer(all), .buffer(mask)) { $1 ? 0 : $0 }
        }
        return .integers(Integers(values: values, missing: mask))
    }

    /// All results, wrong ones included, and whether there are wrong ones.
    @inline(__always)
    private static func computed(
        _ left: Operand<Int64>, _ right: Operand<Int64>, _ scope: EvaluationScope,
        _ step: (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
    ) throws -> (results: [Int64], hasOverflow: Bool) {
        var flags = [Bool](repeating: false, count: Parallel.chunkCount(count: scope.rows, chunkSize: EvaluationScope.chunkSize))
        let results: [Int64] = try flags.withUnsafeMutableBufferPointer { flags in
            nonisolated(unsafe) let flags = flags
            return try left.withRows { left, leftStride in
                try right.withRows { right, rightStride in
                    try scope.fill { items, target in
                        guard let left, let right else { return }
                        var any = false
                        for row in items {
                            let (value, overflow) = step(left[row * leftStride], right[row * rightStride])
                            (target + row).initialize(to: value)
                            any = any || overflow
                        }
                        flags[items.lowerBound / EvaluationScope.chunkSize] = any
                    }
                }
            }
        }
        return (results, flags.contains(true))
    }

    /// The remainder with the sign of the divisor; missing for divisor 0.
    private static func modulo(_ left: Integers, _ right: Integers, _ missing: [Bool]?, _ scope: EvaluationScope) throws -> Vector {
        if case .constant(let divisor) = right.values, divisor == 0 { return Vector(constant: .missing, .integer) }
        let values = try scope.combine(left.values, right.values) { remainder($0, $1) }
        if case .constant(let value) = values { return Vector(constant: .integer(value), .integer) }
        guard case .buffer(let divisors) = right.values, divisors.contains(0) else {
            return .integers(Integers(values: values, missing: missing))
        }
        guard case .buffer(let zero) = try scope.map(right.values, { $0 == 0 }) else { return Vector(constant: .missing, .integer) }
        return .integers(Integers(values: values, missing: try union(missing, zero, scope)))
    }

    @inline(__always)
    static func remainder(_ a: Int64, _ b: Int64) -> Int64 {
        guard b != 0, b != -1 else { return 0 }
        let remainder = a % b
        return remainder != 0 && (remainder < 0) != (b < 0) ? remainder &+ b : remainder
    }

    /// By repeated squaring; the exponent is not negative.
    static func power(_ base: Int64, _ exponent: Int64) -> (partialValue: Int64, overflow: Bool) {
        var result: Int64 = 1
        var square = base
        var rest = exponent
        while rest > 0 {
            if rest & 1 == 1 {
                let (product, overflow) = result.multipliedReportingOverflow(by: square)
                if overflow { return (0, true) }
                result = product
            }
            rest >>= 1
            if rest > 0 {
                let (product, overflow) = square.multipliedReportingOverflow(by: square)
                if overflow { return (0, true) }
                square = product
            }
        }
        return (result, false)
    }

    /// R0340: the row's number from 1, nil when the fault holds for all rows.
    static func overflowFault(row: Int?, _ expression: Expression) -> Fault {
        let place = row.map { "row \($0): " } ?? ""
        let text = expression.text
        return Fault(
            "R0340", "\(place)\(text) is too large for an integer (at most 9,223,372,036,854,775,807)",
            remedy: "compute with numbers: put number(…) around one side of \(text)", subject: text)
    }
}
