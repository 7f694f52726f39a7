import Glibc

/// Reads cells from a descriptor that is no terminal; shows no prompt.
///
/// A cell is handed on as soon as the next line, or the end of the input, shows that it is complete.
package final class PipeEditor: LineEditor {
    private let descriptor: Int32
    private var assembler = CellAssembler()
    private var bytes: [UInt8] = []
    private var start = 0
    private var isAtStart = true
    private var isAtEnd = false

    /// An editor over a descriptor, which stays open; standard input by default.
    package init(descriptor: Int32 = STDIN_FILENO) {
        self.descriptor = descriptor
        isAtEnd = descriptor < 0
    }

    package func readCell(prompt: EditorPrompt) -> EditorEvent {
        while true {
            while let line = nextLine() {
                if let cell = assembler.take(line) { return .cell(cell) }
            }
            if isAtEnd { return assembler.finish().map(EditorEvent.cell) ?? .endOfInput }
            if !fill() { return .interrupted }
        }
    }

    /// The next complete line, without its line break; at the end of the input also one that has none.
    private func nextLine() -> String? {
        guard start < bytes.count else { return nil }
        var line: ArraySlice<UInt8>
        if let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
            line = bytes[start..<end]
            start = end + 1
        } else if isAtEnd {
            line = bytes[start...]
            start = bytes.count
        } else {
            return nil
        }
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        if isAtStart {
            isAtStart = false
            if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        }
        return String(decoding: line, as: UTF8.self)
    }

    /// Waits for more bytes; false if a signal came instead. `poll` returns then even if `read` would go on.
    private func fill() -> Bool {
        bytes.removeFirst(start)
        start = 0
        var source = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        if poll(&source, 1, -1) < 0 {
            if errno == EINTR { return false }
            isAtEnd = true
            return true
        }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = read(descriptor, &buffer, buffer.count)
        if count < 0 && errno == EINTR { return false }
        if count < 0 && errno == EAGAIN { return true }
        if count <= 0 {
            isAtEnd = true
        } else {
            bytes.append(contentsOf: buffer[..<count])
        }
        return true
    }
}
