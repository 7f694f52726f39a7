import RondoDemo
import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
package import RondoReport
package import RondoSession
package import RondoSignature

/// `load "sales.csv" as sales`, `load demo "house_sales" rows 500`, `load here as t` with rows below: reads a table.
package enum LoadVerb: WorkspaceVerb {
    static let format = Operand(
        "format", .choice(["csv", "tsv", "json", "jsonl", "xml", "log", "sqlite", "postgres", "demo"]),
        "the format, where the file's name does not say", optional: true)
    static let files = Operand("file", .files, "files (* stands for any letters, \"-\" is standard input), or a demo table's name")
    static let new = Clause("as", .newName, "name of the table (that of the file)")
    static let rows = Clause("rows", .integer, "rows of a demo table")
    static let missing = Clause("missing", .list, "words that mean a missing value: [\"-\", \"unknown\"]")
    static let names = Clause("names", .choice(["tidy"]), "tidy makes plain names: lower case, words joined by _")
    static let dictionary = Clause("dictionary", .file, "a table about the columns: name, description, unit, codes, role")
    static let origin = Clause("origin", .newName, "a column that says which file each row comes from")

    package static let signature = Signature(
        "load", phase: .collect, class: .rowStep,
        summary: "Reads a table from files, from the rows below, or a demo table, and says everything it found out about it.",
        details: """
            Nothing is changed silently: delimiter, encoding, types, missing marks and names that had to be made are said. Types come \
            from all rows. Without `missing`, empty, blanks, NA, N/A, NaN, null, ? and None are missing unless the column's other values \
            are codes of the same shape. Thousands marks, money, percent and dates with names of months are read where a whole column \
            is written in one style. Titles above the names are left out, names of several lines joined. `sample` reads a part of the \
            rows while the file goes by. An address is fetched when it is written out with https. Files packed with gzip or zstd are unpacked. In JSON, records inside records become columns \
            `a.b`, and lists stay JSON text: `records "items"` makes rows of one. In XML the repeated element is a row, or the one \
            that `records` names. Access and error logs, system logs and OpenSSH are known; for other logs `pattern` is a regular \
            expression whose named groups are the columns. Several files come below each other, matched by names.
            """,
        searchWords: [
            "read", "open", "import", "csv", "tsv", "json", "jsonl", "xml", "log", "sqlite", "sql", "postgresql", "http", "gzip", "zstd",
            "stdin", "encoding",
            "file", "demo", "read_csv",
        ],
        operands: [format, files],
        clauses: [new, rows, missing, names, origin, dictionary] + LoadClauses.all + [SharedClauses.seed],
        examples: [
            Example("load demo \"house_sales\" as sales rows 500", "A made town: 500 rows of its sales."),
            Example("load demo \"neighborhoods\" as areas", "One row a postcode."),
            Example("load here as rates\n  zip,rate\n  00501,1.5\n  00502,2", "A small table typed in place."),
        ], seeAlso: ["use", "join", "describe"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        if let typed = call.cell.here { return try loadHere(typed, call, in: &context) }
        let sources = try call.required(files)
        if call[format]?.value == "demo" {
            guard sources.count == 1, let source = sources.first else {
                throw Diagnostic(
                    "R0636", "load takes one demo table", span: sources.dropFirst().first?.span,
                    remedy: "write one load a table, then join the tables")
            }
            return try loadDemo(source, call, in: &context)
        }
        let ofDemo = call[LoadClauses.sample] == nil ? [("seed", call.span(SharedClauses.seed))] : []
        for (clause, span) in [("rows", call.span(rows))] + ofDemo where span != nil {
            throw Diagnostic("R0631", "\(clause) is for demo tables", span: span, remedy: "load \"\(sources.first?.value ?? "file.csv")\"")
        }
        if call[format]?.value == PostgresReader.name { return try loadPostgres(sources, call, in: &context) }
        let result = try TableLoading.load(
            sources.map(\.value), format: call[format].map { $0.value == "tsv" ? "csv" : $0.value }, options: try options(call),
            origin: call[origin]?.value, in: &context)
        let name = try tableName(call, file: sources.first?.value ?? "")
        return try keep(
            result.frame, name: name, what: "load \(sources.map(\.value).joined(separator: ", "))", sources: context.filesRead,
            findings: result.findings, call, in: &context)
    }

    /// `load postgres "host=… dbname=…" query "…"`.
    private static func loadPostgres(_ sources: [Spanned<String>], _ call: Call, in context: inout Context) throws -> [Block] {
        guard sources.count == 1, let source = sources.first else {
            throw Diagnostic(
                "R0636", "load takes one database", span: sources.dropFirst().first?.span, remedy: "write one load a query")
        }
        if let origin = call.span(origin) {
            throw Diagnostic("R0631", "origin is for files", span: origin, remedy: "leave origin out")
        }
        let known: Set = ["table", "query", "text", "dates"]
        for clause in LoadClauses.all.map(\.shape.keyword) where !known.contains(clause) {
            guard let span = call.cell.clause(clause)?.span else { continue }
            throw Diagnostic("R0617", "\(clause) is for files", span: span, remedy: "leave \(clause) out")
        }
        let options = try options(call)
        let result = try PostgresReader.read(source.value, options: options, context: context.compute)
        return try keep(
            result.frame, name: call[new]?.value ?? options.table ?? "rows", what: "load postgres", sources: [],
            findings: result.findings, call, in: &context)
    }

    private static func options(_ call: Call) throws -> ReadOptions {
        var options = ReadOptions(missing: try call[missing].map { try words($0) }, namesTidy: call[names] != nil)
        try LoadClauses.put(call, into: &options)
        if call[format]?.value == "tsv", options.delimiter == nil { options.delimiter = 9 }
        return options
    }

    private static func loadHere(_ typed: [String], _ call: Call, in context: inout Context) throws -> [Block] {
        for (clause, span) in [("rows", call.span(rows)), ("seed", call.span(SharedClauses.seed)), ("origin", call.span(origin))]
        where span != nil {
            throw Diagnostic(
                "R0631", "\(clause) is not for typed rows", span: span,
                remedy: "leave \(clause) out: load here as t, with the rows below it")
        }
        let result = try TableLoading.load(here: typed, options: try options(call), context: context.compute)
        return try keep(
            result.frame, name: call[new]?.value ?? "here", what: "load here", sources: [], findings: result.findings, call, in: &context)
    }

    private static func loadDemo(_ source: Spanned<String>, _ call: Call, in context: inout Context) throws -> [Block] {
        let ofFiles = [("missing", call.span(missing)), ("names", call.span(names)), ("origin", call.span(origin))]
        for (clause, span) in ofFiles + LoadClauses.all.map({ ($0.shape.keyword, call.cell.clause($0.shape.keyword)?.span) })
        where span != nil {
            throw Diagnostic("R0631", "\(clause) is for files", span: span, remedy: "load demo \"\(source.value)\"")
        }
        guard let demo = DemoTables.named(source.value) else {
            let known = DemoTables.all.map { $0.name }
            throw Diagnostic(
                "R0632", "there is no demo table \(source.value)", span: source.span,
                note: "there are \(known.joined(separator: ", "))",
                remedy: "load demo \"\(NearestWord.suggestion(for: source.value, among: known) ?? known.first ?? "house_sales")\"")
        }
        var count: Int?
        if case .integer(let value)? = call[rows]?.value { count = Int(clamping: value) }
        var seed: UInt64 = 1
        if case .integer(let value)? = call[SharedClauses.seed]?.value { seed = UInt64(bitPattern: value) }
        let frame = try demo.make(rows: count, seed: seed, context: context.compute)
        let name = call[new]?.value ?? source.value
        return try keep(frame, name: name, what: "load demo \(source.value)", sources: [], findings: [], call, in: &context)
    }

    private static func keep(
        _ frame: Frame, name: String, what: String, sources: [Table.SourceFile], findings: [Finding], _ call: Call,
        in context: inout Context
    ) throws -> [Block] {
        var findings = findings
        var facts = SourceFacts()
        if let file = call[dictionary]?.value {
            let about = try TableLoading.load(file, missing: nil, tidiesNames: false, in: &context).frame
            let outcome = try DataDictionary.read(about, file: file, columns: frame.names)
            facts.columns = outcome.facts
            facts.keepPrivate(frame.names.filter { outcome.facts[$0]?.role == "private" })
            findings += outcome.findings
        }
        let isReplaced = context.workspace.table(name) != nil
        let ledger = Ledger([Ledger.Entry(cell: context.cellNumber, kind: .loaded, what: what, before: 0, after: frame.rowCount)])
        var table = Table(name: name, rows: frame, ledger: ledger, sources: sources)
        table.facts = facts
        context.set(table)
        context.makeCurrent(name)
        let hidden = Set(facts.privateColumns)
        var blocks = try LoadReport(name: name, frame: frame, findings: findings, hidden: hidden, context: context.compute).blocks
        if isReplaced { blocks.append(.text(TextBlock("\(SlotText.escaped(name)) was loaded before and is replaced"))) }
        return blocks
    }

    private static func words(_ items: [ListItem]) throws -> [String] {
        try items.map { item in
            guard item.high == nil, case .literal(let literal) = item.low.node else {
                throw Diagnostic(
                    "R0239", "missing takes words in double quotes", span: item.low.span, remedy: "write missing [\"-\", \"unknown\"]")
            }
            return LiteralScalar.scalar(literal).plainText
        }
    }

    /// The name given, else the file's own without folder and ending, made a plain name.
    private static func tableName(_ call: Call, file: String) throws -> String {
        if let name = call[new]?.value { return name }
        let last = file.split(separator: "/").last.map(String.init) ?? file
        let stem = last.split(separator: ".").first.map(String.init) ?? last
        var name = ""
        for scalar in stem.unicodeScalars {
            name.unicodeScalars.append(scalar.properties.isAlphabetic || scalar.properties.numericType != nil ? scalar : "_")
        }
        return name.first?.isLetter == true ? name : "table_" + name
    }
}
