import RondoKernels
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct ParallelLoopTests {
    private struct Failure: Error, Equatable { let index: Int }

    private func context(_ threads: Int, _ token: CancellationToken = CancellationToken()) -> ComputeContext {
        ComputeContext(threads: ThreadCount(threads), cancellation: token)
    }

    @Test func chunksCoverEverythingOnceInOrder() throws {
        for (count, size) in [(0, 5), (1, 5), (5, 5), (6, 5), (1000, 7), (10, 0), (-3, 4)] {
            for threads in [1, 2, 5] {
                let ranges = try Parallel.mapChunks(count: count, chunkSize: size, context: context(threads)) { _, range in range }
                #expect(ranges.flatMap { Array($0) } == Array(0..<max(count, 0)))
                #expect(ranges.count == Parallel.chunkCount(count: count, chunkSize: size))
            }
        }
    }

    @Test func theErrorOfTheLowestIndexWins() {
        for threads in [1, 2, 8] {
            for _ in 0..<50 {
                #expect(throws: Failure(index: 6)) {
                    try Parallel.indices(200, context: context(threads)) { if $0 % 7 == 6 { throw Failure(index: $0) } }
                }
            }
        }
    }

    @Test func cancellationStops() {
        for threads in [1, 2] {
            let token = CancellationToken()
            var seen = [Bool](repeating: false, count: 10_000)
            seen.withUnsafeMutableBufferPointer { seen in
                let slots = seen
                #expect(throws: Interrupted()) {
                    try Parallel.indices(10_000, context: context(threads, token)) { index in
                        slots[index] = true
                        if index == 20 { token.cancel() }
                    }
                }
            }
            #expect(seen[20] && seen.contains(false))
            token.reset()
            #expect(throws: Never.self) { try token.check() }
        }
    }

    @Test func anInterruptSignalCancels() {
        let token = CancellationToken()
        // Threads of a pool hold signals back.
        var mask = sigset_t()
        var before = sigset_t()
        sigemptyset(&mask)
        sigaddset(&mask, SIGINT)
        pthread_sigmask(SIG_UNBLOCK, &mask, &before)
        token.whileInterruptible { _ = raise(SIGINT) }
        pthread_sigmask(SIG_SETMASK, &before, nil)
        #expect(token.isCancelled)
    }

    @Test func threadsComeFromTheEnvironment() {
        #expect(ThreadCount.fromEnvironment(["RONDO_THREADS": "3"]).value == 3)
        #expect(ThreadCount.fromEnvironment(["RONDO_THREADS": "0"]) == .available)
        #expect(ThreadCount.fromEnvironment(["RONDO_THREADS": "many"]) == .available && ThreadCount.fromEnvironment([:]) == .available)
        #expect(ThreadCount(100_000).value == 256 && ThreadCount(-1) == .one && ThreadCount.available.value >= 1)
    }
}
