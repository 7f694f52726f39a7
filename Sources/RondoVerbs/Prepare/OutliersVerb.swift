import RondoFrame
import RondoKernels
package import RondoLanguage
import RondoLifecycle
import RondoRecipes
package import RondoReport
package import RondoSession
package import RondoSignature

/// `outliers sqft robust limits 3.5 action cap`: values, or rows, far from the others.
package enum OutliersVerb: WorkspaceVerb {
    static let columns = Operand("columns", .columns, "which columns")
    static let method = Operand(
        "method", .choice(["quantile", "robust", "forest"]), "far by quantiles, by distance from the median, or by all columns together")
    static let limits = Clause<Argument>(
        "limits", .either([.interval, .number]),
        "what is far: quantiles (1%..99%) or fences (1.5), z scores (3.5), score of the forest (0.6)")
    static let action = Clause(
        "action", .choice(["cap", "mark", "drop"]), "pull values to the limits, mark them in a column beside (mark), or drop the rows")

    package static let signature = Signature(
        "outliers", phase: .prepare, class: .learnedStep,
        summary: "Finds values or rows far from the others; marks them, pulls them to the limits, or drops the rows.",
        details: """
            Limits are learned from the training rows. `quantile` takes two quantiles, or with one number so many quartile distances \
            beyond the quartiles; `robust` takes 0.6745 (x - median) / MAD; `forest` takes the score of an isolation forest of all \
            columns, and marks or drops whole rows. A group with fewer than 20 known values falls back to the groups without the last \
            column. `action mark` makes `sqft_outlier`; `drop` is a row step: its limits stay as they are when typed, and after `split` \
            it needs `on train`. New rows of a release beyond limits that dropped rows are warned of. Gaps are no outliers.
            """,
        searchWords: ["anomaly", "extreme values", "winsorize", "clip", "isolation forest", "z-score", "MAD", "IQR"],
        operands: [columns, method], clauses: [limits, action, SharedClauses.by, SharedClauses.part, SharedClauses.from],
        examples: [
            Example(
                "outliers sqft, lot_size robust", after: ["load demo \"house_sales\" as sales rows 500"],
                "Far from the median: marked in sqft_outlier and lot_size_outlier."),
            Example(
                "outliers lot_size quantile limits 1%..99% action cap by type", after: ["load demo \"house_sales\" as sales rows 2000"],
                "Values beyond the limits of their type become the limits."),
            Example(
                "outliers sqft, lot_size, bedrooms forest action drop", after: ["load demo \"house_sales\" as sales rows 500"],
                "Rows that stand apart go."),
        ], seeAlso: ["describe", "filter", "impute"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let table = try context.table(from: call[SharedClauses.from])
        let frame = try context.prepared(table).frame
        let names = try context.columns(try call.required(columns), of: table, frame: frame)
        let groups = call[SharedClauses.by] ?? []
        let wanted = call[action]?.value ?? "mark"
        // A row step may judge by the target, as filter does; a column step that changes it may not.
        try StepCell.check(columns: wanted == "cap" ? names : [], groups: groups, verb: "outliers", table: table, in: &context)
        let method = OutlierReading.method(call)
        let text = text(names, call, groups, wanted)
        if wanted == "drop" { return try drop(names, method, groups, text, call, table, in: &context) }
        let step = OutliersStep(names, method, wanted == "cap" ? .cap : .mark, by: groups)
        let cell = try StepCell.append(step, to: table, text: text, in: &context)
        guard let fitted = cell.fitted as? FittedOutliers else { return [] }
        let found = try OutlierAnswer(fitted.limits, on: cell.before, hidden: table.privateColumns, context: context.compute)
        return try found.blocks(action: wanted, figures: cell.learningFigures) + [.text(TextBlock(cell.learning))]
            + cell.targetRemarks(of: step.dependencies(in: cell.before.names).keys.sorted(), in: &context)
    }

    /// The row step: limits as learned now, judged on the values as the user knows them.
    private static func drop(
        _ names: [String], _ method: OutlierMethod, _ groups: [Group], _ text: String, _ call: Call, _ old: Table,
        in context: inout Context
    ) throws -> [Block] {
        var table = old
        try RowSteps.check(call, table, on: call[SharedClauses.part])
        let prepared = try context.prepared(table)
        let limits = try OutlierLimits(
            learning: method, columns: names, by: groups, from: prepared.known, rows: table.learningRows, context: context.compute)
        let found = try OutlierAnswer(
            limits, on: prepared.known, among: table.learningRows, hidden: table.privateColumns, context: context.compute)
        let gone = Set(found.rows)
        let kept = (0..<Int32(prepared.known.rowCount)).filter { !gone.contains($0) }
        guard !kept.isEmpty else {
            throw Diagnostic(
                "R0713", "every row would go", span: call.cell.verb.span,
                remedy: "outliers \(NameText.list(names)) \(method.word) action mark")
        }
        let before = table.rows.rowCount
        table.keepRows(kept)
        table.append(Recipe.Entry(DropOutliersStep(limits), text: text))
        table.ledger.append(
            Ledger.Entry(
                cell: context.cellNumber, kind: .filtered, what: text, before: before, after: kept.count, reasons: found.reasons))
        context.set(table)
        return found.blocks(
            action: "drop",
            figures: [Figure("rows", Scalar(kept.count), .count), Figure("before", Scalar(before), .count)])
            + [.text(TextBlock("{rows} of {before} rows kept"))]
    }

    private static func text(_ names: [String], _ call: Call, _ groups: [Group], _ action: String) -> String {
        var text = "outliers \(NameText.list(names)) \(call[method]?.value ?? "robust")"
        if let limits = call[limits] { text += " limits \(ArgumentText.written(limits))" }
        text += " action \(action)"
        if !groups.isEmpty { text += " by \(ArgumentText.written(.groups(groups)))" }
        if call[SharedClauses.part] != nil { text += " on train" }
        return text
    }

    package static func faults(of call: Call) -> [Diagnostic] { OutlierReading.faults(of: call) }
}
