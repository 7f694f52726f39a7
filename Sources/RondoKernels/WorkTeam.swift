import CSystemLibraries
import Dispatch
import Synchronization

/// Threads that stay ready between the many short loops of one computation.
///
/// To wake a thread takes longer than many a loop. Helpers look for the next loop for some microseconds before they go to sleep, and they
/// take part by taking an index: nobody ever waits for a helper that has not begun. Which thread runs an index changes no number.
final class WorkTeam: Sendable {
    private let state: TeamState

    /// A team of the caller and helpers; nil for one thread.
    init?(threads: ThreadCount) {
        guard threads.value > 1 else { return nil }
        let state = TeamState(helpers: threads.value - 1)
        self.state = state
        for helper in state.helpers { DispatchQueue.global().async { state.help(helper) } }
    }

    deinit { state.dismiss() }

    /// Calls `body` once for each index from 0 and returns when all calls have; false, without a call, inside another loop of the team.
    ///
    /// Indices are handed out in order.
    func run(_ count: Int, _ body: (Int) -> Void) -> Bool {
        guard count < 1 << 31, !state.isBusy.exchange(true, ordering: .acquiring) else { return false }
        defer { state.isBusy.store(false, ordering: .releasing) }
        withoutActuallyEscaping(body) { body in
            withUnsafePointer(to: TeamLoop.Body(call: body)) { state.perform(TeamLoop(body: $0, count: count)) }
        }
        return true
    }
}

/// A loop that a team works at. The body lives in the frame of the caller, who returns after the last call.
private struct TeamLoop {
    struct Body {
        let call: (Int) -> Void
    }
    let body: UnsafePointer<Body>
    let count: Int

    /// Not inlined: whatever holds the body has let go of it before the call counts as finished.
    @inline(never)
    func call(_ index: Int) { body.pointee.call(index) }
}

/// What caller and helpers of a team share.
private final class TeamState: Sendable {
    final class Helper: Sendable {
        let isAsleep = Atomic<Bool>(false)
        let bell = DispatchSemaphore(value: 0)
    }

    /// Looks, of some 50 ns each, before a thread goes to sleep.
    private static let looks = 1500
    private static let untaken: UInt64 = 0xFFFF_FFFF

    let helpers: [Helper]
    let isBusy = Atomic<Bool>(false)
    /// The number of the loop above, how many of its indices nobody has taken yet in the lower 32 bits.
    private let open = Atomic<UInt64>(0)
    private let finished = Atomic<Int>(0)
    private let isOver = Atomic<Bool>(false)
    private let isCallerAsleep = Atomic<Bool>(false)
    private let callerBell = DispatchSemaphore(value: 0)
    /// Written by the caller when no index is taken, read by those who have taken one.
    nonisolated(unsafe) private var loop: TeamLoop?

    init(helpers count: Int) { helpers = (0..<count).map { _ in Helper() } }

    func dismiss() {
        isOver.store(true, ordering: .sequentiallyConsistent)
        wake(helpers.count)
    }

    // MARK: The caller

    func perform(_ next: TeamLoop) {
        loop = next
        finished.store(0, ordering: .relaxed)
        let number = (open.load(ordering: .relaxed) >> 32) &+ 1
        open.store(number << 32 | UInt64(next.count), ordering: .sequentiallyConsistent)
        wake(next.count - 1)
        while work() {}
        waitForAll(next.count)
    }

    private func wake(_ count: Int) {
        for helper in helpers.prefix(count) where helper.isAsleep.load(ordering: .sequentiallyConsistent) {
            if helper.isAsleep.exchange(false, ordering: .sequentiallyConsistent) { helper.bell.signal() }
        }
    }

    private func waitForAll(_ count: Int) {
        for _ in 0..<Self.looks {
            if finished.load(ordering: .acquiring) == count { return }
            rondo_pause()
        }
        while finished.load(ordering: .acquiring) != count {
            isCallerAsleep.store(true, ordering: .sequentiallyConsistent)
            let isDone = finished.load(ordering: .sequentiallyConsistent) == count
            // Whoever has lowered the flag rings as well.
            if !isDone || !isCallerAsleep.exchange(false, ordering: .sequentiallyConsistent) { callerBell.wait() }
        }
    }

    // MARK: Everybody

    /// Takes an index and runs it; false when there is none.
    private func work() -> Bool {
        var current = open.load(ordering: .acquiring)
        while current & Self.untaken > 0 {
            // Fails in the next loop as well, whose number differs.
            let (isTaken, now) = open.compareExchange(expected: current, desired: current - 1, ordering: .acquiringAndReleasing)
            guard isTaken else {
                current = now
                continue
            }
            guard let loop else { return false }
            loop.call(loop.count - Int(current & Self.untaken))
            let done = finished.add(1, ordering: .sequentiallyConsistent).newValue
            if done == loop.count && isCallerAsleep.load(ordering: .sequentiallyConsistent)
                && isCallerAsleep.exchange(false, ordering: .sequentiallyConsistent)
            {
                callerBell.signal()
            }
            return true
        }
        return false
    }

    // MARK: A helper

    func help(_ helper: Helper) {
        while !isOver.load(ordering: .acquiring) {
            if watch() { continue }
            helper.isAsleep.store(true, ordering: .sequentiallyConsistent)
            let isNeeded =
                open.load(ordering: .sequentiallyConsistent) & Self.untaken > 0 || isOver.load(ordering: .sequentiallyConsistent)
            // Whoever has lowered the flag rings as well.
            if !isNeeded || !helper.isAsleep.exchange(false, ordering: .sequentiallyConsistent) { helper.bell.wait() }
        }
    }

    /// Looks for an index for a while; whether one was found.
    private func watch() -> Bool {
        for _ in 0..<Self.looks {
            if work() { return true }
            rondo_pause()
        }
        return false
    }
}
