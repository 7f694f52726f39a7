import RondoFrame
import RondoKernels
package import RondoLanguage
import RondoLearning
import RondoLifecycle
package import RondoReport
package import RondoSession
package import RondoSignature

/// `explain linear`, `explain forest`, `explain forest row 17`: coefficients, which columns matter, what moved one answer.
package enum ExplainVerb: WorkspaceVerb {
    static let model = Operand("model", .model, "which model (the chosen, else the last)", optional: true)
    static let row = Clause("row", .integer, "why this row of the table gets its answer: what moved it up and down")
    static let of = Clause(
        "of", .columns, "what the model says on average as one of these columns changes; with row or method only these columns")
    static let method = Clause(
        "method", .choice(["permutation", "impurity", "shap"]), "how to measure importance (coefficients for linear families)")

    package static let signature = Signature(
        "explain", phase: .judge, class: .judge,
        summary: "Explains a model or one of its answers: coefficients, importances, partial dependence, moves from the average.",
        details: """
            Permutation importance is measured on validation rows (training rows without a validation part), five shuffles a column; \
            columns made from one column are shuffled together. `impurity` is what trees gained while they grew, on training rows; it \
            flatters columns with many values. `row` and `method shap` give Shapley values, which add up to the answer: exact for trees \
            and for linear families, over all subsets of up to eight columns or sampled orders of more for the others; what a column \
            was encoded into is added up again.
            """,
        searchWords: ["importance", "coefficients", "interpret", "why", "features", "weights", "shapley", "shap", "contributions"],
        operands: [model], clauses: [row, of, method, SharedClauses.condition, SharedClauses.part, SharedClauses.seed],
        examples: [
            Example(
                "explain linear",
                after: ["load demo \"house_sales\" as sales rows 500", "goal predict price", "split 60/20/20 by sold_on", "fit linear"],
                "Coefficients with standard errors."),
            Example("explain tree", after: tree, "Importance of each column in percent."),
            Example("explain tree row 17", after: tree, "What moved the answer for row 17 up and down."),
            Example("explain tree method shap", after: tree, "How much each column moves the answers, and in which direction."),
            Example("explain tree of sqft", after: tree, "Partial dependence: what it says as sqft grows."),
        ], seeAlso: ["score", "errors", "recipe"])

    private static let tree = [
        "load demo \"house_sales\" as sales rows 500", "goal predict price", "split 60/20/20 by sold_on", "fit tree depth 5",
    ]

    package static func faults(of call: Call) -> [Diagnostic] {
        guard call[row] != nil, let word = call[method], word.value != "shap" else { return [] }
        return [
            Diagnostic(
                "R0237", "\(word.value) is about many rows, and row about one", span: call.span(method),
                remedy: "leave method out")
        ]
    }

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let model = try context.model(call[model])
        if model.fitted is any GroupingModel, call[row] != nil || call[method] != nil {
            throw Diagnostic(
                "R0443", "\(model.name) predicts nothing: there is no answer to explain", span: call.span(row) ?? call.span(method),
                remedy: "explain \(NameText.written(model.name))")
        }
        if model.fitted is any RankingModel {
            guard call[row] == nil, call[method] == nil, call[of] == nil else {
                throw Diagnostic(
                    "R0440", "\(model.name) recommends lists: there is no single answer to explain",
                    span: call.span(row) ?? call.span(method) ?? call.span(of),
                    note: "recommend says because of what each item stands in a list",
                    remedy: "recommend \(NameText.written(model.name))")
            }
            try context.refusePrivate([model.target.column], of: model.table, span: nil)
            return coefficients(model)
        }
        if let number = call[row] {
            let explanation = try RowExplanation(number, of: model, part: call[SharedClauses.part], in: &context)
            return try explanation.blocks(names(call, model: model, in: &context))
        }
        if let set = call[of], call[method] == nil { return try dependence(of: set, model: model, in: &context) }
        if call[method]?.value == "impurity" { return try impurity(call, model: model, in: &context) }
        if model.fitted is any CoefficientModel || model.fitted is any GroupingModel, call[method] == nil { return coefficients(model) }
        let part = call[SharedClauses.part] ?? fallbackPart(model, in: context)
        let judgement = try Judgement(
            model, verb: "explain", part: part, condition: call[SharedClauses.condition],
            includesSeen: part?.value == .train || part?.value == .all,
            in: &context)
        let shown = try names(call, model: model, in: &context)
        if call[method]?.value == "shap" { return try ShapSummary(judgement, in: &context).blocks(shown) + judgement.remarks }
        return try permutation(call, judgement: judgement, shown: shown, in: &context)
    }

    /// The columns that `of` names; R0815 for one that the model does not read.
    private static func names(_ call: Call, model: TrainedModel, in context: inout Context) throws -> [String]? {
        guard let set = call[of] else { return nil }
        let table = try context.table(named: Name(model.table, Span(0, 0)))
        let names = try context.columns(set, of: table, frame: context.prepared(table).known)
        let groups = model.featureGroups.map(\.name)
        if let unread = names.first(where: { !groups.contains($0) }) {
            throw Fault(
                "R0815", "\(model.name) does not read \(unread)",
                remedy: "name one of \(groups.prefix(8).joined(separator: ", "))", subject: unread)
        }
        return names
    }

    private static func permutation(
        _ call: Call, judgement: Judgement, shown: [String]?, in context: inout Context
    ) throws -> [Block] {
        let model = judgement.model
        let rows = judgement.table.rows.gathering(judgement.outcome.rows)
        let features = try model.predictor.features(of: rows, context: context.compute)
        let choice = try judgement.goalMetrics().first ?? MetricChoice(model.target.task.searchMetric)
        let importance = try PermutationImportance(
            of: model.predictor.answering, features: features, truth: judgement.outcome.truth, groups: model.featureGroups, choice: choice,
            seed: context.seed(call[SharedClauses.seed]), context: context.compute)
        let top = importance.columns.enumerated().sorted { ($0.element.importance, -$0.offset) > ($1.element.importance, -$1.offset) }
            .prefix(3)
        let words = top.map { "\($0.element.name) \(NumberText().text(.number($0.element.share), .percent))" }.joined(separator: ", ")
        var table = importance.table
        if let shown { table.rows.removeAll { !shown.contains($0.first?.plainText ?? "") } }
        return [
            .table(table),
            .text(
                TextBlock(
                    SlotText.escaped("\(model.name) leans most on \(words) (rise of \(choice.name) when shuffled, \(judgement.part))"))),
        ] + judgement.remarks
    }

    /// What trees gained by each column while they grew, the pieces of a column added up.
    private static func impurity(_ call: Call, model: TrainedModel, in context: inout Context) throws -> [Block] {
        guard let trees = model.fitted as? any ImpurityModel else {
            throw Diagnostic(
                "R0832", "\(model.name) has no trees that could have gained by a column", span: call.span(method),
                remedy: "explain \(NameText.written(model.name)) method permutation")
        }
        let shares = trees.impurityShares
        let shown = try names(call, model: model, in: &context)
        let lines = model.featureGroups.map { group in
            (name: group.name, share: group.features.reduce(0.0) { shares.indices.contains($1) ? $0 + shares[$1] : $0 })
        }
        let order = lines.indices.filter { shown?.contains(lines[$0].name) ?? true }
            .sorted { (lines[$0].share, $1) > (lines[$1].share, $0) }
        return [
            .table(
                TableBlock(
                    caption: "share of the decrease of impurity while \(model.name) grew",
                    columns: [.init("column", "text", .plain), .init("importance", "number", .percent)],
                    rows: order.map { [.text(lines[$0].name), Scalar(lines[$0].share)] })),
            .text(
                TextBlock(
                    "measured on the rows it learned from, and kinder to columns with many values: method permutation asks unseen rows")),
        ]
    }

    private static func dependence(of set: ColumnSet, model: TrainedModel, in context: inout Context) throws -> [Block] {
        let table = try context.table(named: Name(model.table, Span(0, 0)))
        let names = try context.columns(set, of: table, frame: context.prepared(table).frame)
        let unit = context.goal()?.unit
        return try names.flatMap { name -> [Block] in
            let found = try DependenceWords.dependence(name, of: model, in: &context)
            return [
                .text(TextBlock(SlotText.escaped(DependenceWords.sentence(found, model, unit: unit)))),
                .table(DependenceWords.table(found, model: model, unit: unit)),
            ]
        }
    }

    /// Without a validation part importance is measured on the rows the model learned from, which is said.
    static func fallbackPart(_ model: TrainedModel, in context: Context) -> Spanned<Part>? {
        guard let split = context.workspace.table(model.table)?.split else { return Spanned(.all, Span(0, 0)) }
        return split.validationRows.isEmpty ? Spanned(.train, Span(0, 0)) : nil
    }

    private static func coefficients(_ model: TrainedModel) -> [Block] {
        let scale = model.predictor.logTarget == nil ? "original units" : "on the log scale of \(model.target.column)"
        var blocks: [Block] = model.readableTables.map { table in
            var table = table
            table.caption = "\(model.name): \(table.caption)" + (model.fitted is any CoefficientModel ? ", \(scale)" : "")
            table.leaveOutEmptyColumns()
            return .table(CoefficientOrder.sorted(table))
        }
        if blocks.isEmpty {
            blocks.append(.text(TextBlock(SlotText.escaped("\(model.name) has no table to read: score says how it judges rows"))))
        }
        if let longest = blocks.first, case .table(let table) = longest, table.rows.count > CoefficientOrder.limit {
            let count = NumberText.count(table.rows.count)
            blocks.append(.text(TextBlock("\(count) terms, those that move the prediction most first (standardised)")))
        }
        if let logTarget = model.predictor.logTarget {
            let words =
                "one more multiplies \(model.target.column) by exp(estimate), about estimate in percent when it is small; \(logTarget.words)"
            blocks.append(.text(TextBlock(SlotText.escaped(words))))
        }
        if let linear = model.fitted as? any CoefficientModel, !linear.dropped.isEmpty {
            let names = NameList.words(linear.dropped)
            blocks.append(
                .text(TextBlock(SlotText.escaped("no coefficient: \(names) (constant, or a combination of other columns)"), tone: .warning))
            )
        }
        return blocks
    }
}
