import RondoKernels
import Synchronization
import Testing

@Suite struct WorkTeamTests {
    private struct Refused: Error, Equatable {
        let index: Int
    }

    /// Long loops and short ones after each other, of more indices than threads and of fewer.
    @Test(arguments: [1, 2, 3, 8]) func everyIndexRunsOnce(threads: Int) throws {
        let context = ComputeContext(threads: ThreadCount(threads)).withTeam()
        for round in 0..<500 {
            let count = round % 17
            var calls = [Int](repeating: 0, count: count)
            try calls.withUnsafeMutableBufferPointer { calls in
                nonisolated(unsafe) let calls = calls
                try Parallel.indices(count, context: context) { calls[$0] += $0 + round }
            }
            #expect(calls == (0..<count).map { $0 + round })
        }
    }

    @Test func helpersThatSleepAreWoken() throws {
        let context = ComputeContext(threads: ThreadCount(3)).withTeam()
        for _ in 0..<20 {
            // Longer than helpers look for work.
            var stream = RandomStream(seed: 1, purpose: "busy")
            let sum = (0..<100_000).reduce(0.0) { sum, _ in sum + stream.uniform() }
            #expect(sum > 0)
            #expect(try Parallel.map(50, context: context) { $0 * $0 } == (0..<50).map { $0 * $0 })
        }
    }

    @Test func loopsInsideLoopsRunOnTheirThread() throws {
        let context = ComputeContext(threads: ThreadCount(2)).withTeam()
        let sums = try Parallel.map(20, context: context) { outer in
            try Parallel.map(10, context: context) { $0 * outer }.reduce(0, +)
        }
        #expect(sums == (0..<20).map { 45 * $0 })
    }

    @Test func theLowestErrorIsThrown() {
        let context = ComputeContext(threads: ThreadCount(2)).withTeam()
        for _ in 0..<50 {
            let ran = Atomic<Int>(0)
            #expect(throws: Refused(index: 7)) {
                try Parallel.indices(100, context: context) { index in
                    if index < 7 { ran.add(1, ordering: .relaxed) }
                    if index == 7 || index > 9 { throw Refused(index: index) }
                }
            }
            #expect(ran.load(ordering: .relaxed) == 7)
        }
    }

    @Test func cancelledLoopsEnd() {
        let token = CancellationToken()
        let context = ComputeContext(threads: ThreadCount(2), cancellation: token).withTeam()
        #expect(throws: Interrupted.self) {
            try Parallel.indices(1000, context: context) { if $0 == 3 { token.cancel() } }
        }
        #expect(throws: Interrupted.self) { try Parallel.indices(1000, context: context) { _ in } }
    }
}
