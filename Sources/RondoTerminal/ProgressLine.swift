import Glibc

/// Shows how far a long step is, on standard error, once it has lasted half a second, and erases that when it is done.
///
/// Where standard error is no terminal, one line is written every ten percent. May be called from several threads.
package final class ProgressLine: @unchecked Sendable {
    private enum Style { case erasable(width: @Sendable () -> Int, unicode: Bool), log }

    private struct Shown {
        var label = ""
        var began = 0.0
        var lastDrawn = -Double.infinity
        var lastTenth = 0
        var isVisible = false
        var isUnderWay = false
    }

    /// Seconds before anything is shown.
    private static let patience = 0.5
    /// Seconds between two drawings.
    private static let pause = 0.1

    private let style: Style
    private let clock: @Sendable () -> Double
    private let write: @Sendable (String) -> Void
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private var shown = Shown()

    /// A line for a terminal of the width that `width` tells when asked; `clock` gives seconds, `write` puts text on standard error.
    package init(
        width: @escaping @Sendable () -> Int, unicode: Bool, clock: @escaping @Sendable () -> Double,
        write: @escaping @Sendable (String) -> Void
    ) {
        style = .erasable(width: width, unicode: unicode)
        self.clock = clock
        self.write = write
        lock = Self.newLock()
    }

    /// Lines for a log.
    package init(logging write: @escaping @Sendable (String) -> Void, clock: @escaping @Sendable () -> Double) {
        style = .log
        self.clock = clock
        self.write = write
        lock = Self.newLock()
    }

    deinit {
        pthread_mutex_destroy(lock)
        lock.deallocate()
    }

    /// Tells how far the step `label` is; `total` is 0 where that is not known. Another label begins another step.
    package func update(_ label: String, done: Int, total: Int) {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        let now = clock()
        if !shown.isUnderWay || shown.label != label {
            erase()
            shown = Shown(label: label, began: now, isUnderWay: true)
        }
        let state = ProgressState(label: label, done: done, total: total, elapsed: now - shown.began)
        guard state.elapsed >= Self.patience else { return }
        switch style {
        case .erasable(let width, let unicode):
            guard now - shown.lastDrawn >= Self.pause else { return }
            shown.lastDrawn = now
            shown.isVisible = true
            write("\r" + ProgressText.line(state, width: max(1, width() - 1), unicode: unicode) + "\u{1B}[K")
        case .log:
            guard let share = state.share else { return }
            let tenth = ProgressText.percent(share) / 10
            guard tenth > shown.lastTenth else { return }
            shown.lastTenth = tenth
            write(ProgressText.logLine(state, percent: tenth * 10) + "\n")
        }
    }

    /// Ends the step and erases its line. Call it before anything else is written.
    package func finish() {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        erase()
        shown = Shown()
    }

    private func erase() {
        if shown.isVisible { write("\r\u{1B}[K") }
        shown.isVisible = false
    }

    private static func newLock() -> UnsafeMutablePointer<pthread_mutex_t> {
        let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
        pthread_mutex_init(lock, nil)
        return lock
    }
}
