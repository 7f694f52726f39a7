import Testing

@testable import RondoKernels

@Suite struct RowPanelsTests {
    /// Rows and centres around a far point, in some unit.
    struct Shape: Sendable, CustomTestStringConvertible {
        let width: Int
        let centres: Int
        var unit = 1.0
        var offset = 0.0
        var testDescription: String { "\(centres) centres of width \(width), unit \(unit), offset \(offset)" }
    }

    private static func squaredDistance(_ rows: [Double], _ row: Int, _ centres: [Double], _ centre: Int, _ width: Int) -> Double {
        (0..<width).reduce(0) { sum, axis in
            let difference = rows[row * width + axis] - centres[centre * width + axis]
            return sum + difference * difference
        }
    }

    /// The lowest number of the nearest centres.
    private static func nearest(_ rows: [Double], _ row: Int, _ centres: [Double], count: Int, _ width: Int) -> Int32 {
        let distances = (0..<count).map { squaredDistance(rows, row, centres, $0, width) }
        return Int32(distances.indices.min { distances[$0] < distances[$1] } ?? 0)
    }

    /// What the panels are certain of is what the distances say, and they are certain of nearly all rows.
    @Test(arguments: [
        Shape(width: 1, centres: 1), Shape(width: 1, centres: 2), Shape(width: 3, centres: 7), Shape(width: 28, centres: 10),
        Shape(width: 28, centres: 13), Shape(width: 5, centres: 6, unit: 1e140), Shape(width: 5, centres: 6, unit: 1e-140),
        Shape(width: 4, centres: 5, unit: 1e-6, offset: 1e6), Shape(width: 2, centres: 200),
    ])
    func certainAnswersAreRight(_ shape: Shape) throws {
        let (width, count, rowCount) = (shape.width, shape.centres, 10_007)
        var stream = RandomStream(seed: 3, purpose: "panels")
        let rows = (0..<rowCount * width).map { _ in shape.offset + shape.unit * stream.normal() }
        let centres = (0..<count * width).map { _ in shape.offset + shape.unit * stream.normal() }
        let middle = [Double](repeating: shape.offset, count: width)
        let panels = try RowPanels(rows, rowCount: rowCount, width: width, middle: middle, context: ComputeContext(threads: ThreadCount(2)))
        var clusters = [Int32](repeating: 0, count: panels.panelCount * RowPanels.panelRows)
        var known = clusters
        var open = 0
        let ready = panels.centres(centres, count: count)
        clusters.withUnsafeMutableBufferPointer { clusters in
            for range in [0..<10, 10..<panels.panelCount] {
                panels.look(at: range, ready, clusters: clusters) { row, nearest in
                    guard row < rowCount else { return }
                    open += nearest == nil ? 1 : 0
                    known[row] = nearest ?? Self.nearest(rows, row, centres, count: count, width)
                }
            }
        }
        #expect((0..<rowCount).allSatisfy { known[$0] == Self.nearest(rows, $0, centres, count: count, width) })
        #expect(open < rowCount / 50)
    }

    /// Equally near centres, and numbers at the ends of their range, are left to the distances.
    @Test(arguments: [1.0, 8e307, 1e-308, 0]) func tiesStayOpen(unit: Double) throws {
        let rows = (0..<200).map { unit * Double($0 % 5 - 2) }
        let panels = try RowPanels(rows, rowCount: 100, width: 2, middle: [0, 0], context: .quiet)
        let centre = [0.5 * unit, 0.25 * unit]
        var clusters = [Int32](repeating: -1, count: panels.panelCount * RowPanels.panelRows)
        var answers: [Int32?] = []
        clusters.withUnsafeMutableBufferPointer { clusters in
            panels.look(at: 0..<panels.panelCount, panels.centres(centre + centre, count: 2), clusters: clusters) { row, nearest in
                if row < 100 { answers.append(nearest) }
            }
        }
        #expect(answers.count == 100 && answers.allSatisfy { $0 == nil })
    }
}

@Suite struct ClusterSumsTests {
    private static func rows(_ count: Int, _ width: Int) -> [Double] {
        var stream = RandomStream(seed: 8, purpose: "cluster sums")
        return (0..<count * width).map { _ in stream.normal() * (stream.uniform() < 0.01 ? 1e12 : 1) }
    }

    /// After many moves the means have the bits of means that were taken once.
    @Test(arguments: [false, true]) func movesLeaveNoTrace(weighted: Bool) throws {
        let (count, width) = (20_000, 28)
        let rows = Self.rows(count, width)
        let weights = weighted ? (0..<count).map { Double($0 % 4) / 3 } : nil
        var sums = ClusterSums(count: 3, width: width)
        var once = sums
        let context = ComputeContext(threads: ThreadCount(2))
        try sums.apply((0..<count).map { .init(row: $0, from: -1, to: Int32($0 % 3)) }, rows: rows, weights: weights, context: context)
        for step in 0..<4 {
            let moves = (0..<count).filter { $0 % 7 > step }.map { row in
                ClusterSums.Move(row: row, from: Int32((row + step) % 3), to: Int32((row + step + 1) % 3))
            }
            let moved = Set(moves.map(\.row))
            try sums.apply(moves, rows: rows, weights: weights, context: context)
            let rest = (0..<count).filter { !moved.contains($0) }.map { row in
                ClusterSums.Move(row: row, from: Int32((row + step) % 3), to: Int32((row + step + 1) % 3))
            }
            try sums.apply(rest, rows: rows, weights: weights, context: .quiet)
        }
        try once.apply((0..<count).map { .init(row: $0, from: -1, to: Int32(($0 + 4) % 3)) }, rows: rows, weights: weights, context: .quiet)
        for cluster in 0..<3 {
            let (mean, expected) = try (#require(sums.mean(cluster)), #require(once.mean(cluster)))
            #expect(zip(mean, expected).allSatisfy { $0.bitPattern == $1.bitPattern })
        }
        #expect(sums.sizes == once.sizes)
    }

    @Test func meansByHand() throws {
        var sums = ClusterSums(count: 3, width: 2)
        let rows: [Double] = [1, 2, 3, 4, 0.1, 0.2]
        try sums.apply(
            [.init(row: 0, from: -1, to: 0), .init(row: 1, from: -1, to: 0), .init(row: 2, from: -1, to: 1)], rows: rows,
            weights: [1, 3, 0.1], context: .quiet)
        #expect(sums.mean(0) == [2.5, 3.5] && sums.mean(2) == nil && sums.sizes == [4, 0.1, 0])
        try sums.apply([.init(row: 2, from: 1, to: 0)], rows: rows, weights: [1, 3, 0.1], context: .quiet)
        #expect(sums.mean(1) == nil && sums.sizes == [4.1, 0, 0])
    }

    /// Rows that count nothing are no rows.
    @Test func weightsOfZero() throws {
        var sums = ClusterSums(count: 1, width: 1)
        try sums.apply([.init(row: 0, from: -1, to: 0)], rows: [5], weights: [0], context: .quiet)
        #expect(sums.mean(0) == nil && sums.sizes == [0])
    }
}
