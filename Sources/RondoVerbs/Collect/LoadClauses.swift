import RondoFrame
import RondoLanguage
import RondoSession
import RondoSignature

/// The clauses of `load` that say how a file is written, where what is found would be wrong.
enum LoadClauses {
    static let header = Clause<Argument>(
        "header", ValueShape(.either([.integer, .choice(["none"])])) { $0 }, "line of the names, or none (found from the rows)")
    static let delimiter = Clause("delimiter", .text, "the sign between fields: \";\", or \"tab\"")
    static let quote = Clause("quote", .text, "the sign around fields: \"'\", or \"\" for none")
    static let comment = Clause("comment", .text, "the sign that begins lines of comment: \"#\"")
    static let decimal = Clause("decimal", .text, "the decimal mark: \",\" or \".\"")
    static let thousands = Clause("thousands", .text, "the mark between thousands: \".\", \",\", \" \" or \"'\"")
    static let sample = Clause<SpannedLiteral>(
        "sample", .either([.percent, .integer]), "so many rows or percent of them, drawn at random while reading")
    static let encoding = Clause("encoding", .text, "the encoding: \"windows-1251\", \"big5\" (UTF-8, or what is plain)")
    static let text = Clause("text", .columns, "columns that stay text whatever they hold")
    static let dates = Clause("dates", .choice(["day", "month", "year"]), "what dates such as 1/2/2024 begin with")
    static let records = Clause("records", .text, "JSON: the list whose items are rows; XML: the element that is a row")
    static let pattern = Clause("pattern", .text, "logs: a regular expression, its named groups are the columns")
    static let table = Clause("table", .newName, "databases: the table to read")
    static let query = Clause("query", .text, "databases: an SQL query to read instead")

    static let all: [any ClauseKey] = [
        header, delimiter, quote, comment, decimal, thousands, encoding, text, dates, records, pattern, table, query, sample,
    ]

    /// Puts the clauses of a call into the options of a reader.
    static func put(_ call: Call, into options: inout ReadOptions) throws {
        switch call[header] {
        case .choice?: options.headerLine = 0
        case .literal(let literal)?:
            if case .integer(let line) = literal.value {
                guard line > 0 else {
                    throw Diagnostic("R0639", "lines count from 1", span: literal.span, remedy: "header none, or header 1")
                }
                options.headerLine = Int(clamping: line)
            }
        default: break
        }
        options.delimiter = try call[delimiter].map { try sign($0, "delimiter", remedy: "delimiter \";\"") }
        options.quote = try call[quote].map { $0.value.isEmpty ? 0 : try sign($0, "quote", remedy: "quote \"'\"") }
        options.comment = try call[comment].map { try sign($0, "comment", remedy: "comment \"#\"") }
        options.decimal = try call[decimal].map { try mark($0, "decimal", [",", "."], remedy: "decimal \",\"") }
        options.thousands = try call[thousands].map { try mark($0, "thousands", [".", ",", " ", "'"], remedy: "thousands \".\"") }
        if let thousands = options.thousands, thousands == options.decimal ?? 0x2E, options.decimal != nil {
            throw Diagnostic(
                "R0639", "decimal and thousands are the same mark", span: call.span(self.thousands), remedy: "decimal \",\" thousands \".\""
            )
        }
        options.sample = try rowSample(call)
        options.encoding = call[encoding]?.value
        options.records = call[records]?.value
        options.pattern = call[pattern]?.value
        options.table = call[table]?.value
        options.query = call[query]?.value
        options.dateOrder = call[dates].flatMap { ReadOptions.DateOrder(rawValue: $0.value) }
        for item in call[text]?.items ?? [] {
            guard case .column(let name) = item else {
                throw Diagnostic(
                    "R0639", "text takes the names of columns", span: call.span(text), remedy: "text zip, phone")
            }
            options.textColumns.insert(name.value)
        }
        if let both = call.span(query), options.table != nil {
            throw Diagnostic("R0639", "table and query both say what to read", span: both, remedy: "leave one of them out")
        }
    }

    private static func rowSample(_ call: Call) throws -> RowSample? {
        guard let literal = call[sample] else { return nil }
        var seed: UInt64 = 1
        if case .integer(let value)? = call[SharedClauses.seed]?.value { seed = UInt64(bitPattern: value) }
        switch literal.value {
        case .integer(let count) where count > 0: return RowSample(.count(Int(clamping: count)), seed: seed)
        case .percent(let percent) where percent > 0 && percent <= 100: return RowSample(.share(percent / 100), seed: seed)
        default:
            throw Diagnostic(
                "R0639", "a sample has more than no rows and at most 100%", span: literal.span, remedy: "write sample 10%, or sample 100000"
            )
        }
    }

    /// One of a few marks.
    private static func mark(_ text: Spanned<String>, _ what: String, _ marks: [String], remedy: String) throws -> UInt8 {
        guard marks.contains(text.value), let byte = text.value.utf8.first else {
            let words = marks.map { "\"\($0)\"" }.joined(separator: ", ")
            throw Diagnostic("R0639", "\(what) is one of \(words)", span: text.span, remedy: remedy)
        }
        return byte
    }

    /// One sign of ASCII that is no letter, digit or line break.
    private static func sign(_ text: Spanned<String>, _ what: String, remedy: String) throws -> UInt8 {
        if text.value.lowercased() == "tab" || text.value == "\\t" { return 9 }
        let bytes = Array(text.value.utf8)
        let isLetter = bytes.first.map { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) } ?? true
        guard bytes.count == 1, let byte = bytes.first, byte < 0x80, !isLetter, byte != 10, byte != 13 else {
            throw Diagnostic("R0639", "\(what) is one sign that is no letter", span: text.span, remedy: remedy)
        }
        return byte
    }
}
