import Foundation
import Glibc
import Testing

/// The program at a pseudo-terminal of 80 columns and 24 rows, typed to and read from like by a person.
final class ProgramTerminal {
    struct Missing: Error, CustomStringConvertible {
        let wanted: String
        let shown: String
        var description: String { "waited for '\(wanted)', and the terminal showed:\n\(shown)" }
    }

    /// Requests and flags of Linux that the module Glibc does not name: TIOCSPTLCK, TIOCGPTN, POSIX_SPAWN_SETSID.
    private static let lockRequest: UInt = 0x4004_5431
    private static let numberRequest: UInt = 0x8004_5430
    private static let ownSession: Int16 = 0x80

    let process: pid_t
    private let terminal: Int32
    /// Everything shown so far, control sequences included.
    private(set) var shown = ""
    /// Where in `shown` the next wait begins.
    private var mark = 0
    /// Exit code of a program that has ended.
    private var code: Int32?

    init(_ arguments: [String] = [], in folder: TestFolder, environment: [String: String] = [:]) throws {
        terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var unlocked: Int32 = 0
        var number: Int32 = 0
        try #require(
            terminal >= 0 && ioctl(terminal, Self.lockRequest, &unlocked) == 0 && ioctl(terminal, Self.numberRequest, &number) == 0)
        var size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(terminal, UInt(TIOCSWINSZ), &size)

        // In a session of its own the first terminal that the process opens becomes the one that Ctrl-C comes from.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, Self.ownSession | Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK))
        // Whoever runs the tests in the background may have had Ctrl-C ignored.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigaddset(&signals, SIGINT)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/pts/\(number)", O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, 0, 1)
        posix_spawn_file_actions_adddup2(&actions, 0, 2)
        let words =
            (["sh", "-c", "cd \"$0\" && exec \"$@\"", folder.location.path, BuiltProgram.path] + arguments).map { strdup($0) } + [nil]
        let variables = BuiltProgram.environment(folder, environment).map { strdup("\($0)=\($1)") } + [nil]
        defer { (words + variables).forEach { free($0) } }
        var child: pid_t = 0
        try #require(posix_spawn(&child, "/bin/sh", &actions, &attributes, words, variables) == 0)
        process = child
    }

    deinit {
        if code == nil { killAtOnce() }
        close(terminal)
    }

    func type(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(terminal, bytes, bytes.count)
    }

    /// Types a line and Enter.
    func enter(_ line: String) { type(line + "\r") }

    static let controlC = "\u{3}"
    static let controlD = "\u{4}"

    /// Waits until the text is shown after what was waited for before. The deadline only guards against waiting for ever.
    func expect(_ text: String, seconds: Int = 120) throws {
        let deadline = Date(timeIntervalSinceNow: Double(seconds))
        while true {
            let rest = String(decoding: shown.utf8.dropFirst(mark), as: UTF8.self)
            if let range = rest.range(of: text) {
                mark += rest.utf8.distance(from: rest.startIndex, to: range.upperBound)
                return
            }
            guard Date() < deadline, readMore(until: deadline) else { throw Missing(wanted: text, shown: shown) }
        }
    }

    /// Waits for the end; the exit code, or 128 and the signal.
    func end(seconds: Int = 120) throws -> Int32 {
        let deadline = Date(timeIntervalSinceNow: Double(seconds))
        while readMore(until: deadline) {}
        while code == nil, Date() < deadline { collect(mayWait: false) }
        guard let code else { throw Missing(wanted: "the end", shown: shown) }
        return code
    }

    /// Ends the program without any chance to tidy up.
    func killAtOnce() {
        kill(process, SIGKILL)
        collect(mayWait: true)
    }

    private func collect(mayWait: Bool) {
        guard code == nil else { return }
        var status: Int32 = 0
        guard waitpid(process, &status, mayWait ? 0 : WNOHANG) == process else {
            if !mayWait { sched_yield() }
            return
        }
        code = status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
    }

    /// Reads what the program has written; false at its end or at the deadline.
    private func readMore(until deadline: Date) -> Bool {
        var source = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
        var ready: Int32
        repeat {
            let left = max(0, min(deadline.timeIntervalSinceNow, 3600))
            ready = poll(&source, 1, Int32((left * 1000).rounded(.up)))
        } while ready < 0 && errno == EINTR
        guard ready > 0 else { return false }
        var buffer = [UInt8](repeating: 0, count: 1 << 14)
        let count = read(terminal, &buffer, buffer.count)
        guard count > 0 else { return false }
        pending += buffer[..<count]
        // A character may be cut in two at the end of a read: what is not whole yet waits.
        var whole = pending.count
        while whole > 0, whole > pending.count - 4, String(validating: pending[..<whole], as: UTF8.self) == nil { whole -= 1 }
        shown += String(decoding: pending[..<whole], as: UTF8.self)
        pending.removeFirst(whole)
        return true
    }

    private var pending: [UInt8] = []
}
