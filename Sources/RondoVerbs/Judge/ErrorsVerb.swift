import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
package import RondoReport
package import RondoSession
package import RondoSignature

/// `errors forest by price bands [200k, 500k]`: where a model is wrong.
package enum ErrorsVerb: WorkspaceVerb {
    static let model = Operand("model", .model, "which model (the chosen, else the last)", optional: true)
    static let worst = Clause("worst", .integer, "how many of the worst rows to show (10, without by)")

    package static let signature = Signature(
        "errors", phase: .judge, class: .judge,
        summary: "Shows where a model is wrong: by groups and bands, over and under, patterns it finds itself, and the worst rows.",
        details: """
            `error` is the goal's first metric, else mae. `bias` is prediction minus truth on average: above 0 it says too much. Groups \
            read values as they were before scales, codes and learned fillings. Alone, `errors` also looks for patterns: groups by one \
            column or two in which errors are larger, found on half of the rows and confirmed on the others. Of a recommender it shows the \
            share of liked items that its lists lack, by what training knew of users and items, and for whom it finds least.
            """,
        searchWords: ["residuals", "mistakes", "segments", "bias", "worst", "slices"],
        operands: [model], clauses: [SharedClauses.by, worst, SharedClauses.condition, SharedClauses.part],
        examples: [
            Example(
                "errors linear by price bands [300k, 600k]",
                after: [
                    "load demo \"house_sales\" as sales rows 500", "goal predict price succeed when mape < 20%",
                    "split 60/20/20 by sold_on", "fit linear",
                ],
                "Three bands of price."),
            Example(
                "errors worst 3",
                after: ["load demo \"house_sales\" as sales rows 500", "goal predict price", "split 60/20/20 by sold_on", "fit linear"],
                "The three rows it gets most wrong."),
        ], seeAlso: ["score", "explain", "flag"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let model = try context.model(call[model])
        let judgement = try Judgement(
            model, verb: "errors", part: call[SharedClauses.part], condition: call[SharedClauses.condition], takesLists: true, in: &context)
        if judgement.outcome.ranking != nil { return try ofLists(judgement, call, in: context) }
        var blocks: [Block] = []
        if let by = call[SharedClauses.by] {
            let columns = try context.groupColumns(by, of: judgement.prepared, table: judgement.table.name)
            blocks.append(.table(try table(judgement, columns: columns, by: by)))
            blocks += context.valueRemarks(nil, by, in: judgement.prepared)
        }
        if call[SharedClauses.by] == nil, call[worst] == nil {
            blocks += try ErrorPatterns(judgement, choice: choice(judgement), in: context).blocks
        }
        var count = call[SharedClauses.by] == nil ? 10 : 0
        if case .integer(let value)? = call[worst]?.value { count = Int(clamping: value) }
        if count > 0 { blocks += worstRows(judgement, count: count) }
        return blocks + judgement.remarks
    }

    /// Where a recommender fails.
    private static func ofLists(_ judgement: Judgement, _ call: Call, in context: Context) throws -> [Block] {
        let errors = try RankingErrors(judgement, in: context)
        var count = 10
        if case .integer(let value)? = call[worst]?.value { count = Int(clamping: value) }
        guard let by = call[SharedClauses.by] else { return errors.blocks(worst: count) + judgement.remarks }
        let columns = try context.groupColumns(by, of: judgement.prepared, table: judgement.table.name)
        return [.table(errors.table(columns, by: ArgumentText.written(.groups(by))))]
            + context.valueRemarks(nil, by, in: judgement.prepared) + judgement.remarks
    }

    private static func choice(_ judgement: Judgement) throws -> MetricChoice {
        if let first = try judgement.goalMetrics().first { return first }
        return try MetricChoice(judgement.model.target.task == .regression ? "mae" : "accuracy")
    }

    private static func table(_ judgement: Judgement, columns: [(name: String, column: Column)], by: [Group]) throws -> TableBlock {
        let choice = try choice(judgement)
        let signed = RowErrors.signed(judgement.outcome)
        let style: NumberStyle = choice.metric.signature.style == .percent ? .percent : .number
        let rows = try Segments.groups(columns, rows: judgement.outcome.rows).map { segment -> [Scalar] in
            let value = try choice.value(judgement.outcome.input(segment.positions)).value
            let bias = signed.map { errors in
                Scalar(Sums.compensated(segment.positions.map { errors[Int($0)] }) / Double(segment.positions.count))
            }
            let under = signed.map { errors in
                Scalar(Double(segment.positions.filter { errors[Int($0)] < 0 }.count) / Double(segment.positions.count))
            }
            return [.text(segment.name), Scalar(segment.positions.count), Scalar(value), bias ?? .missing, under ?? .missing]
        }
        return TableBlock(
            caption:
                "errors of \(judgement.model.name) on \(judgement.part) by \(ArgumentText.written(.groups(by))); error is \(choice.name)",
            columns: [
                .init("group", "text", .plain), .init("rows", "integer", .count), .init("error", "number", style), .init("bias", "number"),
                .init("share_under", "number", .percent),
            ], rows: rows)
    }

    private static func worstRows(_ judgement: Judgement, count: Int) -> [Block] {
        guard let errors = RowErrors.absolute(judgement.outcome) else { return [] }
        let order = errors.indices.sorted { (errors[$0], -$0) > (errors[$1], -$1) }.prefix(count)
        let known = judgement.prepared.known
        let features = judgement.model.featureGroups.map(\.name).filter { known[$0] != nil }.prefix(6)
        let rows = order.map { position -> [Scalar] in
            let row = Int(judgement.outcome.rows[position])
            let values = features.map { known[$0]?[row] ?? .missing }
            return [Scalar(row + 1), truth(judgement, position), prediction(judgement, position), Scalar(errors[position])] + values
        }
        let type = judgement.model.target.task == .regression ? "number" : "text"
        let columns: [TableBlock.Column] =
            [.init("row", "integer", .plain), .init("truth", type), .init("prediction", type), .init("error", "number")]
            + features.map { .init($0, known[$0]?.type.rawValue ?? "text", .number) }
        return [.table(TableBlock(caption: "worst rows of \(judgement.model.name) on \(judgement.part)", columns: columns, rows: rows))]
    }

    private static func truth(_ judgement: Judgement, _ position: Int) -> Scalar {
        switch judgement.outcome.truth {
        case .numbers(let values): Scalar(values[position])
        case .classes(let codes, let names): .text(names[Int(codes[position])])
        }
    }

    private static func prediction(_ judgement: Judgement, _ position: Int) -> Scalar {
        switch judgement.outcome.predictions {
        case .numbers(let values): return Scalar(values[position])
        case .probabilities(let columns, let names):
            let code = PredictedClass.codes(columns.map { [$0[position]] }, threshold: judgement.outcome.threshold).first ?? -1
            return code >= 0 ? .text(names[Int(code)]) : .missing
        }
    }
}
