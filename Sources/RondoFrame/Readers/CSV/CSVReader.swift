public import RondoKernels

/// Reads delimited text: RFC 4180 and what is found in practice.
///
/// Delimiter, quote, header, types and missing values are found from the file, types from all its rows, and everything found is stated.
/// The text is cut into chunks of fixed size that are read in parallel straight into typed buffers.
public enum CSVReader: TableReader {
    public static let name = "csv"
    public static let fileExtensions = ["csv", "tsv", "tab", "txt", "psv"]
    public static let summary = "delimited text with or without a header"

    public static func read(_ source: ByteSource, options: ReadOptions, context: ComputeContext) throws -> ReadResult {
        try source.withBytes { raw in
            guard raw.count > 0 else { throw ReadFault.empty(source.name) }
            if let (text, finding) = try TextEncoding.decoded(raw, encoding: options.encoding, name: source.name) {
                return try text.withUnsafeBufferPointer { buffer in
                    guard let base = buffer.baseAddress else { throw ReadFault.empty(source.name) }
                    return try read(TextBytes(base: base, count: buffer.count, skipped: 0), [finding], source.name, options, context)
                }
            }
            let skipped = TextEncoding.mark(raw) == .utf8 ? 3 : 0
            guard let base = raw.bindMemory(to: UInt8.self).baseAddress, raw.count > skipped else { throw ReadFault.empty(source.name) }
            return try read(
                TextBytes(base: base + skipped, count: raw.count - skipped, skipped: skipped), [], source.name, options, context)
        }
    }

    private static func read(
        _ bytes: TextBytes, _ findings: [Finding], _ name: String, _ options: ReadOptions, _ context: ComputeContext
    ) throws -> ReadResult {
        try checkText(bytes, name, context)
        let dialect = DialectDetection.detect(bytes, options)
        let (bytes, blank) = withoutTrailingLines(bytes, dialect)
        guard bytes.count > 0 else { throw ReadFault.empty(name) }
        var findings = findings
        if blank > 0 {
            findings.append(
                Finding("blank_lines", "\(grouped(blank)) blank \(blank == 1 ? "line" : "lines") at the end left out", count: blank))
        }
        let layout = try TableLayout(bytes, dialect, options, name: name)
        var pass = ReadingPass(bytes: bytes, dialect: dialect, layout: layout, options: options, name: name, context: context)
        let columns = try pass.columns()
        return ReadResult(
            frame: try Frame(Array(zip(layout.names, columns.columns))), findings: findings + layout.findings + columns.findings)
    }

    /// Every byte must be part of UTF-8 text, and none may be zero.
    private static func checkText(_ bytes: TextBytes, _ name: String, _ context: ComputeContext) throws {
        let flaws = try Parallel.mapChunks(count: bytes.count, chunkSize: ChunkPlan.size, context: context) { _, range -> Int? in
            // A sequence that the boundary cuts belongs to the chunk in which it begins.
            var start = range.lowerBound
            while start > 0, start < range.upperBound, start - range.lowerBound < 3, bytes.base[start] & 0xC0 == 0x80 { start += 1 }
            var end = range.upperBound
            while end < bytes.count, end - range.upperBound < 3, bytes.base[end] & 0xC0 == 0x80 { end += 1 }
            return TextEncoding.firstFlaw(bytes.base, start..<max(start, end))
        }
        guard let flaw = flaws.compactMap({ $0 }).first else { return }
        let place = LineIndex(bytes: bytes, newline: ASCII.lineFeed).place(flaw)
        throw bytes.base[flaw] == 0
            ? ReadFault.notText(name, place: place) : ReadFault.encoding(name, place: place, value: bytes.base[flaw])
    }

    /// The text without blank lines at its end, and how many there were.
    private static func withoutTrailingLines(_ bytes: TextBytes, _ dialect: CSVDialect) -> (TextBytes, Int) {
        var end = bytes.count
        while end > 0, [ASCII.lineFeed, ASCII.carriageReturn, ASCII.blank].contains(bytes.base[end - 1]) { end -= 1 }
        while end < bytes.count, bytes.base[end] != dialect.newline { end += 1 }
        end = min(end + 1, bytes.count)
        return (
            TextBytes(base: bytes.base, count: end, skipped: bytes.skipped),
            ChunkPlan.count(dialect.newline, bytes.base + end, bytes.count - end)
        )
    }
}
