import RondoKernels

/// Lines below a table that are no part of it: footnotes, sources, when it was made.
///
/// They begin behind a blank line and are all much narrower than the table.
struct FooterLines {
    /// Where the table ends.
    let end: Int
    let finding: Finding?

    /// Bytes from the end that are looked at.
    private static let byteLimit = 1 << 16

    init(_ bytes: TextBytes, _ dialect: CSVDialect, from start: Int, width: Int) {
        guard width > 2, let begin = FooterLines.begin(bytes, dialect, start) else {
            (end, finding) = (bytes.count, nil)
            return
        }
        var scanner = CSVScanner(bytes, dialect, position: begin)
        var hasTable = begin > start
        var blank: Int?
        var word: String?
        while scanner.position < bytes.count {
            let place = scanner.position
            if scanner.skipComment() { continue }
            if scanner.skipBlankLine() {
                if blank == nil { blank = place }
                continue
            }
            var probe = scanner
            let record = FooterLines.record(&probe, width)
            if let record {
                if word == nil, blank != nil { word = record.first { $0.contains { $0.isLetter } } }
            } else {
                (blank, word, hasTable) = (nil, nil, true)
            }
            scanner.position = probe.position
        }
        guard hasTable, let blank, let word else {
            (end, finding) = (bytes.count, nil)
            return
        }
        let notes = TextBytes(base: bytes.base + blank, count: bytes.count - blank, skipped: 0)
        let open = notes.count > 0 && notes.base[notes.count - 1] != dialect.newline
        let lines = ChunkPlan.count(dialect.newline, notes.base, notes.count) + (open ? 1 : 0)
        end = blank
        finding = Finding(
            "footer", "\(grouped(lines)) lines below the table left out, \"\(HeaderDetection.shortened(word))\"", count: lines)
    }

    /// The fields of a record that may be a note; nil when it is a row.
    private static func record(_ scanner: inout CSVScanner, _ width: Int) -> [String]? {
        var fields: [String] = []
        var isFlawed = false
        while true {
            let field = scanner.next()
            if field.flaw != .none { isFlawed = true }
            if fields.count * 2 <= width { fields.append(scanner.text(field)) }
            if field.last { break }
        }
        return isFlawed || fields.count * 2 > width ? nil : fields
    }

    /// A place near the end that begins a line outside quotes: so many quotes follow that each has its partner.
    private static func begin(_ bytes: TextBytes, _ dialect: CSVDialect, _ start: Int) -> Int? {
        guard bytes.count - start > byteLimit else { return start }
        var place = bytes.count
        var (isEven, begin): (Bool, Int?) = (true, nil)
        while place > bytes.count - byteLimit {
            place -= 1
            let byte = bytes.base[place]
            if byte == dialect.quote { isEven.toggle() }
            if byte == dialect.newline, isEven { begin = place + 1 }
        }
        return begin
    }
}
