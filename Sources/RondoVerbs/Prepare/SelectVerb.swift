import RondoFrame
import RondoKernels
package import RondoLanguage
import RondoLifecycle
import RondoRecipes
package import RondoReport
package import RondoSession
package import RondoSignature

/// `select importance top 10 keep zip`: which columns a model is given.
package enum SelectVerb: WorkspaceVerb {
    static let method = Operand(
        "method", .choice(["variance", "correlation", "importance", "lasso"]),
        "by how much a column varies, goes with the target, helps a forest, or weighs in a lasso")
    static let top = Clause("top", .integer, "how many columns stay at most")
    static let above = Clause("above", .number, "columns with a score above this stay")
    static let keep = Clause("keep", .columns, "columns that stay whatever they score")

    package static let signature = Signature(
        "select", phase: .prepare, class: .learnedStep,
        summary: "Chooses the columns that models are given, and says which it leaves out and why.",
        details: """
            Learned from the training rows, in every fold anew. The columns stay in the table for looking and for other steps; `fit` \
            leaves them out by name, unless `using` names them. Scores: `variance` on a scale of 0 to 1, for numbers at most 0.25; \
            `correlation` |r|, eta or Cramér's V with the target, and of two numbers that correlate above 0.95 the weaker goes; \
            `importance` the share in a forest of 100 trees; `lasso` the standardised coefficient, the penalty by BIC or by `top`. Without \
            `top` and `above` columns stay above 0, 0.05, 0.01 and 0. Large tables: the last two look at 50,000 rows.
            """,
        searchWords: ["feature selection", "choose features", "reduce dimensions", "redundant", "relevant columns", "best columns"],
        operands: [method], clauses: [top, above, keep, SharedClauses.from],
        examples: [
            Example(
                "select importance top 5 keep zip",
                after: ["load demo \"house_sales\" as sales rows 500", "goal predict price", "split 60/20/20 by sold_on"],
                "The five most important columns, and zip."),
            Example("select variance", after: ["load demo \"house_sales\" as sales rows 500"], "Columns that are not constant."),
            Example(
                "select lasso",
                after: ["load demo \"house_sales\" as sales rows 500", "goal predict price", "split 60/20/20 by sold_on"],
                "Columns with a weight in a lasso."),
        ], seeAlso: ["drop", "fit", "recipe"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let table = try context.table(from: call[SharedClauses.from])
        let prepared = try context.prepared(table)
        let wanted = try call.required(method)
        let method = SelectStep.Method(rawValue: wanted.value) ?? .variance
        var target: LearningTarget?
        if method != .variance { target = try GoalTarget.required(for: "select \(wanted.value)", frame: prepared.frame, in: &context) }
        let kept = try call[keep].map { try context.columns($0, of: table, frame: prepared.frame) } ?? []
        let gone = prepared.recipe.deselected(columns: table.rows.names).keys
        let candidates = try ComparableColumns.roles(of: table, but: gone.filter { !kept.contains($0) }, in: &context).map(\.column)
        if let name = kept.first(where: { !candidates.contains($0) }) {
            throw Fault(
                "R0404", "\(name) is the target, contains it, or only names rows: it cannot be a feature",
                remedy: "leave \(name) out of keep",
                subject: name)
        }
        var top: Int?
        if case .integer(let count)? = call[self.top]?.value { top = Int(clamping: count) }
        let step = SelectStep(
            method, of: candidates, top: top, above: call[above]?.value.number, keeping: kept, target: target)
        let cell = try StepCell.append(step, to: table, text: text(call, kept), in: &context)
        guard let fitted = cell.fitted as? FittedSelect else { return [] }
        guard !fitted.stays.isEmpty else {
            throw Diagnostic(
                "R0718", "no column would stay: \(fitted.lines.first?.reason ?? "there is none to choose from")", span: wanted.span,
                remedy: "select \(wanted.value) top 10")
        }
        return blocks(fitted, cell)
    }

    private static func text(_ call: Call, _ kept: [String]) -> String {
        var text = "select \(call[method]?.value ?? "variance")"
        if let top = call[top] { text += " top \(LiteralText.written(top.value))" }
        if let above = call[above] { text += " above \(LiteralText.written(above.value))" }
        if !kept.isEmpty { text += " keep \(NameText.list(kept))" }
        return text
    }

    private static func blocks(_ fitted: FittedSelect, _ cell: StepCell) -> [Block] {
        let out = fitted.leftOut
        var blocks: [Block] = [
            .figures(
                [
                    Figure("stay", Scalar(fitted.stays.count), .count), Figure("of", Scalar(fitted.lines.count), .count),
                ] + (out.isEmpty ? [] : [Figure("left_out", Scalar(out.count), .count)]) + cell.learningFigures),
            .text(TextBlock("{stay} of {of} columns stay features: \(SlotText.escaped(NameList.words(fitted.stays)))")),
        ]
        if !out.isEmpty {
            let words = out.prefix(4).map { "\($0.column) (\($0.reason.replacing("not selected: ", with: "")))" }.joined(separator: ", ")
            let more = out.count > 4 ? " and \(out.count - 4) more: recipe shows all" : ""
            blocks.append(.text(TextBlock("{left_out} left out of models, not of the table: \(SlotText.escaped(words))\(more)")))
        }
        blocks.append(.text(TextBlock(cell.learning)))
        return blocks
    }

    package static func faults(of call: Call) -> [Diagnostic] {
        var faults: [Diagnostic] = []
        let word = call[method]?.value ?? "variance"
        if let top = call[top], case .integer(let count) = top.value, count < 1 {
            faults.append(
                Diagnostic(
                    "R0720", "top must be a whole number above 0", span: top.span, remedy: "select \(word) top 10",
                    mend: Mend(top.span, "10")))
        }
        if let above = call[above], let limit = above.value.number, !(limit >= 0 && limit < (word == "lasso" ? 1_000 : 1)) {
            let words = word == "lasso" ? "0 or more" : "at least 0 and below 1"
            faults.append(
                Diagnostic(
                    "R0720", "above must be \(words): scores of \(word) lie there", span: above.span, remedy: "select \(word) above 0.05",
                    mend: Mend(above.span, "0.05")))
        }
        return faults
    }
}
