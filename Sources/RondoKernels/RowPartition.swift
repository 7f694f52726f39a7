import CSystemLibraries

/// Puts the rows of a node that go left before those that go right, both in their order.
public enum RowPartition {
    /// Rows that are divided at once: more of them where threads have to be woken first.
    private static func chunkRows(_ context: ComputeContext) -> Int { context.team == nil ? 32_768 : 4096 }

    /// - Parameters:
    ///   - rows: the rows of the node.
    ///   - column: a code a row.
    ///   - side: for each of the 256 codes 1 (left) or 0 (right).
    ///   - scratch: room for as many rows.
    /// - Returns: how many go left.
    public static func divide(
        _ rows: UnsafeMutableBufferPointer<Int32>, by column: UnsafePointer<UInt8>, side: UnsafePointer<UInt8>,
        scratch: UnsafeMutablePointer<Int32>, context: ComputeContext
    ) throws -> Int {
        guard let base = rows.baseAddress else { return 0 }
        let chunkRows = chunkRows(context)
        guard rows.count > 2 * chunkRows && context.threads.value > 1 else {
            let left = split(base, rows.count, column, side, scratch)
            (base + left).update(from: scratch, count: rows.count - left)
            return left
        }
        let lefts = try Parallel.mapChunks(count: rows.count, chunkSize: chunkRows, context: context) { _, part in
            split(base + part.lowerBound, part.count, column, side, scratch + part.lowerBound)
        }
        var total = 0
        for (chunk, left) in lefts.enumerated() {
            // Towards the front only, in order: nothing that is still needed is written over.
            (base + total).update(from: base + chunk * chunkRows, count: left)
            total += left
        }
        var place = total
        for (chunk, left) in lefts.enumerated() {
            let right = min(chunkRows, rows.count - chunk * chunkRows) - left
            (base + place).update(from: scratch + chunk * chunkRows, count: right)
            place += right
        }
        return total
    }

    /// Left rows to the front of `rows`, right ones to `scratch`.
    private static func split(
        _ rows: UnsafeMutablePointer<Int32>, _ count: Int, _ column: UnsafePointer<UInt8>, _ side: UnsafePointer<UInt8>,
        _ scratch: UnsafeMutablePointer<Int32>
    ) -> Int {
        Int(rondo_divide_rows(rows, Int64(count), column, side, scratch))
    }
}
