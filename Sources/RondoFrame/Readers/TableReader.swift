public import RondoKernels

/// Something a reader found, decided or changed, for the answer of `load`: nothing is done silently.
public struct Finding: Sendable, Hashable {
    /// A fixed name: `delimiter header names blank_lines short_rows encoding missing kept type dates times empty title footer columns no_values`.
    public let name: String
    /// One sentence without a full stop.
    public let text: String
    /// How many values or rows it is about.
    public let count: Int?
    /// The column it is about.
    public let column: String?
    /// What was read as missing: `empty`, `blanks`, a word in quotes.
    public let mark: String?

    public init(_ name: String, _ text: String, count: Int? = nil, column: String? = nil, mark: String? = nil) {
        self.name = name
        self.text = text
        self.count = count
        self.column = column
        self.mark = mark
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
    public static var all: [any TableReader.Type] {
        [CSVReader.self, JSONReader.self, JSONLinesReader.self, XMLReader.self, LogReader.self]
    }

    /// The reader of this name.
    public static func named(_ name: String) -> (any TableReader.Type)? { all.first { $0.name == name } }

    /// The reader for files with this ending.
    public static func forExtension(_ ending: String) -> (any TableReader.Type)? {
        all.first { $0.fileExtensions.contains(ending.lowercased()) }
    }

    /// Reads a source that may be packed, by the reader that is named, that the file's ending asks for, or that the first bytes ask for.
    ///
    /// - Parameter others: readers of higher layers, such as databases.
    public static func read(
        _ source: ByteSource, format: String? = nil, others: [any TableReader.Type] = [], options: ReadOptions, context: ComputeContext
    ) throws -> ReadResult {
        let (inner, findings) = try PackedSource.unpacked(source, context)
        let readers = all + others
        let known = try FileSignature.find(inner)
        if let known, known.reader == nil { throw ReadFault.otherFormat(source.name, what: known.what, remedy: known.remedy) }
        let ending = PackedSource.innerName(source.name).split(separator: ".").last.map { $0.lowercased() } ?? ""
        if ending == "sql", format == nil, options.pattern == nil {
            throw ReadFault.otherFormat(
                source.name, what: "a script of SQL",
                remedy: "run it in its database, then load postgres \"dbname=shop\" table t, or load \"shop.sqlite\" table t")
        }
        let reader: any TableReader.Type
        if let wanted = format ?? known?.reader ?? (options.pattern == nil ? nil : LogReader.name) {
            guard let named = readers.first(where: { $0.name == wanted }) else { throw ReadFault.noReader(wanted, source.name) }
            reader = named
        } else if let fitting = readers.first(where: { $0.fileExtensions.contains(ending) }) {
            reader = fitting
        } else {
            reader = try byContent(inner)
        }
        if let (clause, readers) = options.unknownClause(to: reader.name) {
            throw ReadFault.clause(clause, readers: readers, reader: reader.name, source.name)
        }
        let result = try reader.read(inner, options: options, context: context)
        guard let sample = options.sample, !(reader is CSVReader.Type) else {
            return ReadResult(frame: result.frame, findings: findings + result.findings)
        }
        let rows = sample.rows(of: result.frame.rowCount)
        let said = Finding(
            "sample", "\(grouped(rows.count)) of \(grouped(result.frame.rowCount)) rows, drawn at random", count: rows.count)
        let frame = result.frame.gathering(rows.map { Int32(truncatingIfNeeded: $0) })
        return ReadResult(frame: frame, findings: findings + [said] + result.findings)
    }

    /// The reader that the first sign of a file asks for whose name says nothing.
    private static func byContent(_ source: ByteSource) throws -> any TableReader.Type {
        try source.withBytes { bytes in
            let start = TextEncoding.mark(bytes) == .utf8 ? 3 : 0
            let place = (start..<bytes.count).first { bytes[$0] > ASCII.blank } ?? bytes.count
            guard place + 1 < bytes.count else { return CSVReader.self }
            let (first, second) = (bytes[place], bytes[place + 1])
            if first == 0x7B || (first == 0x5B && (second == 0x7B || second <= ASCII.blank)) { return JSONReader.self }
            if first == 0x3C, second == 0x3F || second | 0x20 >= 0x61 { return XMLReader.self }
            return CSVReader.self
        }
    }
}
