import RondoKernels

/// Arithmetic on numbers; what is not finite becomes missing (NaN).
enum NumberArithmetic {
    static func evaluate(_ operation: ArithmeticOperator, _ left: Operand<Double>, _ right: Operand<Double>, _ scope: EvaluationScope)
        throws
        -> Operand<Double>
    {
        switch operation {
        case .addNumbers: try scope.combine(left, right) { finite($0 + $1) }
        case .subtractNumbers: try scope.combine(left, right) { finite($0 - $1) }
        case .multiplyNumbers: try scope.combine(left, right) { finite($0 * $1) }
        case .divideNumbers: try scope.combine(left, right) { finite($0 / $1) }
        case .moduloNumbers: try scope.combine(left, right) { modulo($0, $1) }
        case .powerNumbers: try power(left, right, scope)
        default: .constant(.nan)
        }
    }

    /// Infinity becomes NaN, the missing number.
    @inline(__always)
    static func finite(_ value: Double) -> Double { value.magnitude < .infinity ? value : .nan }

    /// The remainder with the sign of the divisor; missing for divisor 0.
    @inline(__always)
    static func modulo(_ a: Double, _ b: Double) -> Double {
        let remainder = a.truncatingRemainder(dividingBy: b)
        return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder
    }

    private static func power(_ left: Operand<Double>, _ right: Operand<Double>, _ scope: EvaluationScope) throws -> Operand<Double> {
        if case .constant(let exponent) = right, exponent == 2 { return try scope.map(left) { finite($0 * $0) } }
        if case .constant(let exponent) = right, exponent == 0.5 { return try scope.map(left) { $0 < 0 ? .nan : $0.squareRoot() } }
        return try scope.combine(left, right) { base, exponent in
            base.isNaN || exponent.isNaN ? .nan : finite(Elementary.pow(base, exponent))
        }
    }
}
