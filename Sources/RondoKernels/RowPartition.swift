import CSystemLibraries

/// Puts the rows of a node that go left before those that go right, both in their order.
public enum RowPartition {
    /// A node whose rows are divided.
    public struct Node {
        fileprivate let rows: UnsafeMutableBufferPointer<Int32>
        fileprivate let column: CodeColumn
        fileprivate let sides: [UInt8]
        fileprivate let scratch: UnsafeMutablePointer<Int32>

        /// - Parameters:
        ///   - rows: the rows of the node, increasing.
        ///   - column: a code a row, the last one less than 2^31 bytes from the first.
        ///   - sides: for each of the 256 codes 1 (left) or 0 (right).
        ///   - scratch: room for as many rows, of no other node.
        public init(
            rows: UnsafeMutableBufferPointer<Int32>, column: CodeColumn, sides: [UInt8], scratch: UnsafeMutablePointer<Int32>
        ) {
            precondition(sides.count == 256)
            self.rows = rows
            self.column = column
            self.sides = sides
            self.scratch = scratch
        }
    }

    /// With fewer rows a second thread that is awake would cost more than it gains.
    private static let leastTogether = 2048

    /// Rows that are divided at once: more of them where threads have to be woken first.
    private static func chunkRows(_ context: ComputeContext) -> Int { context.team == nil ? 32_768 : 4096 }

    /// Divides one node; returns how many rows go left.
    ///
    /// The parameters are those of `Node`.
    public static func divide(
        _ rows: UnsafeMutableBufferPointer<Int32>, by column: CodeColumn, side: UnsafePointer<UInt8>,
        scratch: UnsafeMutablePointer<Int32>
    ) -> Int {
        guard let base = rows.baseAddress else { return 0 }
        let left = split(base, rows.count, column, side, scratch)
        (base + left).update(from: scratch, count: rows.count - left)
        return left
    }

    /// Divides several nodes, the rows of large ones part by part; returns how many rows of each go left.
    public static func divide(_ nodes: [Node], context: ComputeContext) throws -> [Int] {
        let chunkRows = chunkRows(context)
        let total = nodes.reduce(0) { $0 + $1.rows.count }
        guard total > 2 * chunkRows && context.threads.value > 1 else {
            let own = total > leastTogether && context.team != nil ? context : context.with(threads: .one)
            nonisolated(unsafe) let shared = nodes
            return try Parallel.map(nodes.count, context: own) { divide(shared[$0]) }
        }
        let parts = nodes.enumerated().flatMap { index, node in
            (0..<Parallel.chunkCount(count: node.rows.count, chunkSize: chunkRows)).map { chunk in
                (node: index, rows: Parallel.chunkRange(chunk, count: node.rows.count, chunkSize: chunkRows))
            }
        }
        nonisolated(unsafe) let shared = nodes
        let lefts = try Parallel.map(parts.count, context: context) { index in split(shared[parts[index].node], parts[index].rows) }
        var firsts = [Int](repeating: parts.count, count: nodes.count)
        for index in parts.indices.reversed() { firsts[parts[index].node] = index }
        return try Parallel.map(nodes.count, context: context) { index in
            let count = Parallel.chunkCount(count: shared[index].rows.count, chunkSize: chunkRows)
            return join(shared[index], lefts[firsts[index]..<min(firsts[index] + count, lefts.count)], chunkRows)
        }
    }

    private static func divide(_ node: Node) -> Int {
        node.sides.withUnsafeBufferPointer { sides in
            sides.baseAddress.map { divide(node.rows, by: node.column, side: $0, scratch: node.scratch) } ?? 0
        }
    }

    /// Left rows of a part to its front, right ones to the same place of `scratch`; returns how many go left.
    private static func split(_ node: Node, _ part: Range<Int>) -> Int {
        node.sides.withUnsafeBufferPointer { sides in
            guard let base = node.rows.baseAddress, let sides = sides.baseAddress else { return 0 }
            return split(base + part.lowerBound, part.count, node.column, sides, node.scratch + part.lowerBound)
        }
    }

    /// Puts together what the parts of a node were split into.
    private static func join(_ node: Node, _ lefts: ArraySlice<Int>, _ chunkRows: Int) -> Int {
        guard let base = node.rows.baseAddress else { return 0 }
        var total = 0
        for (chunk, left) in lefts.enumerated() {
            // Towards the front only, in order: nothing that is still needed is written over.
            (base + total).update(from: base + chunk * chunkRows, count: left)
            total += left
        }
        var place = total
        for (chunk, left) in lefts.enumerated() {
            let right = min(chunkRows, node.rows.count - chunk * chunkRows) - left
            (base + place).update(from: node.scratch + chunk * chunkRows, count: right)
            place += right
        }
        return total
    }

    /// Left rows to the front of `rows`, right ones to `scratch`.
    private static func split(
        _ rows: UnsafeMutablePointer<Int32>, _ count: Int, _ column: CodeColumn, _ side: UnsafePointer<UInt8>,
        _ scratch: UnsafeMutablePointer<Int32>
    ) -> Int {
        Int(rondo_divide_rows(rows, Int64(count), column.start, Int64(column.stride), side, scratch))
    }
}
