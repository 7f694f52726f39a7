import RondoKernels

/// Points of which the nearest ones of a query are found exactly: by a tree with few coordinates, else by looking at all of them in
/// single precision first and exactly at those that may count.
struct NearestPoints: Sendable {
    enum Measure: String, Sendable {
        case euclidean
        case manhattan
    }
    /// With more coordinates a box of the tree is hardly ever too far away.
    static let mostTreeWidth = 8
    /// With fewer points a tree saves nothing.
    static let leastTreePoints = 256
    /// Queries that are answered by one thread at a time.
    static let chunkSize = 128
    /// Panels that are looked at before the limits are drawn tighter: doubled up to this many.
    static let mostPanels = 64

    private enum Index: Sendable {
        case tree(NeighbourTree)
        /// The panels and the points, one after the other.
        case panels(PointPanels, [Double])
    }
    private let index: Index
    private let width: Int
    private let count: Int
    private let weights: [Double]?
    private let measure: Measure
    /// Power of two by which coordinates are multiplied: exact, and squares neither overflow nor vanish.
    private let factor: Double

    /// - Parameters:
    ///   - neighbours: the most weight that will be asked for.
    ///   - weights: above 0, one a row; nil: 1 each.
    init(_ rows: RowMatrix, weights: [Double]?, neighbours: Int, measure: Measure, context: ComputeContext) throws {
        width = rows.width
        count = rows.rowCount
        self.weights = weights
        self.measure = measure
        let largest = rows.values.reduce(0) { max($0, $1.magnitude) }
        factor = largest > 0 ? Double(sign: .plus, exponent: -Int(min(max(largest.exponent, -1000), 1000)), significand: 1) : 1
        let points = rows.values.map { [factor] in $0 * factor }
        guard width > 0, width <= Self.mostTreeWidth, count >= Self.leastTreePoints else {
            let panels = points.withUnsafeBufferPointer {
                PointPanels($0, count: rows.rowCount, width: rows.width, measure: measure == .euclidean ? .squares : .absolutes)
            }
            index = .panels(panels, points)
            return
        }
        // Of points all alike only the first few count, unless it takes many light ones to make up the weight.
        let crowd = weights.map { $0.contains { $0 < 1 } ? rows.rowCount : neighbours } ?? neighbours
        index = .tree(
            try NeighbourTree(
                coordinates: points, width: width, rows: (0..<Int32(truncatingIfNeeded: count)).map { $0 }, neighbours: crowd,
                context: context))
    }

    /// Finds the nearest rows of each query, as many as make up the weight `reach`, and returns what the body makes of them, in order.
    ///
    /// - Parameter body: takes the rows and their distances, nearest first; Euclidean distances are squared, and all are in units of
    ///   a common factor.
    func search<Result>(
        _ queries: RowMatrix, reach: Double, context: ComputeContext, _ body: (NearestList) -> Result
    ) throws -> [Result] {
        let scaled = queries.values.map { $0 * factor }
        let list = NearestList(reach: reach, weights: weights)
        let parts = try Parallel.mapChunks(count: queries.rowCount, chunkSize: Self.chunkSize, context: context) { _, chunk in
            switch measure {
            case .euclidean: try answers(scaled, chunk, SquaredDifference.self, list, context.cancellation, body)
            case .manhattan: try answers(scaled, chunk, AbsoluteDifference.self, list, context.cancellation, body)
            }
        }
        return Array(parts.joined())
    }

    private func answers<Distance: CoordinateDistance, Result>(
        _ queries: [Double], _ chunk: Range<Int>, _ distance: Distance.Type, _ list: NearestList, _ cancellation: CancellationToken,
        _ body: (NearestList) -> Result
    ) throws -> [Result] {
        try queries.withUnsafeBufferPointer { queries in
            switch index {
            case .tree(let tree):
                var search = NeighbourSearch<Distance>(list)
                return try chunk.map { query in
                    if query % 16 == 0 { try cancellation.check() }
                    search.run(UnsafeBufferPointer(rebasing: queries[query * width..<(query + 1) * width]), in: tree)
                    return body(search.list)
                }
            case .panels(let panels, let points):
                return try scan(panels, points, queries, chunk, distance, list, cancellation).map(body)
            }
        }
    }

    private func scan<Distance: CoordinateDistance>(
        _ panels: PointPanels, _ points: [Double], _ queries: UnsafeBufferPointer<Double>, _ chunk: Range<Int>, _ distance: Distance.Type,
        _ list: NearestList, _ cancellation: CancellationToken
    ) throws -> [NearestList] {
        let together = PointPanels.queriesTogether
        var lists = [NearestList](repeating: list, count: chunk.count)
        let groups = stride(from: chunk.lowerBound, to: chunk.upperBound, by: together).map {
            panels.queries(queries, first: $0, count: min(together, chunk.upperBound - $0))
        }
        var found = [Int32](repeating: 0, count: together * PointPanels.panelPoints * Self.mostPanels)
        var counts = [Int64](repeating: 0, count: together)
        var (start, size) = (0, 4)
        while start < panels.panelCount {
            try cancellation.check()
            let range = start..<min(start + size, panels.panelCount)
            let each = range.count * PointPanels.panelPoints
            for (number, group) in groups.enumerated() {
                let base = number * together
                let limits = (0..<group.count).map { lists[base + $0].limit }
                panels.near(group, panels: range, within: limits, found: &found, counts: &counts)
                points.withUnsafeBufferPointer { points in
                    for query in 0..<group.count {
                        let place = chunk.lowerBound + base + query
                        let coordinates = UnsafeBufferPointer(rebasing: queries[place * width..<(place + 1) * width])
                        for index in query * each..<query * each + Int(counts[query]) {
                            let point = range.lowerBound * PointPanels.panelPoints + Int(found[index])
                            guard point < count else { continue }
                            lists[base + query].offer(
                                Distance.between(coordinates, points, point * width), Int32(truncatingIfNeeded: point))
                        }
                    }
                }
            }
            (start, size) = (range.upperBound, min(size * 2, Self.mostPanels))
        }
        return lists
    }
}
