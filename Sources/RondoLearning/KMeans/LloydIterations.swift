import RondoKernels

/// Lloyd's iterations with Hamerly's bounds: the same centres as without them, from far fewer distances.
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
    ///   - seeds: `count` centres, one after the other.
    ///   - limit: the most iterations; fewer when no row changes its cluster.
    static func run(
        _ rows: RowMatrix, weights: [Double]?, from seeds: [Double], count: Int, limit: Int, context: ComputeContext
    ) throws -> Result {
        var state = State(centres: seeds, count: count, rows: rows, weights: weights)
        var iterations = 0
        while iterations < limit {
            let changed = try state.assign(context)
            iterations += 1
            if !changed { break }
            try state.move(context)
        }
        return try state.result(iterations: iterations, context: context)
    }

    private struct State {
        var centres: [Double]
        let count: Int
        let rows: RowMatrix
        let weights: [Double]?
        var assignment: [Int32]
        /// At least the distance from the own centre.
        var upper: [Double]
        /// At most the distance from the nearest other centre.
        var lower: [Double]
        var sizes: [Double] = []
        var shifts: [Double]

        init(centres: [Double], count: Int, rows: RowMatrix, weights: [Double]?) {
            self.centres = centres
            self.count = count
            self.rows = rows
            self.weights = weights
            assignment = [Int32](repeating: -1, count: rows.rowCount)
            upper = [Double](repeating: .infinity, count: rows.rowCount)
            lower = [Double](repeating: -1, count: rows.rowCount)
            shifts = [Double](repeating: 0, count: count)
        }

        /// Sends each row to its nearest centre, the lowest number of equally near ones; says whether one has changed.
        mutating func assign(_ context: ComputeContext) throws -> Bool {
            let halves = halfDistances()
            let greatest = self.shifts.indices.max { self.shifts[$0] < self.shifts[$1] } ?? 0
            let second = self.shifts.indices.filter { $0 != greatest }.map { self.shifts[$0] }.max() ?? 0
            let (rows, count, shifts) = (rows, count, shifts)
            let changes = try withBuffers { values, points, assignment, upper, lower in
                nonisolated(unsafe) let (values, points, assignment, upper, lower) = (values, points, assignment, upper, lower)
                return try Parallel.mapChunks(count: rows.rowCount, chunkSize: LloydIterations.chunkSize, context: context) { _, items in
                    var changed = false
                    for row in items {
                        let old = Int(assignment[row])
                        let point = row * rows.width
                        if old >= 0 {
                            upper[row] += shifts[old]
                            lower[row] -= old == greatest ? second : shifts[greatest]
                            let bound = max(halves[old], lower[row])
                            // A hair more than needed, so that rounding of the bounds never decides.
                            if upper[row] * (1 + 1e-12) < bound { continue }
                            upper[row] = RowMatrix.squaredDistance(
                                values, at: point, points, at: old * rows.width, width: rows.width
                            ).squareRoot()
                            if upper[row] * (1 + 1e-12) < bound { continue }
                        }
                        var (best, first, other) = (0, Double.infinity, Double.infinity)
                        for centre in 0..<count {
                            let distance = RowMatrix.squaredDistance(
                                values, at: point, points, at: centre * rows.width, width: rows.width)
                            if distance < first {
                                (best, first, other) = (centre, distance, first)
                            } else if distance < other {
                                other = distance
                            }
                        }
                        upper[row] = first.squareRoot()
                        lower[row] = other.squareRoot()
                        if best != old {
                            assignment[row] = Int32(best)
                            changed = true
                        }
                    }
                    return changed
                }
            }
            return changes.contains(true)
        }

        /// Half the distance of each centre from its nearest neighbour.
        private func halfDistances() -> [Double] {
            var halves = [Double](repeating: .infinity, count: count)
            centres.withUnsafeBufferPointer { buffer in
                for one in 0..<count {
                    for other in 0..<one {
                        let distance = RowMatrix.squaredDistance(
                            buffer, at: one * rows.width, buffer, at: other * rows.width, width: rows.width
                        ).squareRoot()
                        halves[one] = min(halves[one], distance / 2)
                        halves[other] = min(halves[other], distance / 2)
                    }
                }
            }
            return halves
        }

        /// Moves each centre to the mean of its rows; a centre without rows goes to the row that lies farthest from its own.
        mutating func move(_ context: ComputeContext) throws {
            let (rows, count, weights) = (rows, count, weights)
            let parts = try withBuffers { values, _, assignment, _, _ in
                nonisolated(unsafe) let (values, assignment) = (values, assignment)
                return try Parallel.mapChunks(count: rows.rowCount, chunkSize: LloydIterations.chunkSize, context: context) { _, items in
                    var sums = [Double](repeating: 0, count: count * rows.width)
                    var sizes = [Double](repeating: 0, count: count)
                    for row in items {
                        let (centre, weight) = (Int(assignment[row]), weights?[row] ?? 1)
                        sizes[centre] += weight
                        for column in 0..<rows.width { sums[centre * rows.width + column] += weight * values[row * rows.width + column] }
                    }
                    return (sums, sizes)
                }
            }
            var sums = [Double](repeating: 0, count: count * rows.width)
            sizes = [Double](repeating: 0, count: count)
            for part in parts {
                for index in sums.indices { sums[index] += part.0[index] }
                for index in sizes.indices { sizes[index] += part.1[index] }
            }
            let old = centres
            var farthest = (sizes.contains(0) ? Sorting.order(upper, .descending) : []).makeIterator()
            for centre in 0..<count {
                let range = centre * rows.width..<(centre + 1) * rows.width
                if sizes[centre] > 0 {
                    for index in range { centres[index] = sums[index] / sizes[centre] }
                } else if let row = farthest.next() {
                    for (index, value) in zip(range, rows.row(row)) { centres[index] = value }
                }
                var distance = 0.0
                for index in range { distance += (centres[index] - old[index]) * (centres[index] - old[index]) }
                shifts[centre] = distance.squareRoot()
            }
        }

        func result(iterations: Int, context: ComputeContext) throws -> Result {
            let (rows, weights) = (rows, weights)
            var copy = self
            let parts = try copy.withBuffers { values, points, assignment, _, _ in
                nonisolated(unsafe) let (values, points, assignment) = (values, points, assignment)
                return try Parallel.mapChunks(count: rows.rowCount, chunkSize: LloydIterations.chunkSize, context: context) { _, items in
                    var sum = 0.0
                    for row in items {
                        let distance = RowMatrix.squaredDistance(
                            values, at: row * rows.width, points, at: Int(assignment[row]) * rows.width, width: rows.width)
                        sum += (weights?[row] ?? 1) * distance
                    }
                    return sum
                }
            }
            var sizes = [Double](repeating: 0, count: count)
            for (row, centre) in assignment.enumerated() { sizes[Int(centre)] += weights?[row] ?? 1 }
            return Result(
                centres: centres, assignment: assignment, inertia: parts.reduce(0, +), sizes: sizes, iterations: iterations)
        }

        private typealias Body<Result> = (
            UnsafeBufferPointer<Double>, UnsafeBufferPointer<Double>, UnsafeMutableBufferPointer<Int32>,
            UnsafeMutableBufferPointer<Double>, UnsafeMutableBufferPointer<Double>
        ) throws -> Result

        /// Plain memory of rows, centres, assignment and bounds.
        private mutating func withBuffers<Result>(_ body: Body<Result>) rethrows -> Result {
            let (values, points) = (rows.values, centres)
            return try values.withUnsafeBufferPointer { values in
                try points.withUnsafeBufferPointer { points in
                    try assignment.withUnsafeMutableBufferPointer { assignment in
                        try upper.withUnsafeMutableBufferPointer { upper in
                            try lower.withUnsafeMutableBufferPointer { lower in try body(values, points, assignment, upper, lower) }
                        }
                    }
                }
            }
        }
    }
}
