import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
import RondoRecipes
package import RondoReport
package import RondoSession
package import RondoSignature

/// `derive age = year(sold_on) - year_built`: makes new columns from others.
package enum DeriveVerb: WorkspaceVerb {
    static let assignments = Operand("assignments", .assignments, "name = expression, …")

    package static let signature = Signature(
        "derive", phase: .prepare, class: .plainStep,
        summary: "Makes columns by expressions; later ones may use earlier ones.",
        details: """
            An aggregate (`mean(price by zip)`) is learned from training rows. `lag` and `rank` need other rows: kept for looking, never \
            a feature of a release. A column that contains the target is kept for looking, never a feature.
            """,
        searchWords: ["mutate", "compute", "new column", "feature", "calculate", "transform", "generate"],
        operands: [assignments], clauses: [SharedClauses.from],
        examples: [
            Example(
                "derive age = year(sold_on) - year_built", after: ["load demo \"house_sales\" as sales rows 500"],
                "Age of the house at the sale."),
            Example(
                "derive price_per_sqft = price / sqft",
                after: ["load demo \"house_sales\" as sales rows 500", "goal predict price"],
                "Contains the target: kept for looking, never a feature."),
        ], seeAlso: ["cast", "recipe", "flag"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let table = try context.table(from: call[SharedClauses.from])
        let items = try call.required(assignments)
        let frame = try context.prepared(table).frame
        let replaced = items.map(\.name.value).filter { frame[$0] != nil }
        let step = DeriveStep(items)
        let cell = try StepCell.append(step, to: table, text: "derive \(ArgumentText.written(.assignments(items)))", in: &context)
        var blocks: [Block] = []
        let hidden = cell.table.privateColumns
        for item in items {
            guard let column = cell.after[item.name.value] else { continue }
            blocks += lines(item, column, in: cell.after, isPrivate: hidden.contains(item.name.value))
        }
        if !replaced.isEmpty {
            blocks.append(.text(TextBlock("\(SlotText.escaped(NameList.words(replaced))) replaced")))
        }
        if step.learns { blocks += [.figures(cell.learningFigures), .text(TextBlock(cell.learning))] }
        let history = step.historic.sorted()
        if !history.isEmpty {
            blocks.append(
                .text(
                    TextBlock(
                        "\(SlotText.escaped(NameList.words(history))): needs other rows, kept for looking, never a feature",
                        tone: .warning)))
        }
        return try blocks + cell.targetRemarks(of: items.map(\.name.value), in: &context)
    }

    /// Type and gaps of a new column; a column that is missing or constant everywhere is named with the reason.
    private static func lines(_ item: Assignment, _ column: Column, in frame: Frame, isPrivate: Bool) -> [Block] {
        let name = item.name.value
        let missing = column.missingCount
        let slot = name.filter { $0.isLetter || $0.isNumber || $0 == "_" }
        var blocks: [Block] = [.figures([Figure("\(slot)_missing", Scalar(missing), .count)])]
        if missing == column.count {
            let empty = item.expression.names.filter { $0 != name && frame[$0].map { $0.missingCount == $0.count } ?? false }
            let why = empty.isEmpty ? "\(item.expression.text) has no value in any of them" : "so is \(empty.joined(separator: ", "))"
            let words = "\(name) is missing in every row: \(why)"
            return blocks + [.text(TextBlock(SlotText.escaped(words), tone: .warning))]
        }
        blocks.append(
            .text(TextBlock("\(SlotText.escaped(name)): \(column.type.rawValue)" + (missing > 0 ? ", {\(slot)_missing} missing" : ""))))
        let first = (0..<column.count).first { !column[$0].isMissing }.map { column[$0] }
        if let first, column.count > 1, isConstant(column, first) {
            blocks.append(
                .text(
                    TextBlock(
                        SlotText.escaped("\(name) is \(isPrivate ? "the same" : first.plainText) in every row: nothing to learn from it"),
                        tone: .warning)))
        }
        return blocks
    }

    private static func isConstant(_ column: Column, _ first: Scalar) -> Bool {
        (0..<column.count).allSatisfy { column[$0] == first || column[$0].isMissing }
    }
}
