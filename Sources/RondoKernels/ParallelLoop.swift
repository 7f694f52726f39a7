import CSystemLibraries
import Dispatch
import Synchronization

/// How many threads may work at once: 1 to 256.
public struct ThreadCount: Hashable, Sendable {
    /// The number, at least 1.
    public let value: Int

    /// Values outside 1 to 256 become the nearest allowed one.
    public init(_ value: Int) { self.value = min(max(value, 1), 256) }

    /// No second thread.
    public static let one = ThreadCount(1)

    /// As many threads as processors the process may use.
    public static var available: ThreadCount { ThreadCount(Int(rondo_processor_count())) }

    /// Reads `RONDO_THREADS`; without a whole number above 0 there, all processors are used.
    public static func fromEnvironment(_ environment: [String: String]) -> ThreadCount {
        guard let text = environment["RONDO_THREADS"], let value = Int(text), value > 0 else { return available }
        return ThreadCount(value)
    }
}

/// Loops over fixed chunks, whose bounds and order of combination do not depend on the number of threads.
public enum Parallel {
    /// How many chunks of `chunkSize` cover `count` items; a size below 1 counts as 1.
    public static func chunkCount(count: Int, chunkSize: Int) -> Int {
        count <= 0 ? 0 : (count - 1) / max(chunkSize, 1) + 1
    }

    /// The items of one chunk.
    public static func chunkRange(_ chunk: Int, count: Int, chunkSize: Int) -> Range<Int> {
        let size = max(chunkSize, 1)
        let lower = min(max(chunk, 0) * size, max(count, 0))
        return lower..<min(lower + size, max(count, 0))
    }

    /// Calls `body(chunk, items)` once for each chunk, on several threads when there are several chunks.
    ///
    /// Before each chunk the cancellation is asked. When bodies throw, the error of the lowest chunk is thrown. Bodies of different
    /// chunks run at the same time and must write to different places.
    public static func chunks(
        count: Int, chunkSize: Int, context: ComputeContext, _ body: (_ chunk: Int, _ items: Range<Int>) throws -> Void
    ) throws {
        try indices(chunkCount(count: count, chunkSize: chunkSize), context: context) { chunk in
            try body(chunk, chunkRange(chunk, count: count, chunkSize: chunkSize))
        }
    }

    /// Calls `body(chunk, items)` once for each chunk and returns the results in chunk order.
    public static func mapChunks<Result>(
        count: Int, chunkSize: Int, context: ComputeContext, _ body: (_ chunk: Int, _ items: Range<Int>) throws -> Result
    ) throws -> [Result] {
        try map(chunkCount(count: count, chunkSize: chunkSize), context: context) { chunk in
            try body(chunk, chunkRange(chunk, count: count, chunkSize: chunkSize))
        }
    }

    /// Calls `body` once for each index and returns the results in order.
    public static func map<Result>(_ count: Int, context: ComputeContext, _ body: (Int) throws -> Result) throws -> [Result] {
        guard count > 0 else { return [] }
        var results = [Result?](repeating: nil, count: count)
        try results.withUnsafeMutableBufferPointer { buffer in
            let slots = buffer
            try indices(count, context: context) { slots[$0] = try body($0) }
        }
        return results.compactMap { $0 }
    }

    /// Calls `body` once for each index from 0; errors and cancellation as in `chunks`.
    public static func indices(_ count: Int, context: ComputeContext, _ body: (Int) throws -> Void) throws {
        let workers = min(context.threads.value, count)
        guard workers > 1 else { return try serially(count, context, body) }
        if let team = context.team { return try together(count, team, context, body) }
        guard let counter = rondo_counter_new() else { return try serially(count, context, body) }
        defer { rondo_counter_free(counter) }
        // Indices are handed out in order, so every index below a failed one has run too: the lowest error is always the same.
        var failures = [(index: Int, error: any Error)?](repeating: nil, count: workers)
        let stop = CancellationToken()
        withoutActuallyEscaping(body) { body in
            failures.withUnsafeMutableBufferPointer { buffer in
                // All workers have ended when concurrentPerform returns, and each writes to its own slot.
                nonisolated(unsafe) let (slots, body, counter) = (buffer, body, counter)
                DispatchQueue.concurrentPerform(iterations: workers) { worker in
                    while !stop.isCancelled {
                        let index = Int(rondo_counter_next(counter))
                        guard index < count else { return }
                        do {
                            try context.cancellation.check()
                            try body(index)
                        } catch {
                            slots[worker] = (index, error)
                            stop.cancel()
                            return
                        }
                    }
                }
            }
        }
        if let first = failures.compactMap({ $0 }).min(by: { $0.index < $1.index }) { throw first.error }
    }

    private static func serially(_ count: Int, _ context: ComputeContext, _ body: (Int) throws -> Void) throws {
        for index in 0..<max(count, 0) {
            try context.cancellation.check()
            try body(index)
        }
    }

    /// On the threads of a team; a loop inside one of its loops runs on the thread it is on.
    private static func together(_ count: Int, _ team: WorkTeam, _ context: ComputeContext, _ body: (Int) throws -> Void) throws {
        let failure = Mutex<(index: Int, error: any Error)?>(nil)
        let failed = Atomic<Int>(.max)
        let isDone = team.run(count) { index in
            // Indices are handed out in order, and those below a failed one all run: the lowest error is always the same.
            guard index < failed.load(ordering: .relaxed) else { return }
            do {
                try context.cancellation.check()
                try body(index)
            } catch {
                failure.withLock { first in
                    guard index < first?.index ?? .max else { return }
                    first = (index, error)
                    failed.store(index, ordering: .relaxed)
                }
            }
        }
        guard isDone else { return try serially(count, context, body) }
        if let first = failure.withLock({ $0 }) { throw first.error }
    }
}
