import RondoFrame
import RondoKernels
package import RondoLanguage
import RondoLifecycle
import RondoRecipes
package import RondoReport
package import RondoSession
package import RondoSignature

/// `impute sqft median by type, zip`: fills gaps, or marks them.
package enum ImputeVerb: WorkspaceVerb {
    static let columns = Operand("columns", .columns, "which columns")
    static let method = Operand(
        "method", .choice(["median", "mean", "mode", "nearest", "mark"]), "what fills the gaps, or that they are marked", optional: true)
    static let with = Clause("with", .value, "this value fills the gaps")
    static let indicator = Clause("indicator", .choice(["yes", "no"]), "whether a column beside says where gaps were (no)")
    static let neighbors = Clause("neighbors", .integer, "how many of the nearest rows fill a gap (5)")
    /// More neighbours than this are no neighbours any more.
    static let mostNeighbors: Int64 = 1_000

    package static let signature = Signature(
        "impute", phase: .prepare, class: .learnedStep,
        summary:
            "Fills gaps by the median, mean, most frequent value or nearest rows, of groups if you like, or by a value; or marks them.",
        details: """
            Learned from the training rows, whatever the order of typing. A group with fewer than five known values falls back to the \
            groups without the last column, then to all rows; `recipe` shows how often, and every value. `nearest` takes the rows that \
            are most alike in the columns of `by` (in every column that can be compared, when there is no `by`): a number differs \
            fully over its usual width, 5 % to 95 %, a level when it is another one, and a gap from everything. `mark` fills nothing: \
            words get a level "missing", other columns a truth column beside them, `sqft_missing`; `indicator yes` makes it beside \
            what another method fills.
            """,
        searchWords: ["fill", "missing", "fillna", "gap", "NA", "replace missing", "knn", "nearest neighbours", "missing indicator"],
        operands: [columns, method], clauses: [with, SharedClauses.by, indicator, neighbors, SharedClauses.from],
        examples: [
            Example("impute sqft median by type, zip", after: ["load demo \"house_sales\" as sales rows 2000"], "By type and postcode."),
            Example(
                "impute school_rating with \"unknown\"",
                after: [
                    "load demo \"house_sales\" as sales rows 500", "load demo \"neighborhoods\" as areas",
                    "use sales", "join areas by zip",
                ], "A level of its own instead of lost rows."),
            Example(
                "impute sqft nearest by lot_size, bedrooms, type indicator yes",
                after: ["load demo \"house_sales\" as sales rows 1000"],
                "From the five most similar houses; sqft_missing says where."),
            Example(
                "impute sqft mark", after: ["load demo \"house_sales\" as sales rows 500"], "Nothing is filled: sqft_missing says where."),
        ], seeAlso: ["describe", "recipe", "split"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let table = try context.table(from: call[SharedClauses.from])
        let frame = try context.prepared(table).frame
        let names = try context.columns(try call.required(columns), of: table, frame: frame)
        var groups = call[SharedClauses.by] ?? []
        try StepCell.check(columns: names, groups: groups, verb: "impute", table: table, in: &context)
        if call[method]?.value == "nearest", groups.isEmpty {
            groups = try ComparableColumns.names(of: table, but: names, in: &context).map {
                Group(Expression(.name($0), Span(0, 0)))
            }
        }
        let step = ImputeStep(names, method(call, names, frame), by: groups, indicator: call[indicator]?.value == "yes")
        let cell = try StepCell.append(step, to: table, text: text(names, call, groups), in: &context)
        return try blocks(step, cell) + cell.targetRemarks(of: names, in: &context)
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
                    note: "median, mean, mode, nearest, mark, or with a value of yours",
                    remedy: "impute \(columns) median")
            ]
        default: return clauseFaults(call, columns)
        }
    }

    private static func clauseFaults(_ call: Call, _ columns: String) -> [Diagnostic] {
        var faults: [Diagnostic] = []
        let word = call[method]?.value ?? "with"
        if word == "mark" || word == "with", let span = call.span(SharedClauses.by) {
            faults.append(
                Diagnostic(
                    "R0237", "\(word) is the same for every group: by changes nothing", span: span,
                    remedy: "impute \(columns) median by zip")
            )
        }
        if let bands = call[SharedClauses.by]?.first(where: { $0.bands != nil }), word == "nearest" {
            faults.append(
                Diagnostic(
                    "R0237", "nearest measures by columns, not by bands", span: bands.expression.span,
                    remedy: "impute \(columns) nearest by \(bands.expression.text)"))
        }
        guard let count = call[neighbors] else { return faults }
        if word != "nearest" {
            faults.append(
                Diagnostic(
                    "R0237", "\(word) has no neighbors", span: call.span(neighbors), remedy: "impute \(columns) nearest neighbors 5"))
        } else if case .integer(let value) = count.value, !(1...mostNeighbors).contains(value) {
            faults.append(
                Diagnostic(
                    "R0711", "neighbors must be a whole number from 1 to 1,000", span: count.span, remedy: "write neighbors 5",
                    mend: Mend(count.span, "5")))
        }
        return faults
    }

    private static func method(_ call: Call, _ names: [String], _ frame: Frame) -> ImputeStep.Method {
        if let literal = call[with] { return .constant(LiteralScalar.scalar(literal.value)) }
        switch call[method]?.value {
        case "mean": return .mean
        case "mode": return .mode
        case "nearest":
            if case .integer(let count)? = call[neighbors]?.value { return .nearest(neighbours: Int(clamping: count)) }
            return .nearest(neighbours: 5)
        case "mark": return .mark(levels: names.filter { frame[$0]?.type.isText == true })
        default: return .median
        }
    }

    private static func text(_ names: [String], _ call: Call, _ groups: [Group]) -> String {
        var text = "impute \(NameText.list(names))"
        if let method = call[method]?.value { text += " \(method)" }
        if let literal = call[with] { text += " with \(LiteralText.written(literal.value))" }
        if !groups.isEmpty { text += " by \(ArgumentText.written(.groups(groups)))" }
        if let indicator = call[indicator]?.value { text += " indicator \(indicator)" }
        if let neighbors = call[neighbors] { text += " neighbors \(LiteralText.written(neighbors.value))" }
        return text
    }

    private static func blocks(_ step: ImputeStep, _ cell: StepCell) -> [Block] {
        let names = step.columns
        let gaps = names.reduce(0) { $0 + (cell.before[$1]?.missingCount ?? 0) }
        let left = names.reduce(0) { $0 + (cell.after[$1]?.missingCount ?? 0) }
        let holed = names.filter { (cell.before[$0]?.missingCount ?? 0) > 0 }
        let named = SlotText.escaped(
            holed.prefix(6).joined(separator: ", ") + (holed.count > 6 ? " and \(holed.count - 6) more columns" : ""))
        let made = SlotText.escaped(NameList.words(step.marked.map { "\($0)_missing" }))
        if case .mark(let levels) = step.method { return marked(step, cell, gaps: gaps, named: named, made: made, levels: levels) }
        var words = "{filled} gaps in \(named) filled"
        if let summary = cell.fitted.summary { words += " from \(SlotText.escaped(summary))" }
        if gaps == 0 { words = "no gaps in \(SlotText.escaped(NameList.words(names))) now; those of new rows will be filled" }
        if left > 0 { words += "; {left} left" }
        var blocks: [Block] = [
            .figures(
                [Figure("filled", Scalar(gaps - left), .count), Figure("left", Scalar(left), .count)].filter {
                    $0.name == "filled" || left > 0
                } + cell.learningFigures),
            .text(TextBlock(words)),
        ]
        if !step.marked.isEmpty { blocks.append(.text(TextBlock("\(made): true where a gap was"))) }
        if step.learns { blocks.append(.text(TextBlock(cell.learning))) }
        return blocks
    }

    private static func marked(
        _ step: ImputeStep, _ cell: StepCell, gaps: Int, named: String, made: String, levels: [String]
    ) -> [Block] {
        var words = gaps == 0 ? "no gaps now; those of new rows will be marked" : "{marked} gaps in \(named) marked, nothing filled"
        if !levels.isEmpty {
            words += " · \(SlotText.escaped(NameList.words(levels))): a level \"\(ImputeStep.missingLevelName)\""
        }
        if !step.marked.isEmpty { words += " · \(made): true where a gap is" }
        return [.figures([Figure("marked", Scalar(gaps), .count)]), .text(TextBlock(words))]
    }
}
