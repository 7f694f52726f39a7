import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
import RondoRecipes
package import RondoReport
package import RondoSession
package import RondoSignature

/// `flag luxury where price > 2M`: names a segment that every judge reports.
package enum FlagVerb: WorkspaceVerb {
    static let name = Operand("name", .newName, "name of the segment")
    static let condition = Clause("where", .condition, "which rows belong to it", required: true)

    package static let signature = Signature(
        "flag", phase: .prepare, class: .plainStep,
        summary: "Names a segment of rows: a truth column that is never a feature and that every judge reports.",
        searchWords: ["segment", "mark", "label rows", "review", "edge case"],
        operands: [name], clauses: [condition, SharedClauses.because, SharedClauses.from],
        examples: [
            Example(
                "flag luxury where price > 2M", after: ["load demo \"house_sales\" as sales rows 500"],
                "A named segment, reused by every score."),
            Example(
                "flag needs_visit where sqft is missing because \"an agent must measure\"",
                after: ["load demo \"house_sales\" as sales rows 500"], "Rows for manual review, kept instead of dropped."),
        ], seeAlso: ["score", "errors", "check"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        var table = try context.table(from: call[SharedClauses.from])
        let name = try call.required(name)
        guard let condition = call[condition] else {
            throw Diagnostic("R0225", "flag needs where", span: nil, remedy: "flag luxury where price > 2M")
        }
        let prepared = try context.prepared(table)
        guard prepared.known[name.value] == nil else {
            throw Diagnostic(
                "R0311", "\(table.name) has a column \(name.value) already", span: name.span, remedy: "take a name that is free")
        }
        _ = try context.compile(condition, on: prepared.known, table: table.name, expects: .truth)
        let because = call[SharedClauses.because]?.value
        table.flags.append(Table.Flag(name: name.value, condition: condition.text, because: because))
        let cell = try StepCell.append(
            FlagStep(name.value, condition), to: table, text: "flag \(NameText.written(name.value)) where \(condition.text)", in: &context)
        let values = cell.after[name.value]?.numbers() ?? []
        let count = values.filter { $0 == 1 }.count
        let unknown = values.filter { $0.isNaN }.count
        var words = "\(SlotText.escaped(name.value)): {flagged} of {rows} rows ({share})"
        if unknown > 0 { words += ", {missing} unknown" }
        return [
            .figures([
                Figure("flagged", Scalar(count), .count), Figure("rows", Scalar(values.count), .count),
                Figure("share", Scalar(values.isEmpty ? 0 : Double(count) / Double(values.count)), .percent),
                Figure("missing", Scalar(unknown), .count),
            ]), .text(TextBlock(words)),
        ] + overlaps(name.value, cell) + context.valueRemarks(condition, nil, in: prepared)
    }

    /// Segments that have nearly the same rows under another name are pointed out.
    private static func overlaps(_ name: String, _ cell: StepCell) -> [Block] {
        guard case .truth(let new)? = cell.after[name]?.storage else { return [] }
        return cell.table.flags.dropLast().compactMap { flag in
            guard case .truth(let old)? = cell.after[flag.name]?.storage else { return nil }
            let both = zip(old, new).filter { $0 == 1 && $1 == 1 }.count
            let either = zip(old, new).filter { $0 == 1 || $1 == 1 }.count
            guard either > 0, both != either, Double(both) > 0.5 * Double(either) else { return nil }
            let words = "\(name) overlaps \(flag.name) (\(flag.condition)) with other bounds: one name, one meaning"
            return .text(TextBlock(SlotText.escaped(words), tone: .warning))
        }
    }
}
