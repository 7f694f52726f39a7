import RondoKernels
import Testing

@testable import RondoLearning

/// Lloyd's iterations against the plain ones: every distance of every row, every sum anew.
@Suite struct LloydIterationsTests {
    struct Plain {
        var centres: [Double]
        var assignment: [Int32]

        init(_ rows: RowMatrix, weights: [Double]?, from seeds: [Double], count: Int, limit: Int) {
            centres = seeds
            assignment = [Int32](repeating: -1, count: rows.rowCount)
            for _ in 0..<limit {
                let next = (0..<rows.rowCount).map { rows.nearest(to: $0, centres, count: count) }
                guard next != assignment else { return }
                assignment = next
                for cluster in 0..<count {
                    let members: [Int] = assignment.indices.filter { Int(assignment[$0]) == cluster }
                    let factors: [Double] = members.map { weights?[$0] ?? 1 }
                    let size: Double = factors.reduce(0, +)
                    guard size > 0 else { continue }
                    for axis in 0..<rows.width {
                        var sum = DoubleDouble(0)
                        for (row, factor) in zip(members, factors) { sum += factor * rows.values[row * rows.width + axis] }
                        centres[cluster * rows.width + axis] = sum.value / size
                    }
                }
            }
        }
    }

    private func run(
        _ rows: RowMatrix, weights: [Double]?, from seeds: [Double], count: Int, limit: Int = 300, threads: Int = 1
    ) throws -> LloydIterations.Result {
        let context = ComputeContext(threads: ThreadCount(threads))
        let middle = [Double](repeating: 0, count: rows.width)
        let panels = try RowPanels(rows.values, rowCount: rows.rowCount, width: rows.width, middle: middle, context: context)
        return try LloydIterations.run(rows, panels, weights: weights, from: seeds, count: count, limit: limit, context: context)
    }

    private func rows(_ count: Int, _ width: Int, grid: Bool) -> RowMatrix {
        var stream = RandomStream(seed: 6, purpose: "lloyd")
        // On a grid many rows lie equally near to two centres.
        let values = (0..<count * width).map { _ in grid ? (2 * stream.normal()).rounded() : stream.normal() }
        return RowMatrix(values: values, rowCount: count, width: width)
    }

    @Test(arguments: [false, true], [false, true]) func sameAsPlain(grid: Bool, weighted: Bool) throws {
        let rows = rows(3_011, 4, grid: grid)
        let weights: [Double]? = weighted ? (0..<rows.rowCount).map { Double($0 % 3) } : nil
        let seeds = Array(rows.values[..<(4 * 9)])
        let plain = Plain(rows, weights: weights, from: seeds, count: 9, limit: 300)
        let total: Double = weights?.reduce(0, +) ?? 3_011
        for threads in [1, 2] {
            let result = try run(rows, weights: weights, from: seeds, count: 9, threads: threads)
            #expect(result.assignment == plain.assignment)
            #expect(zip(result.centres, plain.centres).allSatisfy { $0.bitPattern == $1.bitPattern })
            #expect(result.sizes.reduce(0, +) == total)
        }
    }

    @Test func limitIsKept() throws {
        let rows = rows(2_000, 3, grid: false)
        let seeds = Array(rows.values[..<15])
        let result = try run(rows, weights: nil, from: seeds, count: 5, limit: 2)
        #expect(result.iterations == 2)
        #expect(result.assignment == Plain(rows, weights: nil, from: seeds, count: 5, limit: 2).assignment)
    }

    /// A centre that no row goes to comes back at the row farthest from its own.
    @Test func emptyClusterComesBack() throws {
        let rows = RowMatrix(values: [0, 1, 2, 10, 11, 40], rowCount: 6, width: 1)
        let result = try run(rows, weights: nil, from: [0, 10, 1e9], count: 3)
        #expect(result.centres == [1, 10.5, 40] && result.sizes == [3, 2, 1] && result.inertia == 2.5)
    }
}
