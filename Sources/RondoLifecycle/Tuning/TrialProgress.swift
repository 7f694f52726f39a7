import RondoKernels
import Synchronization

/// Counts finished trials that run side by side, and says so.
final class TrialProgress: Sendable {
    private let done = Mutex(0)
    private let total: Int
    private let context: ComputeContext

    init(total: Int, context: ComputeContext) {
        self.total = total
        self.context = context
    }

    func finishedOne() {
        let count = done.withLock { value in
            value += 1
            return value
        }
        context.progress(Progress(done: count, total: total, label: "trials"))
    }
}
