import RondoExpressions
import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
import RondoRecipes
package import RondoReport
package import RondoSession
package import RondoSignature

/// `filter price > 1 and sqft > 0`: keeps the rows for which the condition holds.
package enum FilterVerb: WorkspaceVerb {
    static let condition = Operand("condition", .condition, "which rows to keep")

    package static let signature = Signature(
        "filter", phase: .prepare, class: .rowStep,
        summary: "Keeps the rows for which a condition holds; says how many it drops, and how many because a value is missing.",
        details: """
            A comparison with a missing value is neither true nor false: such rows go. Write `or sqft is missing` to keep them. Like every \
            condition it reads values as they were before scales, codes and learned fillings. New rows of a release that fail it are warned of.
            """,
        searchWords: ["where", "select rows", "subset", "query", "remove rows"],
        operands: [condition], clauses: [SharedClauses.part, SharedClauses.from],
        examples: [
            Example(
                "filter price > 1 and sqft > 0", after: ["load demo \"house_sales\" as sales rows 500"], "Impossible and unknown areas go."),
            Example(
                "filter price > 1 and (sqft > 0 or sqft is missing)", after: ["load demo \"house_sales\" as sales rows 500"],
                "Rows without an area stay, to be filled later."),
        ], seeAlso: ["check", "dedupe", "ledger"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        var table = try context.table(from: call[SharedClauses.from])
        try RowSteps.check(call, table, on: call[SharedClauses.part])
        let condition = try call.required(condition)
        let prepared = try context.prepared(table)
        let frame = prepared.known
        let result = try context.select(condition, on: frame, table: table)
        let kept = table.split.map { RowSteps.onTrain(result.rows, split: $0) } ?? result.rows
        let before = table.rows.rowCount
        let text = condition.text
        let what = "filter \(text)" + (call[SharedClauses.part] == nil ? "" : " on train")
        let step = try FilterStep(condition, from: frame, rows: table.learningRows, context: context.compute)
        let learned = try context.compile(condition, on: frame, table: table.name).columns.intersection(
            table.recipe.learnedColumns(columns: table.rows.names)
        ).subtracting(prepared.recoded.keys)
        guard !kept.isEmpty else {
            throw Diagnostic(
                "R0325", "no row passes \(text)", span: condition.span,
                remedy: "count where \(text)")
        }
        table.keepRows(kept)
        table.append(Recipe.Entry(step, text: what))
        table.ledger.append(
            Ledger.Entry(
                cell: context.cellNumber, kind: .filtered, what: what, before: before, after: kept.count,
                reasons: [Ledger.Reason("false", result.falseCount), Ledger.Reason("missing", result.missingCount)].filter { $0.rows > 0 }))
        context.set(table)
        return blocks(before: before, kept: kept.count, missing: result.missingCount, learned: learned.sorted())
            + context.valueRemarks(condition, nil, in: prepared)
    }

    private static func blocks(before: Int, kept: Int, missing: Int, learned: [String]) -> [Block] {
        var words = "{rows} of {before} rows kept, {dropped} dropped"
        if missing > 0, kept < before { words += ", {missing} of them because the condition is missing" }
        var result: [Block] = [
            .figures([
                Figure("rows", Scalar(kept), .count), Figure("before", Scalar(before), .count),
                Figure("dropped", Scalar(before - kept), .count),
                Figure("missing", Scalar(missing), .count),
            ]), .text(TextBlock(words)),
        ]
        if !learned.isEmpty {
            result.append(
                .text(
                    TextBlock(
                        "the condition reads \(SlotText.escaped(NameList.words(learned))), learned from all rows so far",
                        tone: .warning)))
        }
        return result
    }
}
