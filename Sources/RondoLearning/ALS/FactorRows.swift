import RondoKernels

/// A vector of factors for each person or item, one after the other.
struct FactorRows: Sendable {
    /// Factors, filled up with zeros to whole registers.
    let stride: Int
    let factors: Int
    let count: Int
    var values: [Float]

    init(count: Int, factors: Int) {
        self.count = count
        self.factors = factors
        stride = FactorEquations.stride(factors)
        values = [Float](repeating: 0, count: count * stride)
    }

    /// Small normal numbers, one stream for all.
    static func drawn(count: Int, factors: Int, seed: UInt64) -> FactorRows {
        var rows = FactorRows(count: count, factors: factors)
        var stream = RandomStream(seed: seed, purpose: "als start")
        for row in 0..<count {
            for factor in 0..<factors { rows.values[row * rows.stride + factor] = Float(0.1 * stream.normal()) }
        }
        return rows
    }

    /// The product of the vector of a row with another one, added in a fixed order.
    func product(_ row: Int, _ vector: [Float]) -> Double {
        var sums = SIMD4<Double>.zero
        let start = row * stride
        for place in Swift.stride(from: 0, to: stride, by: 4) {
            for lane in 0..<4 { sums[lane] += Double(values[start + place + lane]) * Double(vector[place + lane]) }
        }
        return (sums[0] + sums[2]) + (sums[1] + sums[3])
    }

    func row(_ row: Int) -> [Float] { Array(values[row * stride..<(row + 1) * stride]) }

    /// The sum of the products of each two factors over all rows, `stride` times `stride`, the lower triangle filled as well.
    func products(context: ComputeContext) throws -> [Float] {
        let sums = try values.withUnsafeBufferPointer { values in
            nonisolated(unsafe) let values = values
            return try GramBlocks.sum(order: factors, rowCount: count, context: context) { factor, rows, target in
                for (place, row) in rows.enumerated() { target[place] = Double(values[row &* stride &+ factor]) }
            }
        }
        var result = [Float](repeating: 0, count: stride * stride)
        for second in 0..<factors {
            for first in 0...second {
                let value = Float(sums[second * factors + first])
                result[first * stride + second] = value
                result[second * stride + first] = value
            }
        }
        return result
    }

    // MARK: Saving

    func archive() -> Archive {
        var archive = Archive()
        archive.set("factors", factors)
        archive["values"] = .numbers((0..<count).flatMap { row in given(row).map { Double($0) } })
        return archive
    }

    private func given(_ row: Int) -> ArraySlice<Float> { values[row * stride..<row * stride + factors] }

    /// - Throws: R0590 for damaged data.
    init(from archive: Archive, count: Int) throws {
        let factors = try archive.integer("factors")
        try archive.require(factors >= 1 && factors <= 1024, "factors")
        let given = try archive.numbers("values", count: count * factors)
        try archive.require(given.allSatisfy { Float($0).isFinite }, "values")
        self.init(count: count, factors: factors)
        for row in 0..<count {
            for factor in 0..<factors { values[row * stride + factor] = Float(given[row * factors + factor]) }
        }
    }
}
