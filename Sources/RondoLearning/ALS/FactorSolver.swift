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
            let system = FactorSystem(factors: fixed.factors, stride: fixed.stride)
            // Where every weight is 1 all have the same matrix.
            if isPlain { system.prepare(common, fixed, items: [], weights: []) }
            return system
        }
        let stride = fixed.stride
        try result.values.withUnsafeMutableBufferPointer { values in
            // Every row writes to its own place.
            nonisolated(unsafe) let values = values
            try Parallel.chunks(count: pairs.rowCount, chunkSize: Self.chunkSize, context: context) { _, rows in
                try scratch.with { system in
                    for row in rows where !pairs.places(of: row).isEmpty {
                        try context.cancellation.check()
                        guard let target = values.baseAddress else { return }
                        let (items, weights) = (pairs.columns(of: row), pairs.values(of: row))
                        if !isPlain { system.prepare(common, fixed, items: items, weights: weights) }
                        system.solve(fixed, items: items, weights: weights, into: target + row * stride)
                    }
                }
            }
        }
        return result
    }

    /// The vector of one history, and the equations it solves.
    func solution(_ history: History) -> (vector: [Float], system: FactorSystem) {
        let system = FactorSystem(factors: fixed.factors, stride: fixed.stride)
        system.prepare(common, fixed, items: history.items[...], weights: history.strengths[...])
        var vector = [Float](repeating: 0, count: fixed.stride)
        vector.withUnsafeMutableBufferPointer { target in
            guard let target = target.baseAddress else { return }
            system.solve(fixed, items: history.items[...], weights: history.strengths[...], into: target)
        }
        return (vector, system)
    }
}

extension FactorSystem {
    /// Ready to solve for somebody with these items of weights c.
    func prepare(_ common: [Float], _ rows: FactorRows, items: ArraySlice<Int32>, weights: ArraySlice<Double>) {
        setMatrix(common, rows, items: items, weights: weights)
        factorise()
    }
}
