import Synchronization

/// Memory that pieces of work need beside their results, lent to one after the other: as many as work at once.
public final class ScratchPool<Scratch: AnyObject>: @unchecked Sendable {
    // Used under the lock only.
    private var unused: [Scratch] = []
    private let make: @Sendable () -> Scratch
    private let lock = Mutex<Void>(())

    /// - Parameter make: called when nothing is unused.
    public init(_ make: @escaping @Sendable () -> Scratch) { self.make = make }

    /// Lends what another piece of work has given back, or something new; what it holds is up to the two.
    public func with<Result>(_ body: (Scratch) throws -> Result) rethrows -> Result {
        nonisolated(unsafe) var lent: Scratch?
        lock.withLock { _ in lent = unused.popLast() }
        nonisolated(unsafe) let scratch = lent ?? make()
        defer { lock.withLock { _ in unused.append(scratch) } }
        return try body(scratch)
    }
}
