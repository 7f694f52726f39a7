import RondoKernels

extension EvaluationScope {
    /// One result for each row, computed in chunks on the threads of the context.
    @inline(__always)
    func fill<Result>(_ body: (_ rows: Range<Int>, _ target: UnsafeMutablePointer<Result>) throws -> Void) throws -> [Result] {
        try [Result](unsafeUninitializedCapacity: rows) { buffer, count in
            if let start = buffer.baseAddress, rows > 0 {
                nonisolated(unsafe) let target = start
                try Parallel.chunks(count: rows, chunkSize: EvaluationScope.chunkSize, context: context) { _, items in
                    try body(items, target)
                }
            }
            count = rows
        }
    }

    /// `transform` of each row.
    @inline(__always)
    func map<A, Result>(_ a: Operand<A>, _ transform: (A) -> Result) throws -> Operand<Result> {
        switch a {
        case .constant(let value): return .constant(transform(value))
        case .buffer(let values):
            return .buffer(
                try values.withUnsafeBufferPointer { source in
                    try fill { items, target in
                        for row in items { (target + row).initialize(to: transform(source[row])) }
                    }
                })
        }
    }

    /// `combine` of two values in each row.
    @inline(__always)
    func combine<A, B, Result>(_ a: Operand<A>, _ b: Operand<B>, _ combine: (A, B) -> Result) throws -> Operand<Result> {
        switch (a, b) {
        case (.constant(let left), .constant(let right)): return .constant(combine(left, right))
        case (.buffer(let left), .constant(let value)):
            return .buffer(
                try left.withUnsafeBufferPointer { source in
                    try fill { items, target in
                        for row in items { (target + row).initialize(to: combine(source[row], value)) }
                    }
                })
        case (.constant(let value), .buffer(let right)):
            return .buffer(
                try right.withUnsafeBufferPointer { source in
                    try fill { items, target in
                        for row in items { (target + row).initialize(to: combine(value, source[row])) }
                    }
                })
        case (.buffer(let left), .buffer(let right)):
            return .buffer(
                try left.withUnsafeBufferPointer { first in
                    try right.withUnsafeBufferPointer { second in
                        try fill { items, target in
                            for row in items { (target + row).initialize(to: combine(first[row], second[row])) }
                        }
                    }
                })
        }
    }
}
