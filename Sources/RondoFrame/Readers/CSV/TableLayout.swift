import RondoKernels

/// Where the rows begin and what the columns are called.
struct TableLayout {
    let names: [String]
    /// The names as the file has them.
    let rawNames: [String]
    /// Offset of the first record behind the header.
    let dataStart: Int
    /// Where the last record ends.
    let dataEnd: Int
    /// Columns at the end without a name that are no columns as long as nothing stands in them.
    let unnamedAtEnd: Int
    /// Whether the file leaves quotes away where it can: some name is in none.
    let quotesAreSparing: Bool
    let findings: [Finding]

    /// Records that are looked at to tell names from values.
    private static let sampleSize = 100

    /// - Parameter keepsUnnamed: whether columns at the end without a name stay, because values stand in them.
    init(_ bytes: TextBytes, _ dialect: CSVDialect, _ options: ReadOptions, name: String, keepsUnnamed: Bool = false) throws {
        var findings: [Finding] = []
        if dialect.delimiter != ASCII.comma, options.delimiter == nil {
            findings.append(Finding("delimiter", "fields are separated by \(dialect.delimiterName)"))
        }
        if dialect.quote == ASCII.apostrophe, options.quote == nil { findings.append(Finding("quote", "texts are in single quotes")) }
        if dialect.escape != 0 {
            findings.append(Finding("escape", "a backslash takes the meaning from the delimiter behind it"))
        }
        var scanner = CSVScanner(bytes, dialect)
        let skipped = try TableLayout.skipToHeader(&scanner, dialect, options, bytes, name)
        if skipped > 0 {
            findings.append(
                Finding(
                    "blank_lines", "\(grouped(skipped)) blank \(skipped == 1 ? "line" : "lines") at the beginning left out", count: skipped)
            )
        }
        if options.headerLine == nil {
            let title = TitleLines(bytes, dialect, from: scanner.position)
            scanner.position = title.end
            if let finding = title.finding { findings.append(finding) }
        }
        let start = scanner.position
        try TableLayout.checkWidth(scanner, bytes, name)
        quotesAreSparing = TableLayout.hasPlainName(scanner)
        var first = TableLayout.record(&scanner)
        var behind = scanner.position
        let hasHeader: Bool
        switch options.headerLine {
        case .some(let line): hasHeader = line > 0
        case nil:
            var rest: [HeaderDetection.Record] = []
            var ends: [Int] = []
            while scanner.position < bytes.count, rest.count < TableLayout.sampleSize {
                if scanner.skipComment() || scanner.skipBlankLine() { continue }
                var probe = scanner
                _ = probe.skipRecord()
                if probe.position - scanner.position > TableLayout.lineLimit { break }
                ends.append(probe.position)
                rest.append(TableLayout.record(&scanner))
            }
            let lines = HeaderLines.count(first, rest)
            hasHeader = lines > 1 || HeaderDetection.isHeader(first, rest: rest)
            if lines > 1 {
                first = HeaderLines.joined([first] + rest.prefix(lines - 1))
                behind = lines - 2 < ends.count ? ends[lines - 2] : bytes.count
                findings.append(
                    Finding("header", "names are made of \(lines) lines, for example \"\(HeaderLines.example(first))\"", count: lines))
            }
        }
        var unnamed = 0
        if hasHeader, !keepsUnnamed, options.headerLine == nil {
            let filled = first.lastIndex { !HeaderDetection.trimmed($0).isEmpty } ?? first.count - 1
            unnamed = first.count - 1 - filled
            first.removeLast(unnamed)
        }
        unnamedAtEnd = unnamed
        let width = hasHeader ? first.count : TableLayout.width(bytes, dialect, from: start)
        rawNames = hasHeader ? first : (1...max(width, 1)).map { "column_\($0)" }
        let (names, nameFindings) = HeaderDetection.names(rawNames, tidy: options.namesTidy && hasHeader)
        if !hasHeader {
            let last = names.last ?? ""
            findings.append(
                Finding(
                    "header",
                    names.count == 1 ? "no header: the column is called \(last)" : "no header: columns are called \(names[0]) to \(last)"))
        }
        self.names = names
        dataStart = hasHeader ? behind : start
        let footer = options.headerLine == nil ? FooterLines(bytes, dialect, from: dataStart, width: width) : nil
        dataEnd = footer?.end ?? bytes.count
        if unnamed > 0 {
            let what = unnamed == 1 ? "1 column" : "\(grouped(unnamed)) columns"
            findings.append(Finding("columns", "\(what) at the end without name and values left out", count: unnamed))
        }
        self.findings = findings + (footer?.finding.map { [$0] } ?? []) + nameFindings
    }

    /// Whether some field of a record is in no quotes.
    private static func hasPlainName(_ scanner: CSVScanner) -> Bool {
        var scanner = scanner
        while true {
            let field = scanner.next()
            if !field.quoted, field.end > field.start { return true }
            if field.last { return false }
        }
    }

    /// Most columns of a table, and most bytes of its first line.
    static let (columnLimit, lineLimit) = (50_000, 1 << 24)

    /// Refuses a first line that cannot be one of a table, before anything is made of it.
    private static func checkWidth(_ scanner: CSVScanner, _ bytes: TextBytes, _ name: String) throws {
        var probe = scanner
        let fields = probe.skipRecord()
        guard fields > columnLimit || probe.position - scanner.position > lineLimit else { return }
        let place = LineIndex(bytes: bytes, newline: scanner.newline).place(scanner.position)
        throw ReadFault.tooWide(name, place: place, fields: fields, bytes: probe.position - scanner.position)
    }

    /// Moves to the record that may hold the names and returns how many blank lines were passed.
    private static func skipToHeader(
        _ scanner: inout CSVScanner, _ dialect: CSVDialect, _ options: ReadOptions, _ bytes: TextBytes, _ name: String
    ) throws -> Int {
        if let line = options.headerLine, line > 0 {
            let index = LineIndex(bytes: bytes, newline: dialect.newline)
            for _ in 1..<max(line, 1) {
                while scanner.position < bytes.count, bytes.base[scanner.position] != dialect.newline { scanner.position += 1 }
                scanner.position += 1
                guard scanner.position < bytes.count else { throw ReadFault.noHeaderLine(name, line: line, lines: index.line(bytes.count)) }
            }
            return 0
        }
        var blank = 0
        while scanner.position < bytes.count {
            if scanner.skipBlankLine() {
                blank += 1
            } else if !scanner.skipComment() {
                break
            }
        }
        guard scanner.position < bytes.count else { throw ReadFault.empty(name) }
        return blank
    }

    static func record(_ scanner: inout CSVScanner) -> HeaderDetection.Record {
        var fields: [String] = []
        while true {
            let field = scanner.next()
            fields.append(scanner.text(field))
            if field.last { return fields }
        }
    }

    /// Without a header the widest of the first records tells the number of columns.
    private static func width(_ bytes: TextBytes, _ dialect: CSVDialect, from start: Int) -> Int {
        var scanner = CSVScanner(bytes, dialect, position: start)
        var width = 0
        var records = 0
        while scanner.position < bytes.count, records < sampleSize {
            if scanner.skipComment() || scanner.skipBlankLine() { continue }
            width = max(width, scanner.skipRecord())
            records += 1
        }
        return width
    }
}
