import RondoKernels
import Synchronization

/// Files in memory, over other files that are only read: for tests and for the scratch workspace of a replay.
package final class MemoryFiles: Sendable {
    private let written = Mutex<[String: [UInt8]]>([:])
    private let beneath: FileAccess?

    /// - Parameter beneath: read through to these; nothing is ever written there.
    package init(over beneath: FileAccess? = nil, files: [String: [UInt8]] = [:]) {
        self.beneath = beneath
        written.withLock { $0 = files }
    }

    /// What has been written, by path.
    package var files: [String: [UInt8]] { written.withLock { $0 } }

    package var access: FileAccess {
        FileAccess(
            read: { [self] path in
                if let bytes = written.withLock({ $0[path] }) { return FileContent(name: path, copying: bytes) }
                if let beneath { return try beneath.read(path) }
                throw Fault("R0620", "there is no file \(path)", remedy: "look at the name and the folder", subject: path)
            },
            write: { [self] path, bytes in written.withLock { $0[path] = bytes } },
            append: { [self] path, line in written.withLock { $0[path, default: []] += Array(line.utf8) + [10] } },
            exists: { [self] path in written.withLock { $0[path] != nil } || beneath?.exists(path) == true },
            list: { [self] folder in
                let prefix = folder.isEmpty || folder == "." ? "" : folder + "/"
                let own = written.withLock { $0.keys.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) } }
                return Set(own + (beneath?.list(folder) ?? [])).sorted()
            })
    }
}
