import RondoFrame
import RondoKernels
package import RondoLanguage
import RondoLifecycle
import RondoRecipes
package import RondoReport
package import RondoSession
package import RondoSignature

/// `impute sqft median by type, zip`: fills gaps.
package enum ImputeVerb: WorkspaceVerb {
    static let columns = Operand("columns", .columns, "which columns")
    static let method = Operand("method", .choice(["median", "mean", "mode"]), "what fills the gaps", optional: true)
    static let with = Clause("with", .value, "this value fills the gaps")

    package static let signature = Signature(
        "impute", phase: .prepare, class: .learnedStep,
        summary: "Fills gaps by the median, mean or most frequent value, of groups if you like, or by a value of yours.",
        details: """
            Learned from the training rows, whatever the order of typing. A group with fewer than five known values falls back to the \
            groups without the last column, then to all rows; `recipe` shows how often.
            """,
        searchWords: ["fill", "missing", "fillna", "gap", "NA", "replace missing"],
        operands: [columns, method], clauses: [with, SharedClauses.by, SharedClauses.from],
        examples: [
            Example("impute sqft median by type, zip", after: ["load demo \"house_sales\" as sales rows 2000"], "By type and postcode."),
            Example(
                "impute school_rating with \"unknown\"",
                after: [
                    "load demo \"house_sales\" as sales rows 500", "load demo \"neighborhoods\" as areas",
                    "use sales", "join areas by zip",
                ], "A level of its own instead of lost rows."),
        ], seeAlso: ["describe", "recipe", "split"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let table = try context.table(from: call[SharedClauses.from])
        let frame = try context.prepared(table).frame
        let names = try context.columns(try call.required(columns), of: table, frame: frame)
        let groups = call[SharedClauses.by] ?? []
        try StepCell.check(columns: names, groups: groups, verb: "impute", table: table, in: &context)
        let method = method(call)
        let text = text(names, call, groups)
        let cell = try StepCell.append(ImputeStep(names, method, by: groups), to: table, text: text, in: &context)
        return blocks(names, cell)
    }

    package static func faults(of call: Call) -> [Diagnostic] {
        let columns = call[columns].map { ArgumentText.written(.columns($0)) } ?? "sqft"
        switch (call[method], call[with]) {
        case (let method?, .some):
            return [
                Diagnostic(
                    "R0237", "impute takes a method or with, not both", span: call.span(with), remedy: "impute \(columns) \(method.value)")
            ]
        case (nil, nil):
            return [
                Diagnostic(
                    "R0225", "impute needs a method or with", span: call.cell.verb.span,
                    note: "median, mean, mode, or with a value of yours",
                    remedy: "impute \(columns) median")
            ]
        default: return []
        }
    }

    private static func method(_ call: Call) -> ImputeStep.Method {
        if let literal = call[with] { return .constant(LiteralScalar.scalar(literal.value)) }
        switch call[method]?.value {
        case "mean": return .mean
        case "mode": return .mode
        default: return .median
        }
    }

    private static func text(_ names: [String], _ call: Call, _ groups: [Group]) -> String {
        var text = "impute \(NameText.list(names))"
        if let method = call[method]?.value { text += " \(method)" }
        if let literal = call[with] { text += " with \(LiteralText.written(literal.value))" }
        if !groups.isEmpty { text += " by \(ArgumentText.written(.groups(groups)))" }
        return text
    }

    private static func blocks(_ names: [String], _ cell: StepCell) -> [Block] {
        let gaps = names.reduce(0) { $0 + (cell.before[$1]?.missingCount ?? 0) }
        let left = names.reduce(0) { $0 + (cell.after[$1]?.missingCount ?? 0) }
        let holed = names.filter { (cell.before[$0]?.missingCount ?? 0) > 0 }
        let named = holed.prefix(6).joined(separator: ", ") + (holed.count > 6 ? " and \(holed.count - 6) more columns" : "")
        var words = "{filled} gaps in \(SlotText.escaped(named)) filled"
        if let summary = cell.fitted.summary { words += " from \(SlotText.escaped(summary))" }
        if gaps == 0 { words = "no gaps in \(SlotText.escaped(NameList.words(names))) now; those of new rows will be filled" }
        if left > 0 { words += "; {left} left" }
        return [
            .figures(
                [Figure("filled", Scalar(gaps - left), .count), Figure("left", Scalar(left), .count)].filter {
                    $0.name == "filled" || left > 0
                } + cell.learningFigures),
            .text(TextBlock(words)), .text(TextBlock(cell.learning)),
        ]
    }
}
