import CSystemLibraries

/// Sums of the rows of each cluster in twice the working precision: a row that is added and taken away again leaves no trace, so that
/// means do not depend on what has moved before.
package struct ClusterSums: Sendable {
    /// A row that goes from one cluster, or none (-1), to another.
    package struct Move: Sendable {
        package let row: Int
        package let from: Int32
        package let to: Int32

        package init(row: Int, from: Int32, to: Int32) {
            self.row = row
            self.from = from
            self.to = to
        }
    }

    /// Columns that one thread adds: a line of the cache.
    private static let columnsTogether = 8
    /// Fewer values are added sooner than a second thread begins.
    private static let leastParallel = 400_000

    private let width: Int
    private var high: [Double]
    private var low: [Double]
    /// Sum of the weights of each cluster.
    private var weights: [DoubleDouble]
    /// Rows of each cluster whose weight is not zero.
    private var members: [Int]

    /// No rows in `count` clusters.
    package init(count: Int, width: Int) {
        self.width = width
        high = [Double](repeating: 0, count: count * width)
        low = high
        weights = [DoubleDouble](repeating: DoubleDouble(0), count: count)
        members = [Int](repeating: 0, count: count)
    }

    /// The weight of each cluster.
    package var sizes: [Double] { weights.map(\.value) }

    /// The mean of the rows of a cluster; nil when it has none.
    package func mean(_ cluster: Int) -> [Double]? {
        guard members[cluster] > 0 else { return nil }
        let size = weights[cluster].value
        return (cluster * width..<(cluster + 1) * width).map { (high[$0] + low[$0]) / size }
    }

    /// Lets rows change their clusters.
    ///
    /// - Parameters:
    ///   - rows: `width` numbers a row, one row after the other.
    ///   - factors: weights of the rows; nil counts each once.
    /// - Throws: only when cancelled.
    package mutating func apply(_ moves: [Move], rows: [Double], weights factors: [Double]?, context: ComputeContext) throws {
        let width = width
        let plain = moves.map { rondo_row_move(row: Int64($0.row), from: $0.from, to: $0.to) }
        try high.withUnsafeMutableBufferPointer { high in
            try low.withUnsafeMutableBufferPointer { low in
                // Every call writes to its own columns.
                nonisolated(unsafe) let (high, low) = (high.baseAddress, low.baseAddress)
                let together = moves.count * width < Self.leastParallel ? width : Self.columnsTogether
                try Parallel.chunks(count: width, chunkSize: together, context: context) { _, columns in
                    rondo_move_rows(
                        rows, Int64(width), Int64(columns.lowerBound), Int64(columns.count), plain, Int64(plain.count), factors, high, low)
                }
            }
        }
        for move in moves {
            let weight = factors?[move.row] ?? 1
            if move.from >= 0 { count(Int(move.from), -weight, -1) }
            count(Int(move.to), weight, 1)
        }
        // What rounding has left of the last row is no row.
        for cluster in members.indices where members[cluster] == 0 {
            for index in cluster * width..<(cluster + 1) * width { (high[index], low[index]) = (0, 0) }
            weights[cluster] = DoubleDouble(0)
        }
    }

    private mutating func count(_ cluster: Int, _ weight: Double, _ rows: Int) {
        guard weight != 0 else { return }
        weights[cluster] += weight
        members[cluster] += rows
    }
}
