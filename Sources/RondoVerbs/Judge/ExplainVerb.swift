import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
package import RondoReport
package import RondoSession
package import RondoSignature

/// `explain linear`, `explain forest`: coefficients, or which columns matter.
package enum ExplainVerb: WorkspaceVerb {
    static let model = Operand("model", .model, "which model (the chosen, else the last)", optional: true)
    static let of = Clause("of", .columns, "what the model says on average as one of these columns changes")
    static let method = Clause("method", .choice(["permutation"]), "how to measure importance (coefficients for linear families)")

    package static let signature = Signature(
        "explain", phase: .judge, class: .judge,
        summary: "Explains a model: coefficients in original units, or how much worse it gets when a column is shuffled.",
        details: """
            Permutation importance is measured on validation rows (training rows without a validation part), five shuffles a column; \
            columns made from one column are shuffled together.
            """,
        searchWords: ["importance", "coefficients", "interpret", "why", "features", "weights"],
        operands: [model], clauses: [of, method, SharedClauses.condition, SharedClauses.part, SharedClauses.seed],
        examples: [
            Example(
                "explain linear",
                after: ["load demo \"house_sales\" as sales rows 500", "goal predict price", "split 60/20/20 by sold_on", "fit linear"],
                "Coefficients with standard errors."),
            Example(
                "explain tree",
                after: [
                    "load demo \"house_sales\" as sales rows 500", "goal predict price", "split 60/20/20 by sold_on", "fit tree depth 5",
                ],
                "Importance of each column in percent."),
            Example(
                "explain tree of sqft",
                after: [
                    "load demo \"house_sales\" as sales rows 500", "goal predict price", "split 60/20/20 by sold_on", "fit tree depth 5",
                ],
                "Partial dependence: what it says as sqft grows."),
        ], seeAlso: ["score", "errors", "recipe"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let model = try context.model(call[model])
        if let set = call[of] { return try dependence(of: set, model: model, in: &context) }
        if model.fitted is any CoefficientModel || model.fitted is any GroupingModel, call[method] == nil { return coefficients(model) }
        let part = call[SharedClauses.part] ?? fallbackPart(model, in: context)
        let judgement = try Judgement(
            model, verb: "explain", part: part, condition: call[SharedClauses.condition],
            includesSeen: part?.value == .train || part?.value == .all,
            in: &context)
        let rows = judgement.table.rows.gathering(judgement.outcome.rows)
        let features = try model.predictor.features(of: rows, context: context.compute)
        let choice = try judgement.goalMetrics().first ?? MetricChoice(model.target.task == .regression ? "rmse" : "log_loss")
        let importance = try PermutationImportance(
            of: model.predictor.answering, features: features, truth: judgement.outcome.truth, groups: model.featureGroups, choice: choice,
            seed: context.seed(call[SharedClauses.seed]), context: context.compute)
        let top = importance.columns.enumerated().sorted { ($0.element.importance, -$0.offset) > ($1.element.importance, -$1.offset) }
            .prefix(3)
        let words = top.map { "\($0.element.name) \(NumberText().text(.number($0.element.share), .percent))" }.joined(separator: ", ")
        return [
            .table(importance.table),
            .text(
                TextBlock(
                    SlotText.escaped("\(model.name) leans most on \(words) (rise of \(choice.name) when shuffled, \(judgement.part))"))),
        ] + judgement.remarks
    }

    private static func dependence(of set: ColumnSet, model: TrainedModel, in context: inout Context) throws -> [Block] {
        let table = try context.table(named: Name(model.table, Span(0, 0)))
        let names = try context.columns(set, of: table, frame: context.prepared(table).frame)
        let unit = context.goal()?.unit
        return try names.flatMap { name -> [Block] in
            let found = try DependenceWords.dependence(name, of: model, in: &context)
            return [
                .text(TextBlock(SlotText.escaped(DependenceWords.sentence(found, model)))),
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

/// The order of very many coefficients.
enum CoefficientOrder {
    /// Up to so many terms stay in the order of the columns.
    static let limit = 60

    /// The intercept, then the terms by the size of their standardised coefficient; short tables as they are.
    static func sorted(_ table: TableBlock) -> TableBlock {
        guard table.rows.count > limit, let place = table.columns.firstIndex(where: { $0.name == "standardised" }) else { return table }
        var table = table
        func size(_ row: [Scalar]) -> Double {
            if row.first == .text("intercept") { return .infinity }
            return row[place].number.map(\.magnitude) ?? -1
        }
        let sizes = table.rows.map(size)
        let order = table.rows.indices.sorted { (sizes[$0], $1) > (sizes[$1], $0) }
        table.rows = order.map { table.rows[$0] }
        return table
    }
}
