import RondoFrame

/// Three-valued logic (Kleene): 0 false, 1 true, 2 missing.
enum Logic {
    static func evaluate(_ operation: LogicOperator, _ left: Vector, _ right: Vector, _ scope: EvaluationScope) throws -> Vector {
        switch operation {
        case .and: .truths(try scope.combine(left.truths, right.truths) { and($0, $1) })
        case .or: .truths(try scope.combine(left.truths, right.truths) { or($0, $1) })
        }
    }

    static func not(_ vector: Vector, _ scope: EvaluationScope) throws -> Vector {
        .truths(try scope.map(vector.truths) { not($0) })
    }

    /// False wins, then missing.
    @inline(__always)
    static func and(_ a: UInt8, _ b: UInt8) -> UInt8 { a &* b == 0 ? 0 : max(a, b) }

    /// True wins, then missing.
    @inline(__always)
    static func or(_ a: UInt8, _ b: UInt8) -> UInt8 { a == 1 || b == 1 ? 1 : max(a, b) }

    @inline(__always)
    static func not(_ a: UInt8) -> UInt8 { a == 2 ? 2 : a ^ 1 }

    static func isMissing(_ vector: Vector, _ scope: EvaluationScope) throws -> Vector {
        guard case .column(let column) = vector.storage else { return .truths(.constant(vector.isMissingConstant ? 1 : 0)) }
        let result: Operand<UInt8>
        switch column.storage {
        case .number(let values): result = try scope.map(.buffer(values)) { $0.isNaN ? 1 : 0 }
        case .truth(let values): result = try scope.map(.buffer(values)) { $0 == Column.missingTruth ? 1 : 0 }
        case .text(let codes, _), .category(let codes, _): result = try scope.map(.buffer(codes)) { $0 < 0 ? 1 : 0 }
        case .date(let values): result = try scope.map(.buffer(values)) { $0 == Column.missingDate ? 1 : 0 }
        case .time(let values), .duration(let values): result = try scope.map(.buffer(values)) { $0 == Column.missingTime ? 1 : 0 }
        case .integer(_, missing: let missing?): result = try scope.map(.buffer(missing)) { $0 ? 1 : 0 }
        case .integer, .sparse: result = .buffer(Array(repeating: 0, count: column.count))
        }
        return .truths(result)
    }
}
