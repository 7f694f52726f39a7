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
        try SourceText.withText(of: source, options, context, survey: { LineSurvey($0, options) }) { text, findings in
            try read(text, findings, source.name, options, context)
        }
    }

    private static func read(
        _ text: SurveyedText<LineSurvey>, _ findings: [Finding], _ name: String, _ options: ReadOptions, _ context: ComputeContext
    ) throws -> ReadResult {
        let dialect = text.survey.dialect
        let (bytes, blank) = withoutTrailingLines(text.bytes, dialect)
        guard bytes.count > 0 else { throw ReadFault.empty(name) }
        var findings = findings
        if blank > 0 {
            findings.append(
                Finding("blank_lines", "\(grouped(blank)) blank \(blank == 1 ? "line" : "lines") at the end left out", count: blank))
        }
        var layout = try TableLayout(bytes, dialect, options, name: name)
        var read = try columns(layout, bytes, text, name, options, context)
        if read == nil {
            // Something stands below no name: a column after all.
            layout = try TableLayout(bytes, dialect, options, name: name, keepsUnnamed: true)
            read = try columns(layout, bytes, text, name, options, context)
        }
        guard let read else { throw ReadFault.unreadable(name) }
        return ReadResult(frame: try Frame(Array(zip(layout.names, read.columns))), findings: findings + layout.findings + read.findings)
    }

    /// The columns that a layout tells; nil when values stand in columns that it leaves out.
    private static func columns(
        _ layout: TableLayout, _ bytes: TextBytes, _ text: SurveyedText<LineSurvey>, _ name: String, _ options: ReadOptions,
        _ context: ComputeContext
    ) throws -> (columns: [Column], findings: [Finding])? {
        let table = TextBytes(base: bytes.base, count: layout.dataEnd, skipped: bytes.skipped)
        var pass = ReadingPass(bytes: table, text: text, layout: layout, options: options, name: name, context: context)
        return try pass.columns()
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
