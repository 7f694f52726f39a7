import RondoFrame
import RondoKernels
package import RondoLanguage
import RondoLifecycle
package import RondoReport
package import RondoSession
package import RondoSignature

/// `predict house_price sqft = 1800, type = "condo"`: answers of a release.
package enum PredictVerb: WorkspaceVerb {
    static let release = Operand("release", .release, "the release, or one of its versions")
    static let inputs = Operand("inputs", .inputs, "column = value, …", optional: true)
    static let to = Clause("to", .file, "file to write rows and answers to")

    package static let signature = Signature(
        "predict", phase: .release, class: .effect,
        summary: "Answers for one row typed in place, or for the rows of a table or file.",
        details:
            """
            A number has a range and a confidence, a class its probability and, with `interval` in deploy, the classes that are possible \
            beside it. Warnings tell inputs that are missing or outside of what training had. Where a rule forbids an estimate the \
            fallback answers, with its reason.
            """,
        searchWords: ["score new", "inference", "answer", "estimate", "apply"],
        operands: [release, inputs], clauses: [to, SharedClauses.from],
        examples: [
            Example(
                "predict house_price sqft = 1800, type = \"condo\"",
                after: [
                    "load demo \"house_sales\" as sales rows 500", "goal predict price", "split 60/20/20 by sold_on", "fit linear",
                    "deploy linear as house_price",
                ],
                "One house; what is not said counts as missing."),
            Example(
                "predict house_price from sales",
                after: [
                    "load demo \"house_sales\" as sales rows 500", "goal predict price", "split 60/20/20 by sold_on", "fit linear",
                    "deploy linear as house_price",
                ],
                "Every row of a table."),
        ], seeAlso: ["deploy", "releases"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let release = try context.release(try call.required(release), verb: "predict")
        let label = "\(release.name)@\(release.version)"
        if let inputs = call[inputs] {
            let row = try PredictInputs.frame(inputs, bundle: release.bundle, source: call.cell.source)
            return one(
                try ReleaseTable.scored(row.frame, by: release.bundle, release: label, context: context.compute).answers,
                bundle: release.bundle, notes: row.notes)
        }
        return try many(call, release: release, label: label, in: &context)
    }

    package static func faults(of call: Call) -> [Diagnostic] {
        let name = NameText.written(call[release]?.name.value ?? "house_price")
        switch (call[inputs], call[SharedClauses.from]) {
        case (.some, .some):
            return [
                Diagnostic(
                    "R0237", "predict takes values or from, not both", span: call.span(SharedClauses.from),
                    remedy: "predict \(name) from \"rows.csv\"")
            ]
        case (nil, nil):
            return [
                Diagnostic(
                    "R0225", "predict needs values or from", span: call.cell.verb.span, note: "column = value, … for one row",
                    remedy: "predict \(name) from \"rows.csv\"")
            ]
        default: return []
        }
    }

    private static func one(_ answers: BundleAnswers, bundle: Bundle, notes: [String]) -> [Block] {
        let (task, target) = (bundle.predictor.target.task, bundle.predictor.target.column)
        let unit = task == .regression ? bundle.unit : nil
        let style: NumberStyle = task == .regression ? unit == nil ? .number : .money : task == .grouping ? .number : .plain
        var figures = [
            Figure("prediction", answers.prediction[0], style, unit: unit), Figure("lower", answers.lower[0], style, unit: unit),
            Figure("upper", answers.upper[0], style, unit: unit), Figure("confidence", answers.confidence[0], .percent),
        ]
        var blocks: [Block] = []
        if let reason = answers.fallbackReasons[0] {
            let words = bundle.fallback ?? "no estimate"
            blocks.append(.text(TextBlock(SlotText.escaped("\(words) (\(reason))"), tone: .warning)))
        } else if task == .grouping {
            blocks.append(.text(TextBlock("\(SlotText.escaped(target)) {prediction}")))
        } else if task == .regression {
            let range = answers.lower[0].isMissing ? "" : ", range {lower} to {upper}"
            figures.append(Figure("tolerance", Scalar(bundle.errors?.tolerance ?? 0.1), .percent))
            blocks.append(.text(TextBlock("{prediction}\(range) · {confidence} of such estimates were within {tolerance}")))
        } else {
            blocks.append(.text(TextBlock("{prediction}, probability {confidence}")))
        }
        let warning = answers.warnings[0]
        if !warning.isEmpty, answers.fallbackReasons[0] == nil {
            blocks.append(.text(TextBlock(SlotText.escaped(warning), tone: .warning)))
        }
        return [.figures(figures)] + blocks + notes.map { .text(TextBlock(SlotText.escaped($0))) }
    }

    private static func many(_ call: Call, release: Workspace.Release, label: String, in context: inout Context) throws -> [Block] {
        let rows: Frame
        switch call[SharedClauses.from] {
        case .file(let file)?: rows = try TableLoading.load(file.value, missing: nil, tidiesNames: false, in: &context).frame
        case .table(let name)?: rows = try context.table(named: name).rows
        case nil: rows = Frame(rowCount: 0)
        }
        let (table, answers) = try ReleaseTable.scored(rows, by: release.bundle, release: label, context: context.compute)
        let fallbacks = answers.fallbackReasons.filter { $0 != nil }.count
        let answered = (0..<table.rowCount).filter { answers.fallbackReasons[$0] == nil }.map { answers.notes.state(of: $0) }
        let gappy = answered.filter(\.hasGaps).count
        let warned = answered.filter(\.isWarned).count
        var blocks: [Block] = [
            .figures(
                [
                    Figure("rows", Scalar(table.rowCount), .count), Figure("fallbacks", Scalar(fallbacks), .count),
                    Figure("with_gaps", Scalar(gappy), .count), Figure("warned", Scalar(warned), .count),
                ].filter { $0.name == "rows" || $0.value != .integer(0) })
        ]
        var words = "{rows} rows answered by \(SlotText.escaped(release.name))"
        if fallbacks > 0 { words += ", {fallbacks} by the fallback" }
        if gappy > 0 { words += ", {with_gaps} with gaps" }
        if warned > 0 { words += ", {warned} with warnings" }
        if let file = call[to] {
            // The release's number may differ between two honest runs, the file's other content may not.
            let hidden = Set(context.workspace.tables.flatMap(\.facts.privateColumns))
            let left = table.names.filter { hidden.contains($0) }
            try context.writeFile(file.value, CSVWriter.bytes(table.dropping(Set(left))))
            words += ", written to \(SlotText.escaped(file.value))"
            if !left.isEmpty { words += SlotText.escaped(" without private \(left.joined(separator: ", "))") }
        }
        blocks.append(.text(TextBlock(words)))
        let summary = answers.notes.summary
        if !summary.isEmpty {
            blocks.append(.text(TextBlock(SlotText.escaped(summary.joined(separator: " · ")), tone: warned > 0 ? .warning : .plain)))
        }
        if call[to] == nil {
            // Classes have no range, groups no confidence either.
            let task = release.bundle.predictor.target.task
            let columns = task == .regression ? ["lower", "upper", "confidence"] : task == .grouping ? [] : ["confidence"]
            let shown = table.selecting(["prediction"] + columns + ["warning"]).gathering(
                (0..<Int32(min(10, table.rowCount))).map { $0 })
            blocks.append(
                .table(
                    FrameBlock.table(shown, caption: "\(NumberText.count(shown.rowCount)) of \(NumberText.count(table.rowCount)) answers")))
        }
        return blocks
    }
}
