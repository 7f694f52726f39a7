public import RondoKernels

/// Writes RFC 4180: commas, line feeds, quotes where they are needed.
///
/// Numbers have the shortest digits that read back to the same value; columns of numbers that are all whole keep a point, so that they
/// read back as numbers rather than integers. Missing values are empty. Texts that look like a missing mark are quoted.
/// CSV cannot keep: empty texts and texts of blanks (they read back as missing), categories (text), durations (text), text columns all of
/// whose words look like another type; findings name such columns. Nor does it keep a word such as NA in a column all of whose texts need
/// quotes.
public enum CSVWriter: TableWriter {
    public static let name = "csv"
    public static let fileExtensions = ["csv"]
    private static let rowsPerPiece = 8192

    public static func write(_ frame: Frame, to sink: (UnsafeRawBufferPointer) throws -> Void, context: ComputeContext) throws
        -> WriteResult
    {
        let writers = frame.columns.map { CSVColumnWriter($0) }
        var total = 0
        var header: [UInt8] = []
        for (position, name) in frame.names.enumerated() {
            if position > 0 { header.append(ASCII.comma) }
            CSVColumnWriter.append(name, quoted: CSVColumnWriter.needsQuotes(name) || name.isEmpty, to: &header)
        }
        header.append(ASCII.lineFeed)
        total += header.count
        try header.withUnsafeBytes(sink)
        let pieces = Parallel.chunkCount(count: frame.rowCount, chunkSize: rowsPerPiece)
        // Several pieces at a time, so that memory stays small and order is kept.
        let batch = max(1, context.threads.value * 4)
        for first in stride(from: 0, to: pieces, by: batch) {
            let texts = try Parallel.map(min(batch, pieces - first), context: context) { offset -> [UInt8] in
                rows(Parallel.chunkRange(first + offset, count: frame.rowCount, chunkSize: rowsPerPiece), writers)
            }
            for text in texts {
                total += text.count
                try text.withUnsafeBytes(sink)
            }
            context.progress(Progress(done: min(first + batch, pieces), total: pieces, label: "writing"))
        }
        return WriteResult(bytes: total, findings: zip(frame.names, writers).compactMap { $1.finding(name: $0) })
    }

    /// The whole table as bytes, for tests and small tables.
    public static func bytes(_ frame: Frame, context: ComputeContext = .quiet) throws -> [UInt8] {
        var result: [UInt8] = []
        _ = try write(frame, to: { result.append(contentsOf: $0) }, context: context)
        return result
    }

    private static func rows(_ range: Range<Int>, _ writers: [CSVColumnWriter]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(range.count * writers.count * 8)
        for row in range {
            let start = text.count
            for (position, writer) in writers.enumerated() {
                if position > 0 { text.append(ASCII.comma) }
                writer.append(row, to: &text)
            }
            // An empty line would not be a row.
            if text.count == start { text += [ASCII.quote, ASCII.quote] }
            text.append(ASCII.lineFeed)
        }
        return text
    }
}
