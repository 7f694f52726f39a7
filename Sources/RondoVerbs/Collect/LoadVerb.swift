import RondoDemo
import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
package import RondoReport
package import RondoSession
package import RondoSignature

/// `load "sales.csv" as sales`, `load demo "house_sales" rows 500`: reads a table.
package enum LoadVerb: WorkspaceVerb {
    static let format = Operand(
        "format", .choice(TableReaders.all.map { $0.name } + ["demo"]), "the format, where the file's name does not say", optional: true)
    static let files = Operand("file", .files, "a file, or the name of a demo table")
    static let new = Clause("as", .newName, "name of the table (that of the file)")
    static let rows = Clause("rows", .integer, "rows of a demo table")
    static let missing = Clause("missing", .list, "words that mean a missing value: [\"-\", \"unknown\"]")
    static let names = Clause("names", .choice(["tidy"]), "tidy makes plain names: lower case, words joined by _")

    package static let signature = Signature(
        "load", phase: .collect, class: .rowStep,
        summary: "Reads a table from a file, or a demo table, and says everything it found out about it.",
        details: """
            Nothing is changed silently: delimiter, encoding, types, missing marks and names that had to be made are said. Types come \
            from all rows. Without `missing`, empty, blanks, NA, NaN, ? and None are missing unless the column's other values are \
            codes of the same shape.
            """,
        searchWords: ["read", "open", "import", "csv", "file", "demo", "read_csv"],
        operands: [format, files], clauses: [new, rows, missing, names, SharedClauses.seed],
        examples: [
            Example("load demo \"house_sales\" as sales rows 500", "A made town: 500 rows of its sales."),
            Example("load demo \"neighborhoods\" as areas", "One row a postcode."),
        ], seeAlso: ["use", "join", "describe"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let sources = try call.required(files)
        guard sources.count == 1, let source = sources.first else {
            throw Diagnostic(
                "R0636", "load takes one file", span: sources.dropFirst().first?.span, remedy: "write one load a file, then join the tables"
            )
        }
        if call[format]?.value == "demo" { return try loadDemo(source, call, in: &context) }
        for (clause, span) in [("rows", call.span(rows)), ("seed", call.span(SharedClauses.seed))] where span != nil {
            throw Diagnostic("R0631", "\(clause) is for demo tables", span: span, remedy: "load \"\(source.value)\"")
        }
        let result = try TableLoading.load(
            source.value, format: call[format]?.value, missing: call[missing].map { try words($0) }, tidiesNames: call[names] != nil,
            in: &context)
        let name = try tableName(call, file: source.value)
        return try keep(
            result.frame, name: name, what: "load \(source.value)", sources: context.filesRead, findings: result.findings, in: &context)
    }

    private static func loadDemo(_ source: Spanned<String>, _ call: Call, in context: inout Context) throws -> [Block] {
        for (clause, span) in [("missing", call.span(missing)), ("names", call.span(names))] where span != nil {
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
        return try keep(frame, name: name, what: "load demo \(source.value)", sources: [], findings: [], in: &context)
    }

    private static func keep(
        _ frame: Frame, name: String, what: String, sources: [Table.SourceFile], findings: [Finding], in context: inout Context
    ) throws -> [Block] {
        let isReplaced = context.workspace.table(name) != nil
        let ledger = Ledger([Ledger.Entry(cell: context.cellNumber, kind: .loaded, what: what, before: 0, after: frame.rowCount)])
        context.set(Table(name: name, rows: frame, ledger: ledger, sources: sources))
        context.makeCurrent(name)
        var blocks = LoadReport.blocks(name: name, frame: frame, findings: findings)
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
