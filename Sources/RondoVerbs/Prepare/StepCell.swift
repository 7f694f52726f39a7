import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
import RondoRecipes
import RondoReport
import RondoSession

/// What every verb that adds a recipe step does: append, carry out, keep, and say what is learned from which rows.
struct StepCell {
    let table: Table
    /// The table before and after the step.
    let before: Frame
    let after: Frame
    let fitted: any FittedStep

    /// Appends a step to the table of the call and keeps it in the workspace.
    /// - Throws: whatever the step finds wrong with the data; the workspace then stays as it was.
    static func append(_ step: any RecipeStep, to table: Table, text: String, in context: inout Context) throws -> StepCell {
        var table = table
        let before = try context.prepared(table).frame
        table.append(Recipe.Entry(step, text: text))
        let prepared = try context.prepared(table)
        guard let fitted = prepared.recipe.entries.last?.step else {
            throw Fault("R0599", "the step left no trace", remedy: "please report it with this cell")
        }
        context.set(table)
        return StepCell(table: table, before: before, after: prepared.frame, fitted: fitted)
    }

    /// A sentence about the rows that teach, for learned steps.
    var learning: String {
        if let split = table.split { return "learned from the {train_rows} training rows" + (split.testRows.isEmpty ? "" : "") }
        return "shown from all rows; will be learned from training rows"
    }

    /// The figure that `learning` mentions.
    var learningFigures: [Figure] {
        table.split.map { [Figure("train_rows", Scalar($0.trainRows.count), .count)] } ?? []
    }

    /// Learned steps never group by the target nor work on it.
    /// - Throws: `Diagnostic` that names the target.
    static func check(
        columns: [String], groups: [Group] = [], verb: String, table: Table, in context: inout Context
    ) throws {
        guard let target = context.goal()?.target?.column.value else { return }
        let prepared = try context.prepared(table)
        let tainted = TargetGuard(target: target, recipe: prepared.recipe, columns: table.rows.names).tainted
        for group in groups {
            if let name = group.expression.names.first(where: { tainted.contains($0) }) {
                let what = name == target ? "is the target" : "contains the target, \(target)"
                throw Diagnostic(
                    "R0332", "\(name) \(what): a learned step grouped by it would tell the model the answer", span: group.expression.span,
                    remedy: "name columns in by that are known before the answer")
            }
        }
        if columns.contains(target) {
            throw Fault(
                "R0331", "\(target) is the target: \(verb) learns from it and would change what is to be predicted",
                remedy: "leave \(target) out, or make a new column from it with derive", subject: target)
        }
    }

    /// A line for each new column that contains the target.
    func targetRemarks(of names: [String], in context: inout Context) throws -> [Block] {
        guard let target = context.goal()?.target?.column.value, before[target] != nil else { return [] }
        let prepared = try context.prepared(table)
        let tainted = TargetGuard(target: target, recipe: prepared.recipe, columns: table.rows.names).tainted
        let found = names.filter { tainted.contains($0) && $0 != target }
        guard !found.isEmpty else { return [] }
        let verb = found.count == 1 ? "contains" : "contain"
        let words = "\(NameList.words(found)) \(verb) the target, \(target): kept for looking, never a feature"
        return [.text(TextBlock(SlotText.escaped(words), tone: .warning))]
    }
}

extension Expression {
    /// Column names anywhere in the expression, each once, sorted.
    var names: [String] { columnsRead.sorted() }
}
