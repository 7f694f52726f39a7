import RondoKernels
package import RondoLanguage
import RondoLifecycle
package import RondoReport
package import RondoSession
package import RondoSignature

/// `deploy forest as house_price`: makes a release of a model.
package enum DeployVerb: WorkspaceVerb {
    static let model = Operand("model", .model, "the model")
    static let new = Clause("as", .newName, "name of the release", required: true)
    static let interval = Clause("interval", .percent, "how often the true value should lie in the range (90%)")
    static let scope = Clause("scope", .condition, "rows outside get the fallback")
    static let requires = Clause("requires", .columns, "columns a request must bring, or it gets the fallback")
    static let fallback = Clause("fallback", .text, "the answer when there is no estimate")
    static let despite = Clause("despite", .text, "the reason to release a model that misses the goal")

    package static let signature = Signature(
        "deploy", phase: .release, class: .effect,
        summary: "Makes a release: one file with recipe, model, ranges, limits and card; refused when the goal is missed.",
        details: """
            The range is split conformal: its half-width comes from rows the model has not seen. The confidence of a number is the share \
            of unseen rows with predictions of that size that were close. An identical bundle makes no new version.
            """,
        searchWords: ["release", "publish", "serve", "production", "bundle", "ship"],
        operands: [model], clauses: [new, interval, scope, requires, fallback, despite],
        examples: [
            Example(
                "deploy linear as house_price",
                after: ["load demo \"house_sales\" as sales rows 500", "goal predict price", "split 60/20/20 by sold_on", "fit linear"],
                "A first release."),
            Example(
                "deploy linear as house_price interval 80% requires sqft fallback \"No estimate: please ask.\"",
                after: ["load demo \"house_sales\" as sales rows 500", "goal predict price", "split 60/20/20 by sold_on", "fit linear"],
                "With a narrower range, a required column and words for no answer."),
        ], seeAlso: ["predict", "releases", "score"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let thing = try call.required(model)
        let model = try context.model(named: thing.name)
        guard let name = call[new] else {
            throw Diagnostic("R0225", "deploy needs as", span: nil, remedy: "deploy \(model.name) as house_price")
        }
        let judgement = try Judgement(model, verb: "deploy", part: nil, in: &context)
        let report = try judgement.report()
        let verdict = judgement.verdict(report)
        if verdict.isMet == false, call[despite] == nil {
            let missed = verdict.lines.filter { !$0.isMet }.map { line in
                "\(line.criterion.metric) is \(NumberText().text(.number(line.value), line.criterion.isPercent ? .percent : .number)), \(line.words)"
            }
            throw Diagnostic(
                "R0449", "\(model.name) misses the goal on \(judgement.part): \(missed.joined(separator: "; "))", span: thing.name.span,
                remedy: "\(call.cell.source) despite \"the reason\"")
        }
        let bundle = try BundleMaking.bundle(call, name: name, judgement: judgement, report: report, in: &context)
        let bytes = try bundle.bytes()
        let digest = try SHA256Digest.hex(of: bytes)
        let before = try context.world.releases.list(name.value).count
        let record = try context.world.releases.save(
            ReleaseRecord(
                name: name.value, version: 0, digest: digest, label: "live", model: model.name, family: model.family.name,
                madeAt: context.world.now(), because: call[despite]?.value), bytes)
        let isNew = try context.world.releases.list(name.value).count > before
        context.set(Workspace.Release(name: record.name, version: record.version, digest: digest, bundle: bundle))
        context.effects.append(
            .init(kind: .released, source: context.source, words: "release \(record.name) version \(record.version) was made"))
        return blocks(
            bundle, record: record, isNew: isNew, bytes: bytes.count, verdict: verdict, judgement: judgement, despite: call[despite]?.value)
    }

    package static func faults(of call: Call) -> [Diagnostic] {
        guard let given = call[interval], let level = given.value.number, level <= 0 || level >= 1 else { return [] }
        return [
            Diagnostic(
                "R0232", "interval lies between 0% and 100%", span: call.span(interval), remedy: "write interval 90%",
                mend: Mend(given.span, "90%"))
        ]
    }

    private static func blocks(
        _ bundle: Bundle, record: ReleaseRecord, isNew: Bool, bytes: Int, verdict: Verdict, judgement: Judgement, despite: String?
    ) -> [Block] {
        var figures = [
            Figure("version", Scalar(record.version), .plain, volatile: true),
            // Whether the workspace held it already may differ between two honest runs.
            Figure("state", .text(isNew ? "is live" : "holds this very bundle already"), .plain, volatile: true),
            Figure("bytes", Scalar(bytes), .bytes),
            Figure("inputs", Scalar(bundle.predictor.inputs.count), .count),
        ]
        var lines: [Block] = []
        let name = SlotText.escaped(record.name)
        lines.append(.text(TextBlock("\(name): version {version} {state}, {bytes}, {inputs} input columns", tone: .good)))
        if let errors = bundle.errors, let width = errors.halfWidth {
            figures.append(Figure("half_width", Scalar(width), bundle.unit == nil ? .number : .money, unit: bundle.unit))
            figures.append(Figure("level", Scalar(errors.level), .percent))
            figures.append(Figure("calibration_rows", Scalar(errors.rowCount), .count))
            lines.append(
                .text(TextBlock("range ± {half_width} for {level}, from {calibration_rows} rows it has not seen (\(judgement.part))")))
        } else if bundle.predictor.target.task == .regression {
            lines.append(.text(TextBlock("no range: too few rows it has not seen for this level", tone: .warning)))
        }
        if !verdict.lines.isEmpty {
            lines.append(
                .text(
                    TextBlock(
                        SlotText.escaped(verdict.lines.map { "\($0.criterion.metric): \($0.words)" }.joined(separator: " · ")),
                        tone: MetricWords.tone(verdict))))
        }
        if verdict.lines.isEmpty {
            lines.append(.text(TextBlock("the goal has no success criterion: nothing says whether this is good enough", tone: .warning)))
        }
        if let despite, verdict.isMet == false {
            lines.append(.text(TextBlock("released despite the goal: \(SlotText.escaped(despite))", tone: .warning)))
        }
        return [.figures(figures)] + lines + judgement.model.marks.map { .text(TextBlock($0, tone: .warning)) }
    }
}
