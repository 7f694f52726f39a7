import RondoFrame
import RondoKernels

/// Comparisons of two operands of one type; missing on either side gives missing.
enum Comparison {
    static func evaluate(_ operation: ComparisonOperator, _ left: Vector, _ right: Vector, _ scope: EvaluationScope) throws -> Vector {
        if left.isMissingConstant || right.isMissingConstant { return Vector(constant: .missing, .truth) }
        switch left.type {
        case .number, .months, .nothing:
            return .truths(try compare(operation, left.numbers, right.numbers, scope) { $0.isNaN })
        case .integer:
            let (first, second) = (left.integers, right.integers)
            let result = try compare(operation, first.values, second.values, scope) { _ in false }
            guard let missing = try IntegerArithmetic.union(first.missing, second.missing, scope) else { return .truths(result) }
            return .truths(try scope.combine(result, .buffer(missing)) { $1 ? Column.missingTruth : $0 })
        case .truth: return .truths(try compare(operation, left.truths, right.truths, scope) { $0 == Column.missingTruth })
        case .date: return .truths(try compare(operation, left.dates, right.dates, scope) { $0 == Column.missingDate })
        case .time, .duration, .days:
            return .truths(try compare(operation, left.microseconds, right.microseconds, scope) { $0 == Column.missingTime })
        case .text, .category: return .truths(try TextComparison.compare(operation, left, right, scope))
        }
    }

    /// One loop for each operator, so that the choice is made once.
    @inline(__always)
    static func compare<Value: Comparable>(
        _ operation: ComparisonOperator, _ left: Operand<Value>, _ right: Operand<Value>, _ scope: EvaluationScope,
        isMissing: (Value) -> Bool
    ) throws -> Operand<UInt8> {
        switch operation {
        case .equal: try scope.combine(left, right) { isMissing($0) || isMissing($1) ? 2 : ($0 == $1 ? 1 : 0) }
        case .unequal: try scope.combine(left, right) { isMissing($0) || isMissing($1) ? 2 : ($0 != $1 ? 1 : 0) }
        case .less: try scope.combine(left, right) { isMissing($0) || isMissing($1) ? 2 : ($0 < $1 ? 1 : 0) }
        case .lessOrEqual: try scope.combine(left, right) { isMissing($0) || isMissing($1) ? 2 : ($0 <= $1 ? 1 : 0) }
        }
    }
}
