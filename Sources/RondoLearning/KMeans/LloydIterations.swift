import RondoKernels

/// Lloyd's iterations: most rows find their centre in single precision, the others by their distances; the answer is that of the distances.
enum LloydIterations {
    struct Result: Sendable {
        /// One centre after the other.
        let centres: [Double]
        /// The cluster of each row.
        let assignment: [Int32]
        /// Sum of weight times squared distance from the own centre.
        let inertia: Double
        /// Weight of the rows of each cluster.
        let sizes: [Double]
        let iterations: Int
    }

    private static let chunkSize = 4096

    /// - Parameters:
    ///   - panels: the same rows in single precision.
    ///   - seeds: `count` centres, one after the other.
    ///   - limit: the most iterations; fewer when no row changes its cluster.
    static func run(
        _ rows: RowMatrix, _ panels: RowPanels, weights: [Double]?, from seeds: [Double], count: Int, limit: Int, context: ComputeContext
    ) throws -> Result {
        var state = State(centres: seeds, count: count, rows: rows, panels: panels, weights: weights)
        var iterations = 0
        while iterations < limit {
            let moves = try state.assign(context)
            iterations += 1
            if moves.isEmpty { break }
            try state.move(moves, context)
        }
        let inertia = try state.mapDistances(context) { row, distance in (weights?[row] ?? 1) * distance }.reduce(0) {
            $0 + $1.reduce(0, +)
        }
        return Result(
            centres: state.centres, assignment: Array(state.assignment.prefix(rows.rowCount)), inertia: inertia, sizes: state.sums.sizes,
            iterations: iterations)
    }

    private struct State {
        private(set) var centres: [Double]
        private let count: Int
        private let rows: RowMatrix
        private let panels: RowPanels
        private let weights: [Double]?
        /// The cluster of each row, and of what fills up the last panel.
        private(set) var assignment: [Int32]
        private(set) var sums: ClusterSums

        init(centres: [Double], count: Int, rows: RowMatrix, panels: RowPanels, weights: [Double]?) {
            self.centres = centres
            self.count = count
            self.rows = rows
            self.panels = panels
            self.weights = weights
            assignment = [Int32](repeating: -1, count: panels.panelCount * RowPanels.panelRows)
            sums = ClusterSums(count: count, width: rows.width)
        }

        /// Sends each row to its nearest centre, the lowest number of equally near ones; returns the rows that change, in their order.
        mutating func assign(_ context: ComputeContext) throws -> [ClusterSums.Move] {
            let (rows, panels, count, points) = (rows, panels, count, centres)
            let centres = panels.centres(points, count: count)
            return try assignment.withUnsafeMutableBufferPointer { assignment in
                // Every call reads and writes its own rows.
                nonisolated(unsafe) let assignment = assignment
                let size = LloydIterations.chunkSize / RowPanels.panelRows
                let parts = try Parallel.mapChunks(count: panels.panelCount, chunkSize: size, context: context) { _, items in
                    var moves: [ClusterSums.Move] = []
                    panels.look(at: items, centres, clusters: assignment) { row, nearest in
                        guard row < rows.rowCount else { return }
                        let to = nearest ?? rows.nearest(to: row, points, count: count)
                        guard to != assignment[row] else { return }
                        moves.append(ClusterSums.Move(row: row, from: assignment[row], to: to))
                        assignment[row] = to
                    }
                    return moves
                }
                return Array(parts.joined())
            }
        }

        /// Moves each centre to the mean of its rows; a centre without rows goes to the row that lies farthest from its own.
        mutating func move(_ moves: [ClusterSums.Move], _ context: ComputeContext) throws {
            try sums.apply(moves, rows: rows.values, weights: weights, context: context)
            let means = (0..<count).map { sums.mean($0) }
            var farthest: [Int] = []
            if means.contains(nil) {
                farthest = Sorting.order(Array(try mapDistances(context) { $1 }.joined()), .descending)
            }
            var places = farthest.makeIterator()
            for (centre, mean) in means.enumerated() {
                let place = mean ?? places.next().map { Array(rows.row($0)) }
                guard let place else { continue }
                centres.replaceSubrange(centre * rows.width..<(centre + 1) * rows.width, with: place)
            }
        }

        /// Calls `body` with each row and its squared distance from its own centre; the results of each chunk of rows.
        func mapDistances(_ context: ComputeContext, _ body: (_ row: Int, _ distance: Double) -> Double) throws -> [[Double]] {
            try rows.values.withUnsafeBufferPointer { values in
                try centres.withUnsafeBufferPointer { centres in
                    nonisolated(unsafe) let (values, centres) = (values, centres)
                    let (width, assignment) = (rows.width, assignment)
                    return try Parallel.mapChunks(count: rows.rowCount, chunkSize: LloydIterations.chunkSize, context: context) {
                        _, items in
                        items.map { row in
                            let own = Int(assignment[row])
                            return body(
                                row, RowMatrix.squaredDistance(values, at: row * width, centres, at: own * width, width: width))
                        }
                    }
                }
            }
        }
    }
}
