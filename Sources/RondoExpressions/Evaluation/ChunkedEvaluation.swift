import RondoFrame
import RondoKernels

/// Evaluates a whole expression piece by piece, so that what lies between its operations stays in the processor's cache.
enum ChunkedEvaluation {
    /// Rows of one piece: a few hundred kilobytes for all that is in use.
    private static let chunkSize = 16_384

    /// The values for all rows; nil where working on whole columns is better.
    static func evaluate(_ root: TypedNode, columns: Set<String>, _ scope: EvaluationScope) throws -> Column? {
        guard scope.rows > EvaluationScope.chunkSize, root.isElementwise, root.depth > 1 else { return nil }
        let frame = scope.frame.keeping { columns.contains($0) }
        let piece = { (rows: Range<Int>) -> Vector in
            var part = Frame(rowCount: rows.count)
            for (name, column) in zip(frame.names, frame.columns) { try part.set(name, column.slice(rows)) }
            var inner = EvaluationScope(frame: part, context: scope.context.with(threads: .one))
            inner.firstRow = rows.lowerBound
            return try root.evaluate(inner)
        }
        switch root.type {
        case .number, .nothing: return Column(.number(try assembled(scope, piece) { $0.numbers }))
        case .truth: return Column(.truth(try assembled(scope, piece) { $0.truths }))
        case .date: return Column(.date(try assembled(scope, piece) { $0.dates }))
        case .time: return Column(.time(try assembled(scope, piece) { $0.microseconds }))
        case .duration, .days: return Column(.duration(try assembled(scope, piece) { $0.microseconds }))
        case .integer, .text, .category, .months: return nil
        }
    }

    @inline(__always)
    private static func assembled<Value>(
        _ scope: EvaluationScope, _ piece: (Range<Int>) throws -> Vector, _ values: (Vector) -> Operand<Value>
    ) throws -> [Value] {
        try [Value](unsafeUninitializedCapacity: scope.rows) { buffer, count in
            if let start = buffer.baseAddress {
                nonisolated(unsafe) let target = start
                try Parallel.chunks(count: scope.rows, chunkSize: chunkSize, context: scope.context) { _, rows in
                    let vector = try piece(rows)
                    values(vector).withRows { source, stride in
                        guard let source else { return }
                        for row in 0..<rows.count { (target + rows.lowerBound + row).initialize(to: source[row * stride]) }
                    }
                }
            }
            count = scope.rows
        }
    }
}

extension TypedNode {
    /// Whether each row's value depends on that row's values only, words apart: words are better handled once for all rows.
    fileprivate var isElementwise: Bool {
        guard !type.isText else { return false }
        switch operation {
        case .constant, .column: return true
        case .convert(let inner), .negate(let inner, _), .not(let inner), .isMissing(let inner), .member(let inner, _):
            return inner.isElementwise
        case .logic(_, let left, let right), .compare(_, let left, let right), .arithmetic(_, let left, let right, _):
            return left.isElementwise && right.isElementwise
        case .choose(let condition, let first, let second): return condition.isElementwise && first.isElementwise && second.isElementwise
        case .call(let function, let arguments): return function.isPure && arguments.allSatisfy(\.isElementwise)
        case .text, .matches, .aggregate, .ordered, .faulty: return false
        }
    }

    /// How many operations lie on the way to the deepest column.
    fileprivate var depth: Int {
        switch operation {
        case .constant, .column, .aggregate, .ordered, .faulty: 0
        case .convert(let inner), .negate(let inner, _), .not(let inner), .isMissing(let inner), .member(let inner, _),
            .matches(let inner, _):
            inner.depth + 1
        case .logic(_, let left, let right), .compare(_, let left, let right), .arithmetic(_, let left, let right, _),
            .text(_, let left, let right):
            max(left.depth, right.depth) + 1
        case .choose(let condition, let first, let second): max(condition.depth, first.depth, second.depth) + 1
        case .call(_, let arguments): (arguments.map(\.depth).max() ?? 0) + 1
        }
    }
}

extension Column {
    /// Some rows that stand together.
    fileprivate func slice(_ rows: Range<Int>) -> Column {
        switch storage {
        case .number(let values): Column(.number(Array(values[rows])))
        case .integer(let values, let missing): Column(.integer(Array(values[rows]), missing: missing.map { Array($0[rows]) }))
        case .truth(let values): Column(.truth(Array(values[rows])))
        case .text(let codes, let levels): Column(.text(Array(codes[rows]), levels))
        case .category(let codes, let levels): Column(.category(Array(codes[rows]), levels))
        case .date(let values): Column(.date(Array(values[rows])))
        case .time(let values): Column(.time(Array(values[rows])))
        case .duration(let values): Column(.duration(Array(values[rows])))
        case .sparse(let values): Column(.number(values.slice(rows).dense))
        }
    }
}
