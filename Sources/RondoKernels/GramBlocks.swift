import CSystemLibraries

/// Sums of products of each two columns over all rows, taken in fixed blocks of rows.
package enum GramBlocks {
    /// A multiple of eight: a block of 300 columns stays in the cache of a core.
    private static let blockRows = 512
    /// Chunks are whole blocks, of at least so many rows.
    private static let leastChunk = 2048

    /// The upper triangle: element (first, second), first <= second, is at `second * order + first`.
    /// - Parameters:
    ///   - weights: one a row; nil counts each row once.
    ///   - fill: writes what a column holds in some rows.
    /// - Throws: only when cancelled.
    package static func sum(
        order: Int, rowCount: Int, weights: [Double]? = nil, context: ComputeContext,
        fill: (_ column: Int, _ rows: Range<Int>, _ values: UnsafeMutablePointer<Double>) -> Void
    ) throws -> [Double] {
        var result = [Double](repeating: 0, count: order * order)
        guard order > 0 else { return result }
        // Partial sums of all chunks together stay below a quarter of a gigabyte; the bounds depend on the shape alone.
        let most = max(1, min(64, 32_000_000 / (order * order)))
        let chunkSize = max(leastChunk, ((rowCount + most - 1) / most + blockRows - 1) / blockRows * blockRows)
        let partials = try Parallel.mapChunks(count: rowCount, chunkSize: chunkSize, context: context) { _, rows in
            var partial = [Double](repeating: 0, count: order * order)
            var block = [Double](repeating: 0, count: order * blockRows)
            var weighted = weights == nil ? [] : block
            for start in stride(from: rows.lowerBound, to: rows.upperBound, by: blockRows) {
                try context.cancellation.check()
                let range = start..<min(start + blockRows, rows.upperBound)
                // The rows of the last block are filled up with zeros.
                let padded = (range.count + 7) / 8 * 8
                block.withUnsafeMutableBufferPointer { block in
                    guard let base = block.baseAddress else { return }
                    for column in 0..<order {
                        fill(column, range, base + column * padded)
                        for row in range.count..<padded { base[column * padded + row] = 0 }
                    }
                }
                guard let weights else {
                    rondo_gram_block(block, block, Int64(padded), Int64(order), &partial)
                    continue
                }
                weigh(block, weights, range, padded: padded, order: order, to: &weighted)
                rondo_gram_block(block, weighted, Int64(padded), Int64(order), &partial)
            }
            return partial
        }
        for partial in partials { for index in result.indices { result[index] += partial[index] } }
        return result
    }

    private static func weigh(
        _ block: [Double], _ weights: [Double], _ range: Range<Int>, padded: Int, order: Int, to weighted: inout [Double]
    ) {
        block.withUnsafeBufferPointer { block in
            weights.withUnsafeBufferPointer { weights in
                weighted.withUnsafeMutableBufferPointer { weighted in
                    guard let source = block.baseAddress, let factors = weights.baseAddress, let target = weighted.baseAddress else {
                        return
                    }
                    for column in 0..<order {
                        let start = column * padded
                        for place in 0..<range.count { target[start + place] = source[start + place] * factors[range.lowerBound + place] }
                        for place in range.count..<padded { target[start + place] = 0 }
                    }
                }
            }
        }
    }
}
