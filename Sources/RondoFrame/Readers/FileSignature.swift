/// What the first bytes of a file that is no text say it is.
struct FileSignature {
    let what: String
    /// The reader for it, nil when there is none.
    let reader: String?
    let remedy: String

    private static let known: [(bytes: [UInt8], signature: FileSignature)] = [
        (Array("SQLite format 3\0".utf8), FileSignature(what: "an SQLite database", reader: "sqlite", remedy: "")),
        (
            [0x50, 0x4B, 3, 4],
            FileSignature(
                what: "a ZIP archive or an Excel workbook", reader: nil, remedy: "unpack it, or write the sheet as CSV in UTF-8")
        ),
        (Array("PAR1\u{15}".utf8), FileSignature(what: "a Parquet file", reader: nil, remedy: "write the table as CSV or JSON lines")),
        (Array("ARROW1\0".utf8), FileSignature(what: "an Arrow file", reader: nil, remedy: "write the table as CSV or JSON lines")),
        ([0xD0, 0xCF, 0x11, 0xE0], FileSignature(what: "an old Excel workbook", reader: nil, remedy: "write the sheet as CSV in UTF-8")),
        (Array("%PDF-".utf8), FileSignature(what: "a PDF document", reader: nil, remedy: "find the table that it was made from")),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], FileSignature(what: "packed with xz", reader: nil, remedy: "unpack it with unxz")),
    ]

    /// The signature that the source begins with; nil for text and whatever else.
    static func find(_ source: ByteSource) throws -> FileSignature? {
        try source.withBytes { bytes in
            known.first { entry in
                bytes.count >= entry.bytes.count && entry.bytes.indices.allSatisfy { bytes[$0] == entry.bytes[$0] }
            }?.signature
        }
    }
}
