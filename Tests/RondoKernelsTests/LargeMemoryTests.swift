import RondoKernels
import Synchronization
import Testing

/// Large arrays hold what was written, scratch memory is lent to one piece of work at a time.
@Suite struct LargeMemoryTests {
    @Test(arguments: [0, 1, 1000, 300_000]) func largeArraysHoldEveryElement(count: Int) {
        let squares = [Int](large: count) { buffer in
            for place in buffer.indices { buffer.initializeElement(at: place, to: place * place) }
        }
        #expect(squares == (0..<count).map { $0 * $0 })
        #expect([UInt8](large: count, repeating: 7) == Array(repeating: 7, count: count))
    }

    @Test func whatFillThrowsIsThrown() {
        struct Flaw: Error {}
        #expect(throws: Flaw.self) { try [Int](large: 400_000) { _ in throw Flaw() } }
    }

    /// Whole pages of two megabytes, less what stands around the elements; small arrays get what they ask for.
    @Test func memoryIsAskedForInWholePages() {
        #expect(LargePages.capacity(1000, stride: 8) == 1000)
        #expect(LargePages.capacity(1_000_000, stride: 8) == (8 << 20) / 8 - 8)
        #expect(LargePages.capacity((2 << 20) - 64, stride: 1) == (2 << 20) - 64)
        #expect(LargePages.capacity((2 << 20) - 63, stride: 1) == (4 << 20) - 64)
    }

    private final class Scratch: Sendable {
        let isLent = Atomic<Bool>(false)
    }

    @Test func scratchIsLentToOneAtATime() throws {
        let made = Atomic<Int>(0)
        let pool = ScratchPool {
            made.add(1, ordering: .relaxed)
            return Scratch()
        }
        let wasFree = try Parallel.map(1000, context: ComputeContext(threads: ThreadCount(2))) { _ in
            pool.with { scratch in
                let wasLent = scratch.isLent.exchange(true, ordering: .relaxed)
                scratch.isLent.store(false, ordering: .relaxed)
                return !wasLent
            }
        }
        #expect(wasFree.allSatisfy { $0 })
        #expect((1...2).contains(made.load(ordering: .relaxed)))
    }
}
