/// Bytes to be read as a table, with the name that errors give them. Files are opened, mapped and closed by the caller.
public struct ByteSource: Sendable {
    /// The name as the user wrote it, `sales.csv`.
    public let name: String
    private let access: @Sendable ((UnsafeRawBufferPointer) throws -> Void) throws -> Void

    /// A source whose bytes `access` lends for the duration of one call.
    public init(name: String, access: @escaping @Sendable ((UnsafeRawBufferPointer) throws -> Void) throws -> Void) {
        self.name = name
        self.access = access
    }

    /// A source of bytes that are in memory.
    public init(name: String, bytes: [UInt8]) {
        self.init(name: name) { body in try bytes.withUnsafeBytes { try body($0) } }
    }

    /// A source of text, for tests and small tables.
    public init(name: String, text: String) { self.init(name: name, bytes: Array(text.utf8)) }

    /// Calls `body` once with all bytes; they must not be kept after the call.
    public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) throws -> Result {
        var result: Result?
        try access { result = try body($0) }
        guard let result else { throw ReadFault.unreadable(name) }
        return result
    }
}
