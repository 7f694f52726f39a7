import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
import RondoRecipes
package import RondoReport
package import RondoSession
package import RondoSignature

/// `cast zip text`: changes the type of columns.
package enum CastVerb: WorkspaceVerb {
    static let columns = Operand("columns", .columns, "which columns")
    static let types = ["text", "integer", "number", "date", "time", "truth", "category"]
    static let type = Operand("type", .choice(types), "the new type")
    static let format = Clause("format", .text, "how dates are written: \"%d/%m/%Y\"")

    package static let signature = Signature(
        "cast", phase: .prepare, class: .plainStep,
        summary: "Changes the type of columns; values that cannot be changed become missing and are counted.",
        searchWords: ["convert", "type", "astype", "as number", "parse dates"],
        operands: [columns, type], clauses: [format, SharedClauses.from],
        examples: [
            Example("cast zip category", after: ["load demo \"house_sales\" as sales rows 200"], "Postcodes are names, not numbers."),
            Example("cast bedrooms number", after: ["load demo \"house_sales\" as sales rows 200"], "Whole numbers as numbers."),
        ], seeAlso: ["derive", "describe"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let table = try context.table(from: call[SharedClauses.from])
        let names = try context.columns(try call.required(columns), of: table, frame: context.prepared(table).frame)
        let word = try call.required(type)
        guard let type = ColumnType(rawValue: word.value) else {
            throw Diagnostic(
                "R0103", "there is no type \(word.value)", span: word.span, remedy: "take one of \(types.joined(separator: ", "))")
        }
        let format = call[format]?.value
        let text = "cast \(NameText.list(names)) \(type.rawValue)" + (format.map { " format \(TextLiteral.written($0))" } ?? "")
        let cell = try StepCell.append(CastStep(names, to: type, format: format), to: table, text: text, in: &context)
        var failed = 0
        var example: String?
        for name in names {
            let (old, new) = (cell.before[name], cell.after[name])
            let lost = (new?.missingCount ?? 0) - (old?.missingCount ?? 0)
            failed += max(0, lost)
            if lost > 0, example == nil, !cell.table.privateColumns.contains(name), let old, let new {
                let row = (0..<old.count).first { !old[$0].isMissing && new[$0].isMissing }
                example = row.map { "\(name) \"\(old[$0].plainText)\" in row \($0 + 1)" }
            }
        }
        let target = "\(SlotText.escaped(NameList.words(names))): now \(type.rawValue)"
        var blocks: [Block] = [.figures([Figure("columns", Scalar(names.count), .count), Figure("failed", Scalar(failed), .count)])]
        blocks.append(.text(TextBlock(target)))
        if failed > 0 {
            let words =
                "{failed} values could not be changed and are missing now" + (example.map { ", for example \(SlotText.escaped($0))" } ?? "")
            blocks.append(.text(TextBlock(words, tone: .warning)))
        }
        return blocks
    }
}
