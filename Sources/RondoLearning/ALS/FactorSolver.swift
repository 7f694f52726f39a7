import RondoKernels

/// Solves for people with the items fixed, or for items with the people fixed.
struct FactorSolver: Sendable {
    let fixed: FactorRows
    /// The products of the fixed factors over all rows, with the penalty on the diagonal.
    private let common: [Float]

    private static let chunkSize = 64

    init(fixed: FactorRows, penalty: Double, context: ComputeContext) throws {
        self.fixed = fixed
        var common = try fixed.products(context: context)
        for factor in 0..<fixed.factors { common[factor * fixed.stride + factor] += Float(penalty) }
        self.common = common
    }

    /// The vectors of all rows of pairs; zeros for a row without pairs.
    func solutions(_ pairs: PairRows, context: ComputeContext) throws -> FactorRows {
        var result = FactorRows(count: pairs.rowCount, factors: fixed.factors)
        let isPlain = pairs.values.allSatisfy { $0 == 1 }
        let scratch = ScratchPool { [fixed, common] in
            let equations = FactorEquations(stride: fixed.stride)
            // Where every weight is 1 all have the same matrix.
            if isPlain { equations.setMatrix(common, fixed.values, items: [], weights: []) }
            return equations
        }
        let stride = fixed.stride
        try result.values.withUnsafeMutableBufferPointer { values in
            // Every row writes to its own place.
            nonisolated(unsafe) let values = values
            try Parallel.chunks(count: pairs.rowCount, chunkSize: Self.chunkSize, context: context) { _, rows in
                try scratch.with { equations in
                    for row in rows where !pairs.places(of: row).isEmpty {
                        try context.cancellation.check()
                        let (items, weights) = (pairs.columns(of: row), pairs.values(of: row))
                        if !isPlain { equations.setMatrix(common, fixed.values, items: items, weights: weights) }
                        equations.solve(
                            fixed.values, items: items, weights: weights,
                            into: UnsafeMutableBufferPointer(rebasing: values[row * stride..<(row + 1) * stride]))
                    }
                }
            }
        }
        return result
    }

    /// The vector of one history, and the equations it solves.
    func solution(_ history: History) -> (vector: [Float], equations: FactorEquations) {
        let equations = FactorEquations(stride: fixed.stride)
        let (items, weights) = (history.items[...], history.strengths[...])
        equations.setMatrix(common, fixed.values, items: items, weights: weights)
        var vector = [Float](repeating: 0, count: fixed.stride)
        vector.withUnsafeMutableBufferPointer { equations.solve(fixed.values, items: items, weights: weights, into: $0) }
        return (vector, equations)
    }
}
