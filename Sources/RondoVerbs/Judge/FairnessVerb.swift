import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
package import RondoReport
package import RondoSession
package import RondoSignature

/// `fairness forest by neighborhood`: whether a model treats groups alike.
package enum FairnessVerb: WorkspaceVerb {
    static let model = Operand("model", .model, "which model (the chosen, else the last)", optional: true)
    static let by = Clause("by", .groups, "the groups, by columns, expressions or bands", required: true)

    package static let signature = Signature(
        "fairness", phase: .judge, class: .judge,
        summary: "Holds each group against all other rows: rates, calibration or signed error, with intervals and one sentence.",
        details: """
            Two classes: how often the positive one is answered (`selection_rate`), found (`true_positive_rate`), wrongly said \
            (`false_positive_rate`), and how far mean probabilities lie from what came true (`calibration`). Numbers: `signed_error`, \
            prediction minus truth. Intervals are of 95 %; alarms are corrected for the number of tests (Holm), so that a fair world \
            raises one in at most 5 of 100 cases. Groups with fewer than 30 rows that count are shown, not tested.
            """,
        searchWords: ["bias", "discrimination", "groups", "parity", "equal opportunity", "disparate impact"],
        operands: [model], clauses: [by, SharedClauses.condition, SharedClauses.part],
        examples: [
            Example(
                "fairness linear by type",
                after: ["load demo \"house_sales\" as sales rows 2000", "goal predict price", "split 60/20/20 by sold_on", "fit linear"],
                "Whether prices of some types come out too high."),
            Example(
                "fairness by price bands [300k]",
                after: [
                    "load demo \"house_sales\" as sales rows 2000", "derive is_condo = type = \"condo\"", "goal predict is_condo = true",
                    "split 60/20/20 by sold_on", "fit logistic using sqft, lot_size",
                ], "Rates of a model of two classes."),
        ], seeAlso: ["errors", "score", "choose"])

    private static let mostGroups = 50

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let model = try context.model(call[model])
        let groups = call[by] ?? []
        let judgement = try Judgement(
            model, verb: "fairness", part: call[SharedClauses.part], condition: call[SharedClauses.condition], in: &context)
        let columns = try context.groupColumns(groups, of: judgement.prepared, table: judgement.table.name, masksPrivate: true)
        let segments = Segments.groups(columns, rows: judgement.outcome.rows)
        guard segments.count > 1 else {
            throw Diagnostic(
                "R0813", "all rows are in one group: there is nothing to hold it against", span: call.span(by),
                remedy: "name a column in by with at least two values")
        }
        guard segments.count <= mostGroups else {
            throw Diagnostic(
                "R0813", "\(NumberText.count(segments.count)) groups are too many: chance alone would tell them apart", span: call.span(by),
                remedy: "name a column in by with at most \(mostGroups) values, or use bands")
        }
        let audit = FairnessAudit(judgement.outcome.input(), groups: segments.map(\.positions))
        let words = ArgumentText.written(.groups(groups))
        return [.table(table(audit, segments, judgement, by: words))] + sentence(audit, segments, judgement)
            + context.valueRemarks(nil, groups, in: judgement.prepared) + judgement.remarks
    }

    private static func table(_ audit: FairnessAudit, _ segments: [Segments.Segment], _ judgement: Judgement, by words: String)
        -> TableBlock
    {
        let rows = audit.findings.map { finding -> [Scalar] in
            [
                .text(segments[finding.group].name), .text(finding.measure.rawValue), Scalar(finding.rows), Scalar(finding.value),
                Scalar(finding.others), Scalar(finding.difference), Scalar(finding.lower), Scalar(finding.upper), Scalar(finding.ratio),
                Scalar(finding.ratioLower), Scalar(finding.ratioUpper), .text(finding.isAlarm ? "differs" : ""),
            ]
        }
        var table = TableBlock(
            caption: "\(judgement.model.name) on \(judgement.part) by \(words), each group against all others, 95 %",
            columns: [
                .init("group", "text", .plain), .init("measure", "text", .plain), .init("rows", "integer", .count),
                .init("value", "number"),
                .init("others", "number"), .init("difference", "number"), .init("lower", "number"), .init("upper", "number"),
                .init("ratio", "number"), .init("ratio_lower", "number"), .init("ratio_upper", "number"), .init("verdict", "text", .plain),
            ], rows: rows)
        table.leaveOutEmptyColumns()
        return table
    }

    /// What stands out most, in plain words; or that nothing does.
    private static func sentence(_ audit: FairnessAudit, _ segments: [Segments.Segment], _ judgement: Judgement) -> [Block] {
        let alarms = audit.findings.filter(\.isAlarm)
        var figures = [
            Figure("groups", Scalar(segments.count), .count), Figure("tests", Scalar(audit.tests), .count),
            Figure("alarms", Scalar(alarms.count), .count),
        ]
        guard let worst = alarms.min(by: { ($0.probability, $0.group) < ($1.probability, $1.group) }) else {
            let words =
                audit.tests == 0
                ? "too few rows in each of {groups} groups to tell ({least} that count are needed)"
                : "no difference between {groups} groups beyond chance ({tests} tests, 5 % for all together)"
            figures = [figures[0], audit.tests == 0 ? Figure("least", Scalar(FairnessAudit.leastRows), .count) : figures[1]]
            return [.figures(figures), .text(TextBlock(words, tone: audit.tests == 0 ? .warning : .good))]
        }
        let name = SlotText.escaped(segments[worst.group].name)
        let isSigned = worst.measure == .signedError || worst.measure == .calibration
        let money = worst.measure == .signedError ? judgement.goal.unit : nil
        let style: NumberStyle = worst.measure != .signedError ? .percent : money == nil ? .number : .money
        figures += [
            Figure("value", Scalar(isSigned ? worst.value.magnitude : worst.value), style, unit: money),
            Figure("others", Scalar(isSigned ? worst.others.magnitude : worst.others), style, unit: money),
        ]
        if isSigned {
            figures += [Figure("lower", Scalar(worst.lower), style, unit: money), Figure("upper", Scalar(worst.upper), style, unit: money)]
        } else if !worst.ratioLower.isNaN {
            figures += [
                Figure("ratio", Scalar(worst.ratio)), Figure("ratio_lower", Scalar(worst.ratioLower)),
                Figure("ratio_upper", Scalar(worst.ratioUpper)),
            ]
        }
        let side = { (value: Double) in value >= 0 ? "too high" : "too low" }
        let positive = judgement.model.target.classes.last.map { "\(judgement.model.target.column) = \($0)" } ?? ""
        let positiveClass = SlotText.escaped(positive)
        let ratio = worst.ratioLower.isNaN ? "" : ": ratio {ratio}, {ratio_lower} to {ratio_upper}"
        let words =
            switch worst.measure {
            case .selection: "\(positiveClass) is answered for {value} of \(name), {others} of all others\(ratio)"
            case .truePositives: "of rows that are \(positiveClass), {value} are found in \(name), {others} elsewhere\(ratio)"
            case .falsePositives: "of rows that are not \(positiveClass), {value} are taken for it in \(name), {others} elsewhere\(ratio)"
            case .calibration:
                "probabilities for \(name) are {value} \(side(worst.value)) on average, {others} \(side(worst.others)) elsewhere: difference {lower} to {upper}"
            case .signedError:
                "predictions for \(name) are {value} \(side(worst.value)) on average, {others} \(side(worst.others)) elsewhere: difference {lower} to {upper}"
            case .accuracy: "answers are right for {value} of \(name), {others} of all others\(ratio)"
            }
        let more = "{alarms} of {tests} tests between {groups} groups go beyond chance"
        return [.figures(figures), .text(TextBlock(words, tone: .warning)), .text(TextBlock(more))]
    }
}
