public import RondoKernels

/// What writing a table could not keep.
public struct WriteResult: Sendable {
    /// How many bytes were given to the sink.
    public let bytes: Int
    /// Columns that would read back otherwise, and why.
    public let findings: [Finding]

    public init(bytes: Int, findings: [Finding]) {
        self.bytes = bytes
        self.findings = findings
    }
}

/// A file format in which a table can be written. A new format is one conforming type and one line in `TableWriters.all`.
public protocol TableWriter: Sendable {
    /// The word for the format, `csv`.
    static var name: String { get }
    /// Endings of file names without the point, lower case.
    static var fileExtensions: [String] { get }
    /// Gives the bytes of the table to `sink`, piece by piece and in order.
    static func write(_ frame: Frame, to sink: (UnsafeRawBufferPointer) throws -> Void, context: ComputeContext) throws -> WriteResult
}

/// The formats that can be written.
public enum TableWriters {
    public static var all: [any TableWriter.Type] { [CSVWriter.self] }

    /// The writer for files with this ending.
    public static func forExtension(_ ending: String) -> (any TableWriter.Type)? {
        all.first { $0.fileExtensions.contains(ending.lowercased()) }
    }
}
