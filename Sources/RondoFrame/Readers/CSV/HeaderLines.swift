/// Lines above a table that are no part of it: titles, notes, blank rows.
struct TitleLines {
    /// Where the table begins.
    let end: Int
    let finding: Finding?

    /// Records that may be titles at most.
    private static let limit = 20

    init(_ bytes: TextBytes, _ dialect: CSVDialect, from start: Int) {
        guard let (width, records) = DialectDetection.mode(DialectDetection.fieldCounts(bytes, dialect)), width > 2, records > 1 else {
            (end, finding) = (start, nil)
            return
        }
        var scanner = CSVScanner(bytes, dialect, position: start)
        var first: String?
        for _ in 0..<TitleLines.limit {
            let place = scanner.position
            guard place < bytes.count else { break }
            if scanner.skipComment() || scanner.skipBlankLine() { continue }
            var probe = scanner
            guard probe.skipRecord() <= TableLayout.columnLimit, probe.position - place <= TableLayout.lineLimit else { break }
            let filled = TableLayout.record(&scanner).filter { $0.contains { $0 != " " } }
            if filled.count * 2 >= width {
                end = place
                guard place > start else {
                    finding = nil
                    return
                }
                let lines = ChunkPlan.count(dialect.newline, bytes.base + start, place - start)
                let shown = first.map { ", \"\(HeaderDetection.shortened($0))\"" } ?? ""
                finding = Finding(
                    "title", "\(grouped(lines)) \(lines == 1 ? "line" : "lines") above the names left out\(shown)", count: lines)
                return
            }
            // A number alone is a row with gaps, not a title.
            guard filled.count < 3, let word = filled.first ?? Optional(""), word.isEmpty || HeaderDetection.kind(word) == .text else {
                break
            }
            if first == nil, !word.isEmpty { first = HeaderDetection.trimmed(word) }
        }
        (end, finding) = (start, nil)
    }
}

/// Names that take several lines: groups above names, units below them.
enum HeaderLines {
    /// Lines of names at most.
    private static let limit = 4

    /// How many records from the first on make the names, 1 when only the first may.
    static func count(_ first: HeaderDetection.Record, _ rest: [HeaderDetection.Record]) -> Int {
        // Groups above names leave cells empty or say the same again; a first line of different names is all there is.
        let filled = first.filter { $0.contains { $0 != " " } }
        guard first.count > 2, isWords(first), filled.count < first.count || Set(filled).count < filled.count else { return 1 }
        var lines = 1
        while lines < limit, lines < rest.count, isAboveValues(rest[lines - 1], Array(rest[lines...])) { lines += 1 }
        return lines
    }

    private static func isWords(_ record: HeaderDetection.Record) -> Bool {
        record.allSatisfy { [.text, .unknown].contains(HeaderDetection.kind($0)) && !isStyled($0) }
    }

    /// Whether a record of words alone stands above columns that hold values of other types.
    private static func isAboveValues(_ record: HeaderDetection.Record, _ rest: [HeaderDetection.Record]) -> Bool {
        guard isWords(record) else { return false }
        let filled = record.indices.filter { record[$0].contains { $0 != " " } }
        guard filled.count > 1, rest.count > 2 else { return false }
        let above = filled.count { column in
            let words = rest.compactMap { column < $0.count && $0[column].contains { $0 != " " } ? $0[column] : nil }
            let typed = words.count { ![.text, .unknown].contains(HeaderDetection.kind($0)) || isStyled($0) }
            return typed > 1 && typed * 5 >= words.count * 4
        }
        return above * 2 >= filled.count
    }

    /// `1,338` or `12 %`: a number as people write it.
    private static func isStyled(_ text: String) -> Bool {
        Array(text.utf8).withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return false }
            return NumberStyle.values([.init(bytes: base, length: buffer.count, hash: 0, quotedMark: false)], NumberStyle.Wish()) != nil
        }
    }

    /// The words of each column, one line behind the other.
    static func joined(_ records: [HeaderDetection.Record]) -> HeaderDetection.Record {
        let width = records.reduce(0) { max($0, $1.count) }
        return (0..<width).map { column in
            records.compactMap { column < $0.count ? HeaderDetection.trimmed($0[column]) : nil }.filter { !$0.isEmpty }.joined(
                separator: " ")
        }
    }

    /// The name made of most words.
    static func example(_ names: HeaderDetection.Record) -> String {
        names.max { $0.split(separator: " ").count < $1.split(separator: " ").count } ?? ""
    }
}
