import Glibc

/// The cells of earlier sessions in a file of their own: one entry a line, mode 0600, safe for several shells at once.
///
/// A line break in an entry is written `\n`, a carriage return `\r`, a backslash `\\`. Trouble with the file is never an error: the shell
/// then goes on without that part of its memory.
package struct HistoryFile: Sendable {
    /// Entries that are kept.
    package static let capacity = 10_000
    private static let longestEntry = 1 << 20

    private let path: String
    private let capacity: Int

    /// History in `path`, whose folder is created when the first entry is written.
    package init(path: String, capacity: Int = HistoryFile.capacity) {
        self.path = path
        self.capacity = max(1, capacity)
    }

    /// The entries, oldest first; damaged lines are left out. A file far over its capacity is cut to it.
    package func load() -> [String] {
        guard let descriptor = openLocked(O_RDONLY) else { return [] }
        defer { close(descriptor) }
        let entries = Self.entries(in: Self.bytes(of: descriptor))
        guard entries.count > capacity else { return entries }
        let kept = Array(entries.suffix(capacity))
        if entries.count > capacity + capacity / 10 { rewrite(kept) }
        return kept
    }

    /// Adds entries and waits until they are on the disk. Returns false where the file cannot be written.
    @discardableResult
    package func append(_ entries: [String]) -> Bool {
        let kept = entries.filter { $0.utf8.count <= Self.longestEntry }
        guard !kept.isEmpty else { return entries.isEmpty }
        createFolder()
        guard let descriptor = openLocked(O_RDWR | O_APPEND | O_CREAT) else { return false }
        defer { close(descriptor) }
        fchmod(descriptor, 0o600)
        let lines = kept.map { Self.escaped($0) + "\n" }.joined()
        let start = Self.endsInMiddleOfLine(descriptor) ? "\n" : ""
        return Self.write(start + lines, to: descriptor) && fdatasync(descriptor) == 0
    }

    // MARK: Lines

    static func escaped(_ entry: String) -> String {
        var line = ""
        for scalar in entry.unicodeScalars {
            switch scalar {
            case "\\": line += "\\\\"
            case "\n": line += "\\n"
            case "\r": line += "\\r"
            case "\0": continue
            default: line.unicodeScalars.append(scalar)
            }
        }
        return line
    }

    static func unescaped(_ line: String) -> String {
        var entry = String.UnicodeScalarView()
        var escaping = false
        for scalar in line.unicodeScalars {
            if escaping {
                switch scalar {
                case "n": entry.append("\n")
                case "r": entry.append("\r")
                case "\\": entry.append("\\")
                default: entry.append(contentsOf: ["\\", scalar])
                }
                escaping = false
            } else if scalar == "\\" {
                escaping = true
            } else {
                entry.append(scalar)
            }
        }
        if escaping { entry.append("\\") }
        return String(entry)
    }

    private static func entries(in bytes: [UInt8]) -> [String] {
        var entries: [String] = []
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            guard line.count <= longestEntry, !line.contains(0), let text = String(validating: line, as: UTF8.self) else { continue }
            let entry = unescaped(text)
            if !PastedText.isBlank(entry), entry != entries.last { entries.append(entry) }
        }
        return entries
    }

    // MARK: The file

    /// Opens the file and locks it; a file that was replaced between the two steps is opened again.
    private func openLocked(_ flags: Int32) -> Int32? {
        for _ in 0..<100 {
            let descriptor = open(path, flags | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { return nil }
            var locked = flock(descriptor, LOCK_EX)
            while locked != 0 && errno == EINTR { locked = flock(descriptor, LOCK_EX) }
            var opened = stat()
            var named = stat()
            if fstat(descriptor, &opened) == 0, stat(path, &named) == 0, opened.st_ino == named.st_ino, opened.st_dev == named.st_dev {
                return descriptor
            }
            close(descriptor)
        }
        return nil
    }

    /// Replaces the file in one step; the caller holds the lock on the old one.
    private func rewrite(_ entries: [String]) {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return }
        let temporary = "\(path).\(getpid()).new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        let text = entries.map { Self.escaped($0) + "\n" }.joined()
        let complete = Self.write(text, to: descriptor) && fdatasync(descriptor) == 0
        close(descriptor)
        if !complete || rename(temporary, path) != 0 { unlink(temporary) }
    }

    private func createFolder() {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        var folder = ""
        for (index, part) in parts.enumerated() {
            folder += index == 0 ? String(part) : "/" + part
            if !folder.isEmpty { mkdir(folder, 0o700) }
        }
    }

    private static func endsInMiddleOfLine(_ descriptor: Int32) -> Bool {
        let size = lseek(descriptor, 0, SEEK_END)
        var last: UInt8 = 0
        return size > 0 && pread(descriptor, &last, 1, size - 1) == 1 && last != UInt8(ascii: "\n")
    }

    private static func bytes(of descriptor: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return bytes }
            bytes.append(contentsOf: buffer[..<count])
        }
    }

    private static func write(_ text: String, to descriptor: Int32) -> Bool {
        let bytes = Array(text.utf8)
        var start = 0
        while start < bytes.count {
            let count = bytes[start...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            start += count
        }
        return true
    }
}
