import RondoFrame
import RondoKernels

/// `if … then … else …` and what is built on it: one of two values in each row.
enum Selection {
    /// The first where the condition is true, the second where it is false, missing where it is missing; both have one type.
    static func choose(_ condition: Operand<UInt8>, _ first: Vector, _ second: Vector, _ type: ValueType, _ scope: EvaluationScope) throws
        -> Vector
    {
        let chosen: [UInt8]
        switch condition {
        case .constant(1): return first
        case .constant(0): return second
        case .constant: return Vector(constant: .missing, type)
        case .buffer(let values): chosen = values
        }
        switch type {
        case .number, .months, .nothing:
            return .numbers(.buffer(try pick(chosen, first.numbers, second.numbers, missing: .nan, scope)), type)
        case .integer: return try integers(chosen, first, second, scope)
        case .truth: return .truths(.buffer(try pick(chosen, first.truths, second.truths, missing: Column.missingTruth, scope)))
        case .date: return .dates(.buffer(try pick(chosen, first.dates, second.dates, missing: Column.missingDate, scope)))
        case .time:
            return .times(.buffer(try pick(chosen, first.microseconds, second.microseconds, missing: Column.missingTime, scope)))
        case .duration, .days:
            return .durations(.buffer(try pick(chosen, first.microseconds, second.microseconds, missing: Column.missingTime, scope)), type)
        case .text, .category: return try words(chosen, first, second, type, scope)
        }
    }

    @inline(__always)
    private static func pick<Value>(
        _ condition: [UInt8], _ first: Operand<Value>, _ second: Operand<Value>, missing: Value, _ scope: EvaluationScope
    ) throws -> [Value] {
        try condition.withUnsafeBufferPointer { condition in
            try first.withRows { first, firstStride in
                try second.withRows { second, secondStride in
                    try scope.fill { items, target in
                        // Only empty tables have no address.
                        guard let first, let second else { return }
                        for row in items {
                            let value =
                                switch condition[row] {
                                case 1: first[row * firstStride]
                                case 0: second[row * secondStride]
                                default: missing
                                }
                            (target + row).initialize(to: value)
                        }
                    }
                }
            }
        }
    }

    private static func integers(_ condition: [UInt8], _ first: Vector, _ second: Vector, _ scope: EvaluationScope) throws -> Vector {
        let (left, right) = (first.integers, second.integers)
        let leftMissing: Operand<Bool> = left.missing.map { .buffer($0) } ?? .constant(first.isMissingConstant)
        let rightMissing: Operand<Bool> = right.missing.map { .buffer($0) } ?? .constant(second.isMissingConstant)
        let values = try pick(condition, left.values, right.values, missing: 0, scope)
        let missing = try pick(condition, leftMissing, rightMissing, missing: true, scope)
        return .integers(Integers(values: .buffer(values), missing: missing.contains(true) ? missing : nil))
    }

    private static func words(_ condition: [UInt8], _ first: Vector, _ second: Vector, _ type: ValueType, _ scope: EvaluationScope) throws
        -> Vector
    {
        let (left, right) = (first.words, second.words)
        let (levels, moved) = merged(left.levels, right.levels)
        let rightCodes = try moved.map { moved in try scope.map(right.codes) { $0 < 0 ? $0 : moved[Int($0)] } } ?? right.codes
        let codes = try pick(condition, left.codes, rightCodes, missing: -1, scope)
        return Vector(Column(type == .category ? .category(codes, levels) : .text(codes, levels)), type)
    }

    /// All words of both lists, and the new index of each word of the second (nil when unchanged).
    private static func merged(_ first: Levels, _ second: Levels) -> (Levels, [Int32]?) {
        if first === second { return (first, nil) }
        var index = first.index()
        var words = first.words
        let moved = second.words.map { word -> Int32 in
            if let known = index[word] { return known }
            let code = Int32(words.count)
            index[word] = code
            words.append(word)
            return code
        }
        return (Levels(words), moved)
    }
}
