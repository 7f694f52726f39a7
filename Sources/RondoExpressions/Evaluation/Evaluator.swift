import RondoFrame
import RondoKernels

extension TypedNode {
    /// The values of this part for the rows of the scope.
    func evaluate(_ scope: EvaluationScope) throws -> Vector {
        switch operation {
        case .constant(let value): return Vector(constant: value, type)
        case .column(let name): return try column(name, scope)
        case .convert(let inner): return try Conversion.evaluate(inner.evaluate(scope), to: type, scope)
        case .not(let inner): return try Logic.not(inner.evaluate(scope), scope)
        case .logic(let operation, let left, let right):
            return try Logic.evaluate(operation, left.evaluate(scope), right.evaluate(scope), scope)
        case .compare(let operation, let left, let right):
            return try Comparison.evaluate(operation, left.evaluate(scope), right.evaluate(scope), scope)
        case .member(let inner, let set): return try Membership.evaluate(inner.evaluate(scope), set, scope)
        case .isMissing(let inner): return try Logic.isMissing(inner.evaluate(scope), scope)
        case .text(let test, let text, let part): return try TextMatching.evaluate(test, text.evaluate(scope), part.evaluate(scope), scope)
        case .matches(let text, let pattern): return try TextMatching.matches(text.evaluate(scope), pattern, scope)
        case .negate, .arithmetic: return try evaluateArithmetic(scope)
        case .choose(let condition, let first, let second): return try choose(condition, first, second, scope)
        case .call(let function, let arguments):
            let vectors = try arguments.map { try $0.evaluate(scope) }
            if !function.seesMissing, vectors.contains(where: \.isMissingConstant) { return Vector(constant: .missing, type) }
            return try function.evaluate(vectors, type: type, scope)
        case .aggregate(let index):
            guard index < scope.aggregates.count else { throw CompiledExpression.notLearned }
            return try scope.aggregates[index].evaluate(scope)
        case .ordered(let call): return try call.evaluate(scope)
        case .faulty: return Vector(constant: .missing, type)
        }
    }

    private func evaluateArithmetic(_ scope: EvaluationScope) throws -> Vector {
        switch operation {
        case .negate(let inner, let expression):
            let vector = try inner.evaluate(scope)
            if vector.isMissingConstant { return Vector(constant: .missing, type) }
            switch type {
            case .integer: return try IntegerArithmetic.negate(vector.integers, of: expression, scope)
            case .days, .duration:
                return .durations(try scope.map(vector.microseconds) { $0 == Column.missingTime ? $0 : -$0 }, type)
            default: return .numbers(try scope.map(vector.numbers) { -$0 }, type)
            }
        case .arithmetic(let operation, let left, let right, let expression):
            let (first, second) = (try left.evaluate(scope), try right.evaluate(scope))
            if first.isMissingConstant || second.isMissingConstant { return Vector(constant: .missing, type) }
            switch type {
            case .integer: return try IntegerArithmetic.evaluate(operation, first.integers, second.integers, of: expression, scope)
            case .number where operation != .ratio, .months:
                return .numbers(try NumberArithmetic.evaluate(operation, first.numbers, second.numbers, scope), type)
            default: return try MomentArithmetic.evaluate(operation, first, second, type, scope)
            }
        default: return Vector(constant: .missing, type)
        }
    }

    private func choose(_ condition: TypedNode, _ first: TypedNode, _ second: TypedNode, _ scope: EvaluationScope) throws -> Vector {
        let chosen = try condition.evaluate(scope).truths
        switch chosen {
        case .constant(1): return try first.evaluate(scope)
        case .constant(0): return try second.evaluate(scope)
        case .constant: return Vector(constant: .missing, type)
        case .buffer(let values):
            let left = try first.evaluate(first.mayOverflow ? scope.narrowed(to: values, value: 1) : scope)
            let right = try second.evaluate(second.mayOverflow ? scope.narrowed(to: values, value: 0) : scope)
            return try Selection.choose(chosen, left, right, type, scope)
        }
    }

    /// Whether integer arithmetic stands in it: only then rows that are not used must be told apart.
    private var mayOverflow: Bool {
        switch operation {
        case .arithmetic(_, let left, let right, _): type == .integer || left.mayOverflow || right.mayOverflow
        case .negate(let inner, _): type == .integer || inner.mayOverflow
        case .convert(let inner), .not(let inner), .isMissing(let inner), .member(let inner, _), .matches(let inner, _): inner.mayOverflow
        case .logic(_, let left, let right), .compare(_, let left, let right), .text(_, let left, let right):
            left.mayOverflow || right.mayOverflow
        case .choose(let condition, let first, let second): condition.mayOverflow || first.mayOverflow || second.mayOverflow
        case .call(_, let arguments): arguments.contains { $0.mayOverflow || $0.type == .integer }
        case .constant, .column, .aggregate, .ordered, .faulty: false
        }
    }

    /// The column of the table, in the type that was promised when the expression was checked.
    private func column(_ name: String, _ scope: EvaluationScope) throws -> Vector {
        guard let column = scope.frame[name] else {
            throw Fault("R0343", "the rows have no column \(name)", remedy: "give \(name) with the rows", subject: name)
        }
        if column.type == type.columnType { return Vector(column, type) }
        let found = ValueType(column.type)
        let converts =
            switch (found, type) {
            case (.integer, .number), (.date, .time), (.category, .text), (.text, .category): true
            default: false
            }
        if converts { return try Conversion.evaluate(Vector(column, found), to: type, scope) }
        if column.missingCount == column.count { return Vector(constant: .missing, type) }
        throw Fault(
            "R0344", "column \(name) holds \(found.words) here, \(type.words) when the expression was written",
            remedy: "cast \(name) \(type.columnType.rawValue)", subject: name)
    }
}

extension EvaluationScope {
    /// The same scope, in which only rows with this value of the condition are used.
    func narrowed(to condition: [UInt8], value: UInt8) -> EvaluationScope {
        var scope = self
        if let active {
            scope.active = condition.indices.map { condition[$0] == value && active[$0] }
        } else {
            scope.active = condition.map { $0 == value }
        }
        return scope
    }
}
