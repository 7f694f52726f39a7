import RondoKernels

/// The bytes of a file, readable as long as this object lives (usually mapped memory).
package final class FileContent: Sendable {
    /// The path as the session names it.
    package let name: String
    package nonisolated(unsafe) let bytes: UnsafeRawBufferPointer
    private let release: @Sendable () -> Void

    /// - Parameter release: called once when nobody needs the bytes any more.
    package init(name: String, bytes: UnsafeRawBufferPointer, release: @escaping @Sendable () -> Void) {
        self.name = name
        self.bytes = bytes
        self.release = release
    }

    /// A copy of bytes in memory.
    package convenience init(name: String, copying array: [UInt8]) {
        let storage = UnsafeMutableRawBufferPointer.allocate(byteCount: max(array.count, 1), alignment: 16)
        storage.copyBytes(from: array)
        nonisolated(unsafe) let held = storage
        self.init(name: name, bytes: UnsafeRawBufferPointer(rebasing: held[0..<array.count])) { held.deallocate() }
    }

    deinit { release() }

    package var array: [UInt8] { Array(bytes) }

    /// The bytes as UTF-8 text; nil when they are not.
    package var text: String? { String(validating: bytes, as: UTF8.self) }
}

/// Files, as closures. Paths are as the session resolves them.
package struct FileAccess: Sendable {
    /// Maps or reads a file; throws a `Fault` (R062x) that says whether it is absent, a folder, or not permitted.
    package var read: @Sendable (_ path: String) throws -> FileContent
    /// Writes to a temporary name, syncs, renames.
    package var write: @Sendable (_ path: String, _ bytes: [UInt8]) throws -> Void
    /// Appends a line and syncs it, making the file and its folder (mode 0700) on first need.
    package var append: @Sendable (_ path: String, _ line: String) throws -> Void
    package var exists: @Sendable (_ path: String) -> Bool
    /// Names in a folder, sorted; folders end in `/`.
    package var list: @Sendable (_ folder: String) -> [String]

    package init(
        read: @escaping @Sendable (String) throws -> FileContent, write: @escaping @Sendable (String, [UInt8]) throws -> Void,
        append: @escaping @Sendable (String, String) throws -> Void, exists: @escaping @Sendable (String) -> Bool,
        list: @escaping @Sendable (String) -> [String]
    ) {
        self.read = read
        self.write = write
        self.append = append
        self.exists = exists
        self.list = list
    }
}
