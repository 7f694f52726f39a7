import CEditline
import Glibc

/// What the standard streams are connected to, and what that can show.
package struct TerminalCapabilities: Equatable, Sendable {
    /// Whether standard input is a terminal.
    package var isInputTerminal: Bool
    /// Whether standard output is a terminal.
    package var isOutputTerminal: Bool
    /// Whether standard error is a terminal.
    package var isErrorTerminal: Bool
    /// Whether text goes out in UTF-8, so that more than ASCII may be drawn.
    package var showsUnicode: Bool
    /// Whether `TERM` says that the cursor cannot be moved (`dumb`, empty or not set).
    package var isDumb: Bool

    package init(isInputTerminal: Bool, isOutputTerminal: Bool, isErrorTerminal: Bool, showsUnicode: Bool, isDumb: Bool) {
        self.isInputTerminal = isInputTerminal
        self.isOutputTerminal = isOutputTerminal
        self.isErrorTerminal = isErrorTerminal
        self.showsUnicode = showsUnicode
        self.isDumb = isDumb
    }

    /// Looks at the process: its streams and environment. Also takes the character encoding, C.UTF-8 where none is set.
    package static func detected() -> TerminalCapabilities {
        TerminalCapabilities(
            isInputTerminal: isatty(STDIN_FILENO) == 1,
            isOutputTerminal: isatty(STDOUT_FILENO) == 1,
            isErrorTerminal: isatty(STDERR_FILENO) == 1,
            showsUnicode: rondo_locale_prepare() == 1,
            isDumb: isDumb(environment: ProcessEnvironment.value)
        )
    }

    /// Whether cells can be edited: keys come from a terminal and are shown on one.
    package var canEdit: Bool { isInputTerminal && isOutputTerminal }

    static func isDumb(environment: (String) -> String?) -> Bool {
        let name = environment("TERM") ?? ""
        return name.isEmpty || name == "dumb"
    }
}

/// Columns and rows of a terminal.
package struct TerminalSize: Equatable, Sendable {
    package var columns: Int
    package var rows: Int

    package init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
    }

    /// The size now: the terminal's, else `COLUMNS` and `LINES`, else 80 by 24.
    package static func current() -> TerminalSize {
        var size = winsize()
        for descriptor in [STDOUT_FILENO, STDERR_FILENO, STDIN_FILENO] where isatty(descriptor) == 1 {
            if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 {
                return TerminalSize(columns: Int(size.ws_col), rows: Int(size.ws_row))
            }
        }
        return fromEnvironment(ProcessEnvironment.value)
    }

    static func fromEnvironment(_ environment: (String) -> String?) -> TerminalSize {
        func number(_ name: String, _ fallback: Int) -> Int {
            guard let text = environment(name), let value = Int(text), (1...10_000).contains(value) else { return fallback }
            return value
        }
        return TerminalSize(columns: number("COLUMNS", 80), rows: number("LINES", 24))
    }
}

/// Variables of the process environment.
enum ProcessEnvironment {
    static func value(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}
