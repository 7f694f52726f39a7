public import RondoKernels

/// Something a reader found, decided or changed, for the answer of `load`: nothing is done silently.
public struct Finding: Sendable, Hashable {
    /// A fixed name: `delimiter header names blank_lines short_rows encoding missing kept type dates times empty`.
    public let name: String
    /// One sentence without a full stop.
    public let text: String
    /// How many values or rows it is about.
    public let count: Int?
    /// The column it is about.
    public let column: String?

    public init(_ name: String, _ text: String, count: Int? = nil, column: String? = nil) {
        self.name = name
        self.text = text
        self.count = count
        self.column = column
    }
}

/// A table that was read, and what was found on the way.
public struct ReadResult: Sendable {
    public let frame: Frame
    public let findings: [Finding]

    public init(frame: Frame, findings: [Finding]) {
        self.frame = frame
        self.findings = findings
    }
}

/// A file format that can be read as a table. A new format is one conforming type and one line in `TableReaders.all`.
public protocol TableReader: Sendable {
    /// The word of `load`, `csv`.
    static var name: String { get }
    /// Endings of file names without the point, lower case.
    static var fileExtensions: [String] { get }
    /// One sentence for help.
    static var summary: String { get }
    /// Reads the whole source; throws a `Fault` that names file, line, column and byte where they apply.
    static func read(_ source: ByteSource, options: ReadOptions, context: ComputeContext) throws -> ReadResult
}

/// The formats that can be read.
public enum TableReaders {
    public static var all: [any TableReader.Type] { [CSVReader.self] }

    /// The reader of this name.
    public static func named(_ name: String) -> (any TableReader.Type)? { all.first { $0.name == name } }

    /// The reader for files with this ending.
    public static func forExtension(_ ending: String) -> (any TableReader.Type)? {
        all.first { $0.fileExtensions.contains(ending.lowercased()) }
    }
}
