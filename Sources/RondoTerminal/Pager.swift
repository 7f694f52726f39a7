import CEditline
import Glibc

/// Shows long text a screen at a time, through `PAGER` or `less -FRX`.
package struct Pager: Sendable {
    /// The command, run by `sh`; nil where text is to be written plainly.
    package let command: String?
    private let write: @Sendable (String) -> Void

    /// A pager for this process; `write` puts text on standard output.
    package init(capabilities: TerminalCapabilities, isWanted: Bool = true, write: @escaping @Sendable (String) -> Void) {
        self.init(capabilities: capabilities, isWanted: isWanted, environment: ProcessEnvironment.value, write: write)
    }

    init(
        capabilities: TerminalCapabilities, isWanted: Bool, environment: (String) -> String?, write: @escaping @Sendable (String) -> Void
    ) {
        self.write = write
        if !isWanted || !capabilities.isOutputTerminal || !capabilities.isInputTerminal || capabilities.isDumb {
            command = nil
        } else if let chosen = environment("PAGER"), !chosen.isEmpty {
            command = chosen == "cat" ? nil : chosen
        } else {
            command = "less -FRX"
        }
    }

    /// Shows a text and returns when the reader has left it. Where the pager cannot be started, the text is written plainly.
    package func show(_ text: String) {
        guard let command else { return write(text) }
        fflush(nil)
        var bytes = Array(text.utf8CString)
        bytes.removeLast()
        let status = rondo_command_feed(command, bytes, bytes.count)
        if status < 0 || status == 126 || status == 127 { write(text) }
    }
}
