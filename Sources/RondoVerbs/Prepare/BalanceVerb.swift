import RondoFrame
import RondoKernels
package import RondoLanguage
import RondoLifecycle
import RondoRecipes
package import RondoReport
package import RondoSession
package import RondoSignature

/// `balance weights`: evens out rare and frequent classes among the training rows.
package enum BalanceVerb: WorkspaceVerb {
    static let method = Operand(
        "method", .choice(["weights", "under", "over"]), "rare rows weigh more, frequent rows are left out, or rare rows are repeated")
    static let ratio = Clause("ratio", .number, "rare to frequent afterwards, above 0 to 1 (1: all alike)")

    package static let signature = Signature(
        "balance", phase: .prepare, class: .learnedStep,
        summary: "Evens out rare and frequent classes among the rows that a model learns from, and nowhere else.",
        details: """
            The table keeps its rows: `fit` weighs, leaves out or repeats its own training rows, in every fold anew. Validation, test and \
            new rows are never touched, so scores stay those of the real shares. Probabilities of a model that learned from balanced \
            classes are too high for the rare one.
            """,
        searchWords: ["imbalanced", "class weights", "oversample", "undersample", "rare class", "smote", "resample"],
        operands: [method], clauses: [ratio, SharedClauses.seed, SharedClauses.from],
        examples: [
            Example(
                "balance weights",
                after: [
                    "load demo \"house_sales\" as sales rows 500", "derive dear = if price > 600k then \"yes\" else \"no\"", "drop price",
                    "goal predict dear = \"yes\"", "split 60/20/20 by sold_on",
                ], "Rare dear houses weigh more."),
            Example(
                "balance under ratio 0.5 seed 7",
                after: [
                    "load demo \"house_sales\" as sales rows 500", "derive dear = if price > 600k then \"yes\" else \"no\"", "drop price",
                    "goal predict dear = \"yes\"", "split 60/20/20 by sold_on",
                ], "At most two others for each dear house."),
        ], seeAlso: ["fit", "score", "split"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let table = try context.table(from: call[SharedClauses.from])
        let frame = try context.prepared(table).frame
        let method = try call.required(method)
        let target = try GoalTarget.required(for: "balance", frame: frame, in: &context)
        let step = BalanceStep(
            BalanceStep.Method(rawValue: method.value) ?? .weights, ratio: call[ratio]?.value.number ?? 1,
            seed: context.seed(call[SharedClauses.seed]),
            target: target)
        let replaced = try context.prepared(table).recipe.balance != nil
        let cell = try StepCell.append(step, to: table, text: text(call), in: &context)
        var blocks: [Block] = [.figures([Figure("classes", Scalar((cell.fitted.learned?.rows.count ?? 0)), .count)] + cell.learningFigures)]
        if let learned = cell.fitted.learned { blocks.append(.table(learned)) }
        blocks.append(
            .text(TextBlock("models learn from {classes} balanced classes from now on; validation, test and new rows stay as they are")))
        blocks.append(.text(TextBlock(cell.learning)))
        if replaced { blocks.append(.text(TextBlock("this balance holds; the earlier one does not any more"))) }
        return blocks
    }

    private static func text(_ call: Call) -> String {
        var text = "balance \(call[method]?.value ?? "weights")"
        if let ratio = call[ratio] { text += " ratio \(LiteralText.written(ratio.value))" }
        if let seed = call[SharedClauses.seed] { text += " seed \(LiteralText.written(seed.value))" }
        return text
    }

    package static func faults(of call: Call) -> [Diagnostic] {
        guard let given = call[ratio], let value = given.value.number, !(value > 0 && value <= 1) else { return [] }
        return [
            Diagnostic(
                "R0720", "ratio must be above 0 and at most 1", span: given.span,
                remedy: "balance \(call[method]?.value ?? "weights") ratio 0.5",
                mend: Mend(given.span, "0.5"))
        ]
    }
}
