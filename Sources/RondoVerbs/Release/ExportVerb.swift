import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
package import RondoReport
package import RondoSession
package import RondoSignature

/// `export sales to "sales.csv"`: writes a table as its recipe shows it, or a release as one file.
package enum ExportVerb: WorkspaceVerb {
    static let thing = Operand("thing", .thing, "a table or release")
    static let to = Clause("to", .file, "the file", required: true)
    static let including = Clause("including", .choice(["private"]), "private writes private columns too")

    package static let signature = Signature(
        "export", phase: .release, class: .effect,
        summary: "Writes a table as its recipe shows it (.csv, .tsv), or a release as one file (.bundle).",
        searchWords: ["write", "save table", "csv", "to_csv", "download"],
        operands: [thing], clauses: [to, including],
        examples: [
            Example(
                "export sales to \"sales_out.csv\"", after: ["load demo \"house_sales\" as sales rows 200"],
                "All rows and columns as they are now."),
            Example(
                "export release house_price to \"house_price.bundle\"",
                after: [
                    "load demo \"house_sales\" as sales rows 500", "goal predict price", "split 60/20/20 by sold_on", "fit linear",
                    "deploy linear as house_price",
                ],
                "One file that another machine can answer from."),
        ], seeAlso: ["predict", "deploy"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let thing = try call.required(thing)
        guard let file = call[to] else { throw Diagnostic("R0225", "export needs to", span: nil, remedy: "export sales to \"sales.csv\"") }
        if thing.kindWord == .release
            || (thing.kindWord == nil && context.workspace.table(thing.name.value) == nil
                && context.workspace.release(thing.name.value) != nil)
        {
            let release = try context.release(thing, verb: "export")
            let bytes = try release.bundle.bytes()
            try context.writeFile(file.value, bytes)
            return [
                .figures([Figure("bytes", Scalar(bytes.count), .bytes)]),
                .text(TextBlock("\(SlotText.escaped(release.name)) written to \(SlotText.escaped(file.value)), {bytes}")),
            ]
        }
        if thing.kindWord == .model {
            throw Diagnostic(
                "R0634", "a model is exported as a release", span: thing.name.span,
                remedy: "deploy \(NameText.written(thing.name.value)) as \(NameText.written(thing.name.value))_release")
        }
        let table = try context.table(named: thing.name)
        let ending = file.value.split(separator: ".").last.map { $0.lowercased() } ?? ""
        guard let writer = TableWriters.forExtension(ending) else {
            throw Diagnostic(
                "R0635", "no way to write .\(ending)", span: file.span, remedy: "export \(table.name) to \"\(table.name).csv\"")
        }
        if let split = table.split, !split.testRows.isEmpty {
            context.effects.append(.init(kind: .other, source: context.source, words: "\(table.name) with its test rows was written"))
        }
        var frame = try context.prepared(table).frame
        let hidden = table.privateColumns
        let left = call[including] == nil ? frame.names.filter { hidden.contains($0) } : []
        frame = frame.dropping(Set(left))
        let remarks: [Block] =
            left.isEmpty
            ? []
            : [
                .text(
                    TextBlock(
                        SlotText.escaped("private, left out: \(left.joined(separator: ", ")) · including private writes them")))
            ]
        if call[including] != nil, !hidden.isEmpty {
            context.effects.append(.init(kind: .other, source: context.source, words: "private columns of \(table.name) were written"))
        }
        var bytes: [UInt8] = []
        let result = try writer.write(frame, to: { bytes.append(contentsOf: $0) }, context: context.compute)
        try context.writeFile(file.value, bytes)
        return [
            .figures([
                Figure("rows", Scalar(frame.rowCount), .count), Figure("columns", Scalar(frame.columnCount), .count),
                Figure("bytes", Scalar(bytes.count), .bytes),
            ]), .text(TextBlock("{rows} rows, {columns} columns written to \(SlotText.escaped(file.value)), {bytes}")),
        ] + remarks + result.findings.map { .text(TextBlock(SlotText.escaped($0.text), tone: .warning)) }
    }
}
