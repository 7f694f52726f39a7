import RondoKernels
import Testing

@testable import RondoLearning

/// The tree against looking at every point.
@Suite struct NeighbourTreeTests {
    private struct Points {
        var coordinates: [Double] = []
        let width: Int

        /// Numbers with gaps, and a last coordinate of few levels.
        init(_ count: Int, width: Int, levels: Int, seed: UInt64) {
            self.width = width
            var stream = RandomStream(seed: seed, purpose: "points")
            for _ in 0..<count {
                for axis in 0..<width {
                    if axis == width - 1 {
                        coordinates.append(Double(stream.uniform(below: levels)))
                    } else {
                        coordinates.append(stream.uniform() < 0.1 ? .nan : (stream.normal() * 8).rounded() / 16)
                    }
                }
            }
        }

        func distance(_ point: Int, _ query: [Double], _ start: Int) -> Double {
            (0..<width).reduce(0) { sum, axis in
                let difference = (query[start + axis] - coordinates[point * width + axis]).magnitude
                return sum + (difference < 1 ? difference * difference : 1)
            }
        }

        func nearest(_ query: [Double], _ start: Int, _ neighbours: Int) -> [Int32] {
            let all = (0..<coordinates.count / width).map { (distance($0, query, start), $0) }
            return all.sorted { $0 < $1 }.prefix(neighbours).map { Int32($0.1) }
        }
    }

    @Test(arguments: [(1, 3), (2, 1), (4, 5), (7, 10)]) func findsWhatAFullSearchFinds(_ width: Int, _ neighbours: Int) throws {
        for levels in [1, 3, 40] {
            let points = Points(700, width: width, levels: levels, seed: 1)
            let queries = Points(60, width: width, levels: levels + 1, seed: 2).coordinates
            let tree = try NeighbourTree(
                coordinates: points.coordinates, width: width, rows: (0..<700).map { Int32($0) }, neighbours: neighbours, context: .quiet)
            let found = try tree.nearest(to: queries, context: .quiet)
            #expect(found.count == 60)
            for query in 0..<60 { #expect(found[query] == points.nearest(queries, query * width, neighbours)) }
            #expect(try tree.nearest(to: queries, context: ComputeContext(threads: ThreadCount(2))) == found)
        }
    }

    @Test func crowdsOfEqualPointsGiveTheFirst() throws {
        let tree = try NeighbourTree(
            coordinates: Array(repeating: 2.0, count: 5_000), width: 1, rows: (0..<5_000).map { Int32($0) }, neighbours: 4, context: .quiet)
        #expect(try tree.nearest(to: [2, .nan, 7], context: .quiet) == [[0, 1, 2, 3], [0, 1, 2, 3], [0, 1, 2, 3]])
        // What can never be among the nearest is not kept.
        #expect(tree.rows.count == 4)
    }

    @Test func noPointsAndFewPoints() throws {
        let none = try NeighbourTree(coordinates: [], width: 2, rows: [], neighbours: 3, context: .quiet)
        #expect(try none.nearest(to: [1, 2], context: .quiet) == [[]])
        let two = try NeighbourTree(coordinates: [0, 0, 0.5, 0.5], width: 2, rows: [0, 1], neighbours: 3, context: .quiet)
        #expect(try two.nearest(to: [0.4, 0.4], context: .quiet) == [[1, 0]])
    }
}
