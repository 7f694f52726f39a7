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
        guard order > 0 else { return [] }
        // Partial sums of all chunks together stay below a quarter of a gigabyte; the bounds depend on the shape alone.
        let most = max(1, min(64, 32_000_000 / (order * order)))
        let chunkSize = max(leastChunk, ((rowCount + most - 1) / most + blockRows - 1) / blockRows * blockRows)
        let partials = try Parallel.mapChunks(count: rowCount, chunkSize: chunkSize, context: context) { _, rows in
            var partial = [Double](repeating: 0, count: order * order)
            let block = Block(order: order)
            let weighted = weights.map { _ in Block(order: order) }
            for start in stride(from: rows.lowerBound, to: rows.upperBound, by: blockRows) {
                try context.cancellation.check()
                let range = start..<min(start + blockRows, rows.upperBound)
                block.fill(range, fill)
                if let weights { weighted?.fill(range, with: block, times: weights) }
                let (first, second) = (block.values, (weighted ?? block).values)
                rondo_gram_block(first, second, Int64(Block.padded(range)), Int64(Block.stride), Int64(order), &partial)
            }
            return partial
        }
        return total(partials, count: order * order)
    }

    /// The sums of products of deviations, in the upper triangle as of `sum`.
    /// - Parameters:
    ///   - columns: numbers of equal length.
    ///   - means: what is taken off each column.
    package static func ofDeviations(
        _ columns: [[Double]], means: [Double], weights: [Double]? = nil, context: ComputeContext
    ) throws -> [Double] {
        try sum(order: columns.count, rowCount: columns.map(\.count).min() ?? 0, weights: weights, context: context) {
            column, rows, target in
            columns[column].withUnsafeBufferPointer { values in
                guard let base = values.baseAddress else { return }
                rondo_unit_values(base + rows.lowerBound, Int64(rows.count), 1, means[column], 0, 1, target)
            }
        }
    }

    private static func total(_ partials: [[Double]], count: Int) -> [Double] {
        var result = [Double](repeating: 0, count: count)
        result.withUnsafeMutableBufferPointer { result in
            for partial in partials {
                partial.withUnsafeBufferPointer { partial in
                    guard let target = result.baseAddress, let source = partial.baseAddress else { return }
                    Columns.add(1, source, to: target, min(partial.count, count))
                }
            }
        }
        return result
    }

    /// Some rows of all columns, each column at the start of a line of the cache.
    private final class Block {
        /// Not a power of two: columns at such a distance would crowd the same places of the cache.
        static let stride = blockRows + 8
        private static let alignment = 64

        let values: UnsafeMutablePointer<Double>
        private let order: Int

        init(order: Int) {
            self.order = order
            values = UnsafeMutableRawPointer.allocate(
                byteCount: order * Self.stride * MemoryLayout<Double>.stride, alignment: Self.alignment
            ).bindMemory(to: Double.self, capacity: order * Self.stride)
        }

        deinit { UnsafeMutableRawPointer(values).deallocate() }

        /// Rows are filled up with zeros to a multiple of eight.
        static func padded(_ rows: Range<Int>) -> Int { (rows.count + 7) / 8 * 8 }

        func fill(_ rows: Range<Int>, _ fill: (_ column: Int, _ rows: Range<Int>, _ values: UnsafeMutablePointer<Double>) -> Void) {
            for column in 0..<order {
                let target = values + column * Self.stride
                fill(column, rows, target)
                for place in rows.count..<Self.padded(rows) { target[place] = 0 }
            }
        }

        func fill(_ rows: Range<Int>, with block: Block, times weights: [Double]) {
            weights.withUnsafeBufferPointer { weights in
                guard let factors = weights.baseAddress.map({ $0 + rows.lowerBound }) else { return }
                fill(rows) { column, rows, target in
                    let source = block.values + column * Self.stride
                    for place in 0..<rows.count { target[place] = source[place] * factors[place] }
                }
            }
        }
    }
}
