/// Finds delimiter, quote and line ends from the beginning of a text.
enum DialectDetection {
    static let candidates = [ASCII.comma, ASCII.semicolon, ASCII.tab, ASCII.bar]
    /// Bytes and records that are looked at.
    private static let byteLimit = 1 << 18
    private static let recordLimit = 200

    static func detect(_ bytes: TextBytes, _ options: ReadOptions) -> CSVDialect {
        let sample = TextBytes(base: bytes.base, count: min(bytes.count, byteLimit), skipped: bytes.skipped)
        var dialect = CSVDialect()
        dialect.newline = newline(sample)
        if let quote = options.quote { dialect.quote = quote }
        if let delimiter = options.delimiter {
            dialect.delimiter = delimiter
        } else {
            dialect.delimiter = delimiter(sample, dialect)
        }
        dialect.comment = options.comment ?? 0
        if escapes(sample, dialect) { dialect.escape = UInt8(ascii: "\\") }
        if options.quote == nil, apostrophesQuote(sample, dialect) { dialect.quote = ASCII.apostrophe }
        return dialect
    }

    private static func newline(_ bytes: TextBytes) -> UInt8 {
        var hasReturn = false
        for place in 0..<bytes.count {
            if bytes.base[place] == ASCII.lineFeed { return ASCII.lineFeed }
            if bytes.base[place] == ASCII.carriageReturn { hasReturn = true }
        }
        return hasReturn ? ASCII.carriageReturn : ASCII.lineFeed
    }

    /// The candidate under which most records have the same number of fields, more than one; comma when no candidate divides anything.
    private static func delimiter(_ bytes: TextBytes, _ base: CSVDialect) -> UInt8 {
        var best = (delimiter: ASCII.comma, share: 0.0, fields: 1)
        for candidate in candidates {
            var dialect = base
            dialect.delimiter = candidate
            let counts = fieldCounts(bytes, dialect)
            guard let (fields, records) = mode(counts), fields > 1 else { continue }
            let share = Double(records) / Double(counts.count)
            if share > best.share || (share == best.share && fields > best.fields) { best = (candidate, share, fields) }
        }
        return best.delimiter
    }

    /// Whether backslashes take the meaning from delimiters: more records have the same number of fields then.
    private static func escapes(_ bytes: TextBytes, _ base: CSVDialect) -> Bool {
        let backslash = UInt8(ascii: "\\")
        guard (1..<max(bytes.count, 1)).contains(where: { bytes.base[$0] == base.delimiter && bytes.base[$0 - 1] == backslash }) else {
            return false
        }
        var dialect = base
        let plain = mode(fieldCounts(bytes, dialect))
        dialect.escape = backslash
        guard let plain, let escaped = mode(fieldCounts(bytes, dialect)) else { return false }
        return escaped.fields == plain.fields && escaped.records > plain.records
    }

    /// Numbers of fields of the first records; a record that the sample cuts is left out.
    static func fieldCounts(_ bytes: TextBytes, _ dialect: CSVDialect) -> [Int] {
        var scanner = CSVScanner(bytes, dialect)
        var counts: [Int] = []
        while scanner.position < bytes.count, counts.count < recordLimit {
            if scanner.skipComment() || scanner.skipBlankLine() { continue }
            let fields = scanner.skipRecord()
            if scanner.position < bytes.count || counts.isEmpty || bytes.count < byteLimit { counts.append(fields) }
        }
        return counts
    }

    /// The most frequent count, the greater one of equals.
    static func mode(_ counts: [Int]) -> (fields: Int, records: Int)? {
        var tally: [Int: Int] = [:]
        for count in counts { tally[count, default: 0] += 1 }
        return tally.max { ($0.value, $0.key) < ($1.value, $1.key) }.map { ($0.key, $0.value) }
    }

    /// Whether apostrophes do what quotes should: no quote anywhere, and every field that begins with one ends with one.
    private static func apostrophesQuote(_ bytes: TextBytes, _ base: CSVDialect) -> Bool {
        var dialect = base
        dialect.quote = 0
        for place in 0..<bytes.count where bytes.base[place] == ASCII.quote { return false }
        dialect.quote = ASCII.apostrophe
        var scanner = CSVScanner(bytes, dialect)
        var quoted = 0
        var records = 0
        while scanner.position < bytes.count, records < recordLimit {
            let field = scanner.next()
            if field.flaw != .none { return false }
            if field.quoted { quoted += 1 }
            if field.last { records += 1 }
        }
        return quoted >= 2
    }
}
