import RondoFrame
import RondoKernels

/// The values and ranges of a list after `in`.
enum MemberSet: Sendable {
    case numbers(ValueRanges<Double>)
    case integers(ValueRanges<Int64>)
    case words(Set<String>, ranges: [ClosedRange<String>])
    case dates(ValueRanges<Int32>)
    case microseconds(ValueRanges<Int64>)
}

/// Single values and closed ranges of one type.
struct ValueRanges<Value: Comparable & Sendable>: Sendable {
    private let values: [Value]
    private let ranges: [ClosedRange<Value>]

    init(_ values: [Value], _ ranges: [ClosedRange<Value>]) {
        self.values = values.sorted()
        self.ranges = ranges
    }

    func contains(_ value: Value) -> Bool {
        var low = 0
        var high = values.count
        while low < high {
            let middle = (low + high) / 2
            if values[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low < values.count && values[low] == value || ranges.contains { $0.contains(value) }
    }
}

/// `x in [1, 2, 5..9]`.
enum Membership {
    static func evaluate(_ vector: Vector, _ set: MemberSet, _ scope: EvaluationScope) throws -> Vector {
        if vector.isMissingConstant { return Vector(constant: .missing, .truth) }
        switch set {
        case .numbers(let set):
            return .truths(try scope.map(vector.numbers) { $0.isNaN ? 2 : (set.contains($0) ? 1 : 0) })
        case .integers(let set):
            let integers = vector.integers
            let result: Operand<UInt8> = try scope.map(integers.values) { set.contains($0) ? 1 : 0 }
            guard let missing = integers.missing else { return .truths(result) }
            return .truths(try scope.combine(result, .buffer(missing)) { $1 ? Column.missingTruth : $0 })
        case .words(let set, let ranges):
            return .truths(
                try scope.mapWords(vector, missing: 2) { word in set.contains(word) || ranges.contains { $0.contains(word) } ? 1 : 0 })
        case .dates(let set):
            return .truths(try scope.map(vector.dates) { $0 == Column.missingDate ? 2 : (set.contains($0) ? 1 : 0) })
        case .microseconds(let set):
            return .truths(try scope.map(vector.microseconds) { $0 == Column.missingTime ? 2 : (set.contains($0) ? 1 : 0) })
        }
    }
}
